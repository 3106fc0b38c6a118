/** One way of appending events, under load by many clients at once. */
export interface Contender {
  readonly name: string;
  /** Appends one event for this client (0, 1, 2, …) and resolves when it is durable. */
  append(client: number): Promise<void>;
  close(): Promise<void>;
}

/** Connections of the contenders that use one a client: more than this made each of them slower on two to eight cores. */
export const MAX_CONNECTIONS = 32;

/** What every contender records: an event about the size of a tagged claim, about 400 bytes of JSON. */
export function claimPayload(client: number, turn: number): Record<string, string | number | string[]> {
  return {
    claimId: `claim-${client}-${turn}`,
    documentId: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    exact: 'at least forty people were killed in the blast, the ministry said on Tuesday',
    prefix: 'according to officials ',
    suffix: ', while witnesses spoke of',
    start: 1200 + turn,
    end: 1276 + turn,
    statement: 'The ministry put the number of killed at forty or more.',
    quotation: 'verbatim',
    modality: 'stated',
    tags: ['toll', 'official'],
  };
}
