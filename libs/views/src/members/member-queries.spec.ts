import { memberView, tokenView } from '@casebook/contracts';
import { type Bench, digestOf, everything, openBench, staffed } from '../workspace.fixture.js';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const opened = () => staffed(bench);

describe('members', () => {
  it('are listed in the order of their ids, page by page; a removed one is found, but not listed', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    const listed = () =>
      everything((cursor) =>
        bench.members.members(workspaceId, { limit: 2, ...(cursor !== undefined && { cursor }) }),
      );
    expect((await listed()).map(({ id, role }) => `${id} ${role}`)).toEqual([
      'alice annotator',
      'bob reader',
      'root admin',
    ]);
    await writer.member({ type: 'RemoveMember', id: 'bob' });
    await writer.member({ type: 'ReviseMember', id: 'alice', changes: { role: 'adjudicator' } });
    expect((await listed()).map(({ id, role }) => `${id} ${role}`)).toEqual([
      'alice adjudicator',
      'root admin',
    ]);
    const bob = await bench.members.member(workspaceId, 'bob');
    expect(memberView.parse(bob)).toMatchObject({ id: 'bob', status: 'removed', revision: 2 });
    expect(await bench.members.member(workspaceId, 'nobody')).toBeNull();
  });
});

describe('a token', () => {
  it('is listed for its member without its digest, in the order of issue', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    const laptop = await writer.issueToken('alice', `${workspaceId}-1`, { label: 'laptop' });
    const phone = await writer.issueToken('alice', `${workspaceId}-2`, {
      expiresAt: '2201-01-01T00:00:00.000Z',
    });
    await writer.issueToken('bob', `${workspaceId}-3`);
    await writer.member({ type: 'RevokeToken', tokenId: laptop });
    const tokens = await bench.members.tokens(workspaceId, 'alice');
    expect(tokens.map((token) => tokenView.parse(token))).toEqual([
      expect.objectContaining({ id: laptop, label: 'laptop', revokedAt: expect.any(String) as string }),
      expect.objectContaining({ id: phone, expiresAt: '2201-01-01T00:00:00.000Z' }),
    ]);
    expect(JSON.stringify(tokens)).not.toContain(digestOf(`${workspaceId}-1`));
  });
});
