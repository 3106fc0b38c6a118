import crypto, { createHash } from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Replaces chance and the clock in this process, so that the recorded tour is the same file each time. Ids, salts and the secrets of
 * tokens follow from counters: nothing that is recorded here is a secret, and every token of the tour is revoked in the tour itself.
 * Imported before anything that draws: the ledger draws its first salts when it is loaded.
 */

/** The moment at which the story is, in milliseconds since 1970. */
export const clock = { now: Date.parse('2024-05-05T12:00:00Z') };

const drawn = new Map<string, number>();

/** The next bytes of a source. Each source has its own counter, so that a new connection does not move the ids. */
function draw(source: string, size: number): Buffer {
  const parts: Buffer[] = [];
  for (let length = 0; length < size; length += 32) {
    const count = drawn.get(source) ?? 0;
    drawn.set(source, count + 1);
    parts.push(createHash('sha256').update(`casebook tour ${source} ${count}`).digest());
  }
  return Buffer.concat(parts).subarray(0, size);
}

crypto.randomUUID = () => {
  const hex = draw('uuid', 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
crypto.randomBytes = ((size: number) => draw(`bytes ${size}`, size)) as typeof crypto.randomBytes;
crypto.randomFillSync = ((target: Buffer) => {
  draw('fill', target.length).copy(target);
  return target;
}) as typeof crypto.randomFillSync;
syncBuiltinESMExports();

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given: [number?]) {
    super(...((given.length === 0 ? [clock.now] : given) as [number]));
  }
  static override now(): number {
    return clock.now;
  }
} as DateConstructor;
