import { setFlagsFromString } from 'node:v8';

/**
 * Makes V8 collect garbage once the heap is 1.75 times the live objects, for commands that read a whole ledger. By default it waits for up
 * to four times, and such commands promote many short-lived objects: a rebuild of 1,000,000 events took 449 MB in place of less than 300.
 */
export const lookForGarbageSooner = (): void => setFlagsFromString('--heap-growing-percent=75');
