import canonicalize from 'canonicalize';
import type { Pool } from 'pg';
import { envelopeText, saltedHash } from './hashing/envelope.js';
import type { Ledger } from './ledger.js';
import { Frontier, leafHash } from './hashing/merkle.js';
import type { StoredEvent } from './ledger-types.js';

/** Reads a whole ledger, checks every invariant, and returns its events. */
export async function expectSoundLedger(
  ledger: Ledger,
  pool: Pool,
  workspaceId: string,
): Promise<StoredEvent[]> {
  const events = await ledger.readAll(workspaceId, { limit: 1_000_000 });
  const head = await ledger.head(workspaceId);

  expect(events.map((event) => event.position)).toEqual(events.map((_, i) => i + 1));
  const versions = new Map<string, number>();
  const commands = new Map<string, { index: number; position: number }>();
  let recordedAt = '';
  for (const event of events) {
    expect(event.streamVersion).toBe((versions.get(event.streamId) ?? 0) + 1);
    versions.set(event.streamId, event.streamVersion);
    // A command's events are consecutive and numbered from 0.
    const command = commands.get(event.commandId);
    expect(event.commandIndex).toBe(command ? command.index + 1 : 0);
    if (command) expect(event.position).toBe(command.position + 1);
    commands.set(event.commandId, { index: event.commandIndex, position: event.position });
    expect(event.recordedAt >= recordedAt).toBe(true);
    recordedAt = event.recordedAt;
    expect(event.payloadCommitment).toEqual(saltedHash([event.payloadSalt!], canonicalize(event.payload)!));
    expect(event.leafHash).toEqual(leafHash(Buffer.from(envelopeText(event))));
  }

  const tree = Frontier.EMPTY.append(events.map((event) => event.leafHash));
  expect(head).toEqual({
    size: events.length,
    root: tree.root(),
    recordedAt: events.length === 0 ? null : recordedAt,
  });
  const { rows } = await pool.query<{ frontier: Buffer }>(
    'SELECT frontier FROM ledger_heads WHERE workspace_id = $1',
    [workspaceId],
  );
  expect(rows[0]?.frontier).toEqual(tree.toBytes());
  return events;
}
