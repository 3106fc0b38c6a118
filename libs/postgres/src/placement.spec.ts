import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { place, type ServerUser, serverUser } from './placement.js';

describe('where a server is placed', () => {
  let root: string;
  let elsewhere: string | null = null;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'casebook-placement-'));
    mkdirSync(join(root, 'home/postgres'), { recursive: true });
    mkdirSync(join(root, 'npm/bin'), { recursive: true });
    writeFileSync(join(root, 'npm/bin/postgres'), '#!/bin/sh\necho runs\n', { mode: 0o755 });
    chmodSync(root, 0o755);
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
    if (elsewhere !== null) rmSync(elsewhere, { recursive: true, force: true });
    elsewhere = null;
  });
  const placed = (user: ServerUser | undefined) =>
    place(
      join(root, 'home/postgres'),
      { folder: join(root, 'npm'), version: '18.0.0' },
      user,
      () => undefined,
    );

  it('is its own directory and the installation of npm, when Node does not run as root', () => {
    chmodSync(root, 0o700);
    expect(placed(undefined)).toEqual({
      folder: join(root, 'home/postgres'),
      installation: join(root, 'npm'),
    });
  });

  const asRoot = process.getuid?.() === 0 ? describe : describe.skip;
  asRoot('under root', () => {
    const runs = (program: string): string =>
      spawnSync(program, { ...serverUser(), cwd: '/', encoding: 'utf8' }).stdout.trim();

    it('is its own directory and the installation of npm, when both are open to the postgres user', () => {
      expect(placed(serverUser())).toEqual({
        folder: join(root, 'home/postgres'),
        installation: join(root, 'npm'),
      });
      expect(existsSync(join(root, 'home/postgres/location'))).toBe(false);
    });

    it('has a copy of the installation, when only that is closed', () => {
      chmodSync(join(root, 'npm'), 0o700);
      const { folder, installation } = placed(serverUser());
      expect(folder).toBe(join(root, 'home/postgres'));
      expect(installation).toBe(join(folder, 'postgres-18.0.0'));
      expect(runs(join(installation, 'bin/postgres'))).toBe('runs');
      expect(placed(serverUser())).toEqual({ folder, installation });
    });

    it('is elsewhere with a copy of the installation, when all is below a closed folder', () => {
      chmodSync(root, 0o700);
      const { folder, installation } = placed(serverUser());
      elsewhere = folder;
      expect(readFileSync(join(root, 'home/postgres/location'), 'utf8')).toBe(`${folder}\n`);
      expect(runs(join(installation, 'bin/postgres'))).toBe('runs');
      expect(placed(serverUser())).toEqual({ folder, installation });
    });

    it('stays elsewhere when the closed folder is opened later, for there the data is', () => {
      chmodSync(root, 0o700);
      elsewhere = placed(serverUser()).folder;
      chmodSync(root, 0o755);
      expect(placed(serverUser())).toEqual({ folder: elsewhere, installation: join(root, 'npm') });
    });

    it('starts afresh when its directory was removed', () => {
      chmodSync(root, 0o700);
      const first = placed(serverUser()).folder;
      rmSync(join(root, 'home/postgres'), { recursive: true });
      mkdirSync(join(root, 'home/postgres'));
      elsewhere = placed(serverUser()).folder;
      expect(elsewhere).not.toBe(first);
      rmSync(first, { recursive: true });
    });
  });
});
