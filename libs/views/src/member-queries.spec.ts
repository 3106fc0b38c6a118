import { memberView, tokenView } from '@casebook/contracts';
import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { type Bench, everything, openBench, type Writer } from './workspace.fixture.js';

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.close());

const opened = async (): Promise<Writer> => {
  const writer = await bench.workspace();
  await writer.open();
  await writer.member({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } });
  await writer.member({ type: 'AddMember', member: { id: 'alice', name: 'Alice', role: 'annotator' } });
  return writer;
};
const issue = async (writer: Writer, memberId: string, token: string, rest = {}): Promise<string> => {
  const tokenId = uuidv7();
  const digest = digestOf(token);
  await writer.member({ type: 'IssueToken', tokenId, memberId, digest, ...rest });
  return tokenId;
};

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
    const laptop = await issue(writer, 'alice', `${workspaceId}-1`, { label: 'laptop' });
    const phone = await issue(writer, 'alice', `${workspaceId}-2`, { expiresAt: '2201-01-01T00:00:00.000Z' });
    await issue(writer, 'bob', `${workspaceId}-3`);
    await writer.member({ type: 'RevokeToken', tokenId: laptop });
    const tokens = await bench.members.tokens(workspaceId, 'alice');
    expect(tokens.map((token) => tokenView.parse(token))).toEqual([
      expect.objectContaining({ id: laptop, label: 'laptop', revokedAt: expect.any(String) as string }),
      expect.objectContaining({ id: phone, expiresAt: '2201-01-01T00:00:00.000Z' }),
    ]);
    expect(JSON.stringify(tokens)).not.toContain(digestOf(`${workspaceId}-1`));
  });
});
