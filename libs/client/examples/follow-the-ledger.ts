import { Casebook } from '@casebook/client';

/** Follows the ledger from its first event until it has seen as many as asked for; a broken connection is made again by itself. */
export async function followTheLedger(url: string, token: string, count: number): Promise<string[]> {
  const stop = new AbortController();
  const seen: string[] = [];
  for await (const { position, event } of new Casebook({ url, token }).follow('default', {
    after: 0,
    signal: stop.signal,
  })) {
    seen.push(`${position} ${event.type}`);
    if (seen.length >= count) stop.abort();
  }
  return seen;
}
