import { TLP_ORDER, type Tlp } from '@casebook/contracts';
import { createDataSource, poolOf, withReadingScope } from '@casebook/postgres';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { replayViews, Runner } from '@casebook/projections';
import { IncidentQueries, planErasure, projections } from '../index.js';
import { type Bench, digestOf, openBench, staffed } from '../workspace.fixture.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const opened = () => staffed(bench);

describe('a token', () => {
  it('stands for its member, with the role of now', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    const tokenId = await writer.issueToken('alice', `${workspaceId}-secret`);
    const alice = {
      workspaceId,
      memberId: 'alice',
      role: 'annotator',
      clearance: 'red',
      tokenId,
      permissions: null,
      expiresAt: null,
    };
    expect(await bench.access.authenticate(digestOf(`${workspaceId}-secret`))).toEqual(alice);
    await writer.member({ type: 'ReviseMember', id: 'alice', changes: { role: 'admin' } });
    expect(await bench.access.authenticate(digestOf(`${workspaceId}-secret`))).toEqual({
      ...alice,
      role: 'admin',
    });
    expect(await bench.access.authenticate(digestOf('another'))).toBeNull();
  });

  it('does nothing once revoked or expired, or its member removed', async () => {
    const writer = await opened();
    const token = (name: string) => `${writer.workspaceId}-${name}`;
    const revoked = await writer.issueToken('alice', token('revoked'));
    await writer.issueToken('alice', token('expired'), { expiresAt: '2001-01-01T00:00:00.000Z' });
    await writer.issueToken('alice', token('good'), { expiresAt: '2201-01-01T00:00:00.000Z' });
    await writer.issueToken('bob', token('removed'));
    const works = async (name: string) => (await bench.access.authenticate(digestOf(token(name)))) !== null;
    expect(await Promise.all(['revoked', 'expired', 'good', 'removed'].map(works))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    await writer.member({ type: 'RevokeToken', tokenId: revoked });
    await writer.member({ type: 'RemoveMember', id: 'bob' });
    expect(await Promise.all(['revoked', 'good', 'removed'].map(works))).toEqual([false, true, false]);
    expect(await bench.access.authenticate(digestOf(token('good')))).toMatchObject({
      expiresAt: '2201-01-01T00:00:00.000Z',
    });
  });

  it('that ended before the calendar begins is in the view as one that is over', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    const tokenId = await writer.issueToken('alice', `${workspaceId}-long ago`, {
      expiresAt: '0000-12-31T23:59:59.999Z',
    });
    expect(await bench.access.authenticate(digestOf(`${workspaceId}-long ago`))).toBeNull();
    const { rows } = await bench.database.pool.query(
      `SELECT p.status FROM view_progress p WHERE p.workspace_id = $1 AND p.view = 'members'`,
      [workspaceId],
    );
    expect(rows).toEqual([{ status: 'attached' }]);
    for (const { view, differences } of await replayViews(bench.database.pool, projections, workspaceId)) {
      expect([view, differences]).toEqual([view, []]);
    }
    const { rows: tokens } = await bench.database.pool.query(
      'SELECT id FROM members_v1.tokens WHERE workspace_id = $1 AND id = $2',
      [workspaceId, tokenId],
    );
    expect(tokens).toHaveLength(1);
  });

  it('that two workspaces issued stands for the one that is addressed, and in that for what it is there', async () => {
    const [first, second] = [await opened(), await opened()];
    const ids: string[] = [];
    for (const writer of [first, second]) ids.push(await writer.issueToken('alice', 'the same token'));
    const digest = digestOf('the same token');
    expect([first.workspaceId, second.workspaceId]).toContain(
      (await bench.access.authenticate(digest))?.workspaceId,
    );
    for (const { workspaceId } of [first, second])
      expect(await bench.access.authenticate(digest, workspaceId)).toMatchObject({ workspaceId });
    expect(
      (await bench.access.workspacesOf({ workspaceId: first.workspaceId, tokenId: ids[0]! })).map(
        ({ workspaceId }) => workspaceId,
      ),
    ).toEqual([first.workspaceId, second.workspaceId]);

    await first.member({ type: 'RevokeToken', tokenId: ids[0]! });
    expect(await bench.access.authenticate(digest, first.workspaceId)).toBeNull();
    expect(await bench.access.authenticate(digest, second.workspaceId)).not.toBeNull();
    expect(await bench.access.authenticate(digest)).toMatchObject({ workspaceId: second.workspaceId });
  });
});

describe('while views are detached', () => {
  let reading: DataSource;
  let incidents: IncidentQueries;
  beforeAll(async () => {
    reading = createDataSource({
      url: bench.database.url,
      role: 'casebook_reader',
      scoped: true,
      poolSize: 2,
    });
    await reading.initialize();
    incidents = new IncidentQueries(reading);
  });
  afterAll(() => reading.destroy());

  const MEMBERS = ['alice', 'bob', 'carol'];
  const DOCUMENTS = ['one', 'two'].map((text) => ({
    text,
    id: `sha256:${createHash('sha256').update(text).digest('hex')}`,
  }));

  /** Everything by which somebody comes to see something, or not to. */
  type Deed =
    | { readonly do: 'add' | 'remove' | 'issue' | 'revoke'; readonly member: string; readonly tlp: Tlp }
    | { readonly do: 'restrict' | 'open' | 'unrestrict'; readonly incident: number; readonly member: string }
    | { readonly do: 'attach' | 'detach'; readonly incident: number; readonly document: number }
    | { readonly do: 'mark'; readonly document: number; readonly tlp: Tlp | null }
    | { readonly do: 'erase'; readonly nth: number };
  const member = fc.constantFrom(...MEMBERS);
  const tlp = fc.constantFrom(...TLP_ORDER);
  const incident = fc.nat(1);
  const document = fc.nat(1);
  const deed: fc.Arbitrary<Deed> = fc.oneof(
    fc.record({ do: fc.constantFrom('add', 'remove', 'issue', 'revoke'), member, tlp }),
    fc.record({ do: fc.constantFrom('restrict', 'unrestrict'), incident, member }),
    fc.record({ do: fc.constantFrom('attach', 'detach'), incident, document }),
    fc.record({ do: fc.constant('mark' as const), document, tlp: fc.option(tlp) }),
    fc.record({ do: fc.constant('erase' as const), nth: fc.nat(1000) }),
  );

  it('who may come in and what is hidden from whom is what the ledger says, and the views say the same once they are back', async () => {
    let beyond = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { maxLength: 12 }),
        fc.subarray(['incidents', 'library', 'members'], { minLength: 1 }),
        fc.array(deed, { minLength: 1, maxLength: 12 }),
        async (before, detached, behind) => {
          const writer = await bench.workspace();
          const { workspaceId } = writer;
          const ids = [uuidv7(), uuidv7()];
          const tokens = new Map(
            MEMBERS.map((name) => [name, { id: uuidv7(), digest: digestOf(`${workspaceId}${name}`) }]),
          );
          const perform = async (what: Deed): Promise<void> => {
            switch (what.do) {
              case 'add':
                await writer.member({
                  type: 'AddMember',
                  member: { id: what.member, name: what.member, role: 'annotator' },
                });
                await writer.member({
                  type: 'ReviseMember',
                  id: what.member,
                  changes: { clearance: what.tlp },
                });
                return;
              case 'remove':
                await writer.member({ type: 'RemoveMember', id: what.member });
                return;
              case 'issue': {
                const { id: tokenId, digest } = tokens.get(what.member)!;
                await writer.member({ type: 'IssueToken', tokenId, memberId: what.member, digest });
                return;
              }
              case 'revoke':
                await writer.member({ type: 'RevokeToken', tokenId: tokens.get(what.member)!.id });
                return;
              case 'open':
                await writer.incident(ids[what.incident]!, {
                  type: 'OpenIncident',
                  incidentId: ids[what.incident]!,
                  fields: { title: 'Case' },
                });
                return;
              case 'restrict':
                await writer.incident(ids[what.incident]!, {
                  type: 'RestrictIncident',
                  members: [what.member],
                });
                return;
              case 'unrestrict':
                await writer.incident(ids[what.incident]!, { type: 'UnrestrictIncident' });
                return;
              case 'attach':
              case 'detach': {
                const documentId = DOCUMENTS[what.document]!.id;
                await writer.incident(
                  ids[what.incident]!,
                  what.do === 'attach'
                    ? { type: 'AttachDocument', documentId }
                    : { type: 'DetachDocument', documentId, reason: 'Wrong.' },
                );
                return;
              }
              case 'mark': {
                const { id, text } = DOCUMENTS[what.document]!;
                await writer.import({ id, title: text, text });
                await writer.document({
                  type: 'DescribeDocument',
                  documentId: id,
                  changes: { tlp: what.tlp },
                });
                return;
              }
              case 'erase': {
                const size = (await bench.ledger.head(workspaceId))!.size;
                const { plan } = await planErasure(bench.database.pool, {
                  workspaceId,
                  id: uuidv7(),
                  positions: [1 + (what.nth % size)],
                  reason: 'By law.',
                  legalBasis: 'The law',
                });
                await bench.ledger.erase({
                  workspaceId,
                  body: {},
                  actorId: 'root',
                  correlationId: 'test',
                  plan,
                });
              }
            }
          };
          const answers = async () => ({
            tokens: await Promise.all(
              MEMBERS.map((name) => bench.access.authenticate(tokens.get(name)!.digest, workspaceId)),
            ),
            good: await Promise.all(
              MEMBERS.map((name) => bench.access.isGood(workspaceId, name, tokens.get(name)!.id)),
            ),
            members: await Promise.all(MEMBERS.map((name) => bench.access.member(workspaceId, name))),
            hidden: await Promise.all(
              [...MEMBERS, null].flatMap((viewer) =>
                TLP_ORDER.map(async (_, clearance) =>
                  [
                    ...(await withReadingScope({ workspaceId, viewer, clearance }, () =>
                      incidents.hiddenStreams(),
                    )),
                  ].sort(),
                ),
              ),
            ),
          });

          await writer.open();
          for (const which of [0, 1]) await perform({ do: 'open', incident: which, member: '' });
          for (const each of before) await perform(each);
          const { rows } = await bench.database.pool.query<{ status: string }>(
            `WITH head AS (UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1 RETURNING size)
             UPDATE view_progress SET status = 'detached', position = head.size FROM head
             WHERE workspace_id = $1 AND view = ANY ($2) RETURNING status`,
            [workspaceId, detached],
          );
          expect(rows).toHaveLength(detached.length);
          const then = await answers();
          for (const each of behind) await perform(each);
          const now = await answers();
          const caughtUp = new Runner(poolOf(bench.dataSource), { projections });
          await caughtUp.catchUp(workspaceId);
          await caughtUp.close();
          const { rows: attached } = await bench.database.pool.query(
            `SELECT FROM view_progress WHERE workspace_id = $1 AND status = 'detached'`,
            [workspaceId],
          );
          expect(attached).toHaveLength(0);
          expect(now).toEqual(await answers());
          if (JSON.stringify(now) !== JSON.stringify(then)) beyond += 1;
        },
      ),
      { numRuns: 40 },
    );
    // Or it would have shown nothing.
    expect(beyond).toBeGreaterThan(10);
  });

  it('a token that is not in the view is found in the ledger of the workspace that is addressed, and nowhere else', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    await bench.database.pool.query(
      `WITH head AS (UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1 RETURNING size)
       UPDATE view_progress SET status = 'detached', position = head.size FROM head WHERE workspace_id = $1 AND view = 'members'`,
      [workspaceId],
    );
    const tokenId = await writer.issueToken('alice', `${workspaceId}-new`);
    const digest = digestOf(`${workspaceId}-new`);
    expect(await bench.access.authenticate(digest, workspaceId)).toMatchObject({
      memberId: 'alice',
      tokenId,
    });
    expect(await bench.access.authenticate(digest)).toBeNull();
    expect(await bench.access.authenticate(digest, 'no-such-desk')).toBeNull();
    await writer.member({
      type: 'ReviseMember',
      id: 'alice',
      changes: { role: 'reader', clearance: 'green' },
    });
    expect(await bench.access.authenticate(digest, workspaceId)).toMatchObject({
      role: 'reader',
      clearance: 'green',
    });
    await writer.member({ type: 'RevokeToken', tokenId });
    expect(await bench.access.authenticate(digest, workspaceId)).toBeNull();
  });
});
