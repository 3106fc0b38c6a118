/*
 * Ids in the examples of requests. A document of the corpus has the same id everywhere, as the id is the hash of its text;
 * ids of annotations are placeholders.
 */

/** corpus/06-tarrick-rockets.txt */
export const EXAMPLE_DOCUMENT = 'sha256:43926d0a44dafd5ecbaf81033279f0f6659dc0d641b4dcfa565e0bf133fb5aa2';
export const EXAMPLE_QUOTE = '“When we strike, we sign,”';
export const EXAMPLE_ANNOTATION = '01990f3e-7c1a-7b52-9d5e-6f1c2a3b4c5d';
export const EXAMPLE_ATTACK = '01990f3e-8d2b-7c63-8e6f-7a2d3b4c5d6e';
