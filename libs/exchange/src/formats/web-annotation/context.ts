/** The context of the W3C Web Annotation vocabulary, which defines what other tools understand. */
export const ANNO_CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/** The path at which the service publishes the context of Casebook's own terms. */
export const CASEBOOK_CONTEXT_PATH = '/ns/casebook.jsonld';

const TERMS = 'urn:casebook:term:';
const name = { '@type': '@id' };
const list = { '@container': '@list' };

/**
 * Casebook's own terms, all below `casebook`, for data without a term in the Web Annotation vocabulary. Inside, every
 * name is a Casebook term and none is a term of the outer context; references to annotations are IRIs; ordered lists
 * keep their order.
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
