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
  it('stands for its member, with the role of now', async () => {
    const writer = await opened();
    const { workspaceId } = writer;
    const tokenId = await issue(writer, 'alice', `${workspaceId}-secret`);
    const alice = {
      workspaceId,
      memberId: 'alice',
      role: 'annotator',
      clearance: 'red',
      tokenId,
      permissions: null,
      expiresAt: null,
    };
    expect(await bench.members.authenticate(digestOf(`${workspaceId}-secret`))).toEqual(alice);
    await writer.member({ type: 'ReviseMember', id: 'alice', changes: { role: 'admin' } });
    expect(await bench.members.authenticate(digestOf(`${workspaceId}-secret`))).toEqual({
      ...alice,
      role: 'admin',
    });
    expect(await bench.members.authenticate(digestOf('another'))).toBeNull();
  });

  it('does nothing once revoked or expired, or its member removed', async () => {
    const writer = await opened();
    const token = (name: string) => `${writer.workspaceId}-${name}`;
    const revoked = await issue(writer, 'alice', token('revoked'));
    await issue(writer, 'alice', token('expired'), { expiresAt: '2001-01-01T00:00:00.000Z' });
    await issue(writer, 'alice', token('good'), { expiresAt: '2201-01-01T00:00:00.000Z' });
    await issue(writer, 'bob', token('removed'));
    const works = async (name: string) => (await bench.members.authenticate(digestOf(token(name)))) !== null;
    expect(await Promise.all(['revoked', 'expired', 'good', 'removed'].map(works))).toEqual([
      true,
      false,
      true,
      true,
    ]);
    await writer.member({ type: 'RevokeToken', tokenId: revoked });
    await writer.member({ type: 'RemoveMember', id: 'bob' });
    expect(await Promise.all(['revoked', 'good', 'removed'].map(works))).toEqual([false, true, false]);
    expect(await bench.members.authenticate(digestOf(token('good')))).toMatchObject({
      expiresAt: '2201-01-01T00:00:00.000Z',
    });
  });

  it('that two workspaces issued stands for the one that is asked for, else for the last', async () => {
    const [first, second] = [await opened(), await opened()];
    for (const writer of [first, second]) await issue(writer, 'alice', 'the same token');
    const whose = async (workspaceId?: string) =>
      (await bench.members.authenticate(digestOf('the same token'), workspaceId))?.workspaceId;
    expect(await whose(first.workspaceId)).toBe(first.workspaceId);
    expect(await whose(second.workspaceId)).toBe(second.workspaceId);
    expect([first.workspaceId, second.workspaceId]).toContain(await whose());
    expect(await whose('elsewhere')).toBeUndefined();
  });

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
