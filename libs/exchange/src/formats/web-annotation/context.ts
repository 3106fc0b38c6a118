/** The context of the W3C Web Annotation vocabulary, which defines what other tools understand. */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** Where the service publishes the context of our own terms, below its address. */
export const CASEBOOK_CONTEXT_PATH = '/ns/casebook.jsonld';

const TERMS = 'urn:casebook:term:';
const name = { '@type': '@id' };
const list = { '@container': '@list' };

/**
 * Our own terms, all below `casebook`: what the Web Annotation vocabulary has no word for. Inside, every name is one of ours, and none
 * is taken for a term of the outer context; what names an annotation is an IRI; what has an order keeps it.
 */
export const CASEBOOK_CONTEXT = {
  '@context': {
    casebook: {
      '@id': `${TERMS}casebook`,
      '@context': [
        null,
        {
          '@vocab': TERMS,
          evidence: name,
          warningId: name,
          earlierAttackId: name,
          attackId: name,
          targetId: name,
          replyTo: name,
          asserters: list,
          positions: list,
          issuedTo: list,
          targets: list,
          method: list,
          actors: list,
          weapons: list,
          about: list,
          rest: { '@type': '@json' },
          content: { '@type': '@json' },
        },
      ],
    },
  },
} as const;
