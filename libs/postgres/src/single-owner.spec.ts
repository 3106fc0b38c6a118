import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processIdentity } from './process-identity.js';
import { claimOwnership, DirectoryInUseError } from './single-owner.js';

describe('the ownership of a directory', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'casebook-owner-'));
    path = join(folder, 'owner');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is one process's until it is given back", () => {
    const release = claimOwnership(path);
    expect(() => claimOwnership(path)).toThrow(DirectoryInUseError);
    release();
    claimOwnership(path)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    ['a process that is gone', { pid: 2 ** 22 + 1, identity: 'any' }],
    ['an earlier process with the number of a living one', { pid: process.pid, identity: 'an earlier one' }],
    ['a file that was cut short', null],
  ])('is taken over from %s', (_, owner) => {
    writeFileSync(path, owner === null ? '{"pid": 1' : JSON.stringify(owner));
    claimOwnership(path)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is left to a living process', () => {
    writeFileSync(path, JSON.stringify({ pid: process.ppid, identity: processIdentity(process.ppid) }));
    expect(() => claimOwnership(path)).toThrow(`process ${process.ppid} is using it`);
    expect(readdirSync(folder)).toEqual(['owner']);
  });

  it('is not given back by one who has lost it', () => {
    const release = claimOwnership(path);
    rmSync(path);
    writeFileSync(path, JSON.stringify({ pid: process.ppid, identity: processIdentity(process.ppid) }));
    release();
    expect(readdirSync(folder)).toEqual(['owner']);
  });
});
