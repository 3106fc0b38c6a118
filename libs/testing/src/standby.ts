import { chmodSync, cpSync, mkdirSync, mkdtempSync } from 'node:fs';
import { chown, copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@casebook/postgres';
import pg from 'pg';
import { discard, FOLDER_PREFIX, onServer, type OwnServer } from './test-server.js';

/** A standby of another server. It answers reads. */
export interface Standby extends OwnServer {
  /** From here on it gets nothing from the primary any more. */
  fallBehind(): Promise<void>;
  /** Makes it a primary. */
  promote(): Promise<void>;
}

/**
 * Starts a standby that streams from `primary`, from a copy of its data folder: npm's PostgreSQL has no
 * pg_basebackup. The primary's commits do not wait for it until {@link makeSynchronous} is called.
 */
export async function startStandby(primary: OwnServer): Promise<Standby> {
  const path = mkdtempSync(join(tmpdir(), FOLDER_PREFIX));
  chmodSync(path, 0o711);
  const directory = join(path, 'postgres');
  mkdirSync(directory, { mode: 0o711 });
  await copyOf(primary, directory);
  const server = await startEmbeddedPostgres({ directory });
  return Object.assign(server, {
    fallBehind: async () => {
      await onServer(server.url, (client) => setForAll(client, 'primary_conninfo', ''));
      await onServer(primary.url, async (client) => {
        while ((await client.query('SELECT FROM pg_stat_replication')).rowCount !== 0) await delay(20);
      });
    },
    promote: async () => {
      await onServer(server.url, (client) => client.query('SELECT pg_promote()'));
    },
    discard: () => discard(server, path),
  });
}

/** From here on every commit of `primary` waits until its standby has it on disk. */
export async function makeSynchronous(primary: Pick<OwnServer, 'url'>): Promise<void> {
  await onServer(primary.url, async (client) => {
    await setForAll(client, 'synchronous_standby_names', '*');
    for (;;) {
      const { rowCount } = await client.query(`SELECT FROM pg_stat_replication WHERE sync_state = 'sync'`);
      if (rowCount !== 0) return;
      await delay(20);
    }
  });
}

/** An online backup. The standby gets from the primary what the log says of changes during the copy. */
async function copyOf(primary: OwnServer, directory: string): Promise<void> {
  const from = join(primary.folder, 'data');
  const to = join(directory, 'data');
  cpSync(join(primary.folder, 'password'), join(directory, 'password'));
  const label = await onServer(primary.url, async (client) => {
    await setForAll(client, 'wal_keep_size', '512MB');
    await client.query(`SELECT pg_backup_start('standby', true)`);
    await copyFolder(from, to);
    const { rows } = await client.query<{ label: string }>(
      'SELECT labelfile AS label FROM pg_backup_stop(false)',
    );
    return rows[0]!.label;
  });
  const { hostname, port, username, password } = new URL(primary.url);
  await writeLike(from, join(to, 'backup_label'), label);
  await writeLike(from, join(to, 'standby.signal'), '');
  await writeLike(
    from,
    join(to, 'postgresql.auto.conf'),
    `primary_conninfo = 'host=${hostname} port=${port} user=${username} password=${password}'\n`,
  );
}

/** The lock of the running server, and what a standby makes or fetches anew. */
const NOT_COPIED = new Set(['postmaster.pid', 'postmaster.opts', 'pg_wal', 'pg_replslot', 'pgsql_tmp']);

/** Copies a folder with its owner. Files may vanish meanwhile. */
async function copyFolder(from: string, to: string): Promise<void> {
  const { uid, gid } = await stat(from);
  await mkdir(to, { mode: 0o700 });
  await chown(to, uid, gid);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (NOT_COPIED.has(entry.name)) {
      if (entry.isDirectory()) await emptyLike(source, target);
    } else if (entry.isDirectory()) await copyFolder(source, target);
    else
      await copyFile(source, target)
        .then(() => chown(target, uid, gid))
        .catch((error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
        });
  }
}

async function emptyLike(source: string, target: string): Promise<void> {
  const { uid, gid } = await stat(source);
  await mkdir(target, { mode: 0o700 });
  await chown(target, uid, gid);
}

async function writeLike(source: string, target: string, text: string): Promise<void> {
  const { uid, gid } = await stat(source);
  await writeFile(target, text, { mode: 0o600 });
  await chown(target, uid, gid);
}

async function setForAll(client: pg.Client, name: string, value: string): Promise<void> {
  await client.query(`ALTER SYSTEM SET ${name} = ${pg.escapeLiteral(value)}`);
  await client.query('SELECT pg_reload_conf()');
}
