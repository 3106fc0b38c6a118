import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { proveArchive, readLine } from '@casebook/exchange';
import type { StoredEvent } from '@casebook/ledger';
import { createTestDatabase, startProgram, temporaryHome } from '@casebook/testing';
import { startTestService, type TestService } from '../support/service.js';

const FILE = new URL('../../corpus/tour/ledger.jsonl', import.meta.url);
const linesIn = (file: string | URL): string[] => readFileSync(file, 'utf8').trimEnd().split('\n');

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}

async function eventsIn(lines: readonly string[]): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of proveArchive(each(lines))) events.push(event);
  return events;
}

describe('the ledger of the tour', () => {
  const lines = linesIn(FILE);
  let events: StoredEvent[];
  beforeAll(async () => {
    events = await eventsIn(lines);
  });

  it('is what its script records, to the byte; only the time of the signature is of the day', async () => {
    const database = await createTestDatabase();
    const file = join(temporaryHome(), 'tour.jsonl');
    const program = startProgram(new URL('../tour/record.ts', import.meta.url), [file], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    expect(await new Promise((resolve) => program.once('exit', resolve))).toBe(0);
    await database.drop();
    const again = linesIn(file);
    expect(again.slice(0, -1)).toEqual(lines.slice(0, -1));
    const [kept, made] = [lines.at(-1)!, again.at(-1)!].map((line) => {
      const read = readLine(line);
      return read.kind === 'checkpoint' ? read.data : undefined;
    });
    expect(made).toMatchObject({ size: kept!.size, root: kept!.root, verifierKeys: kept!.verifierKeys });
  });

  it('shows a month of three people, with everything that happens at such a desk', () => {
    expect(new Set(events.map(({ actorId }) => actorId))).toEqual(new Set(['ines', 'teodor', 'wanjiru']));
    const [first, last] = [events[0]!, events.at(-1)!].map(({ recordedAt }) => Date.parse(recordedAt));
    expect(Math.round((last! - first!) / 86_400_000)).toBe(29);
    const count = (type: string) => events.filter((event) => event.type === type).length;
    expect(
      Object.fromEntries(
        [
          'DocumentImported',
          'ClaimTagged',
          'ClaimRetracted',
          'WarningRecorded',
          'AttackRecorded',
          'WarningLinked',
          'DisputeRaised',
          'DisputeSettled',
          'DisputeReopened',
        ].map((type) => [type, count(type)]),
      ),
    ).toEqual({
      DocumentImported: 5,
      ClaimTagged: 16,
      ClaimRetracted: 1,
      WarningRecorded: 2,
      AttackRecorded: 1,
      WarningLinked: 2,
      DisputeRaised: 1,
      DisputeSettled: 1,
      DisputeReopened: 1,
    });
    const revisions = events.filter(({ type }) => type === 'WarningRevised');
    expect(revisions.map(({ actorId }) => actorId)).toEqual(['ines', 'wanjiru']);
    expect(new Set(revisions.map(({ subject }) => subject)).size).toBe(1);
  });

  it('holds no token that lets anybody in', () => {
    const tokens = (type: string) =>
      events.filter((event) => event.type === type).map(({ subject }) => subject);
    const issued = tokens('TokenIssued');
    expect(issued).toHaveLength(3);
    expect(new Set(tokens('TokenRevoked'))).toEqual(new Set(issued));
  });
});

describe('the workspace tour, brought in', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startTestService({ tour: true });
  });
  afterAll(() => service.close());

  it('has the times, ids and proofs of the file, and its views are what a replay says', async () => {
    const kept = await eventsIn(linesIn(FILE));
    const { body } = await service.admin.get('/v1/workspaces/tour/events?limit=100');
    expect(
      body.items
        .slice(0, kept.length)
        .map((event: { id: string; recordedAt: string; leafHash: string }) => [
          event.id,
          event.recordedAt,
          event.leafHash,
        ]),
    ).toEqual(
      kept.map(({ eventId, recordedAt, leafHash }) => [eventId, recordedAt, leafHash.toString('hex')]),
    );
    // The first admin was let in behind it, as an operator does.
    expect(body.items.slice(kept.length).map(({ type }: { type: string }) => type)).toEqual([
      'MemberAdded',
      'TokenIssued',
    ]);
    for (const view of await service.replay('tour')) expect(view.differences).toEqual([]);
  });

  it('the token of the first start opens both workspaces, and each revokes it for itself', async () => {
    const workspaces = await service.admin.get('/v1/workspaces');
    expect(workspaces.body.items.map(({ id }: { id: string }) => id)).toEqual(['default', 'tour']);
    expect((await service.admin.get('incidents')).status).toBe(200);
    const incidents = await service.admin.get('/v1/workspaces/tour/incidents');
    expect(incidents.body.items).toMatchObject([{ title: 'The night ferry, Port Mirel' }]);
    const tokens = await service.admin.get('/v1/workspaces/tour/members/admin/tokens');
    await service.admin.post(`/v1/workspaces/tour/tokens/${tokens.body.items[0].id}/revocation`);
    expect((await service.admin.get('/v1/workspaces/tour/incidents')).status).toBe(401);
    expect((await service.admin.get('incidents')).status).toBe(200);
  });

  it('a member of another workspace is not let in', async () => {
    const stranger = await service.member('stranger', 'admin');
    expect((await stranger.get('/v1/workspaces/tour/incidents')).status).toBe(403);
  });
});
