import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { claimPayload, inThisProcess, MAX_CONNECTIONS, type Opener } from './contender.js';

const SOURCES = join(
  dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json')),
  'database',
);

/** In the order of its own install.sh; the privileges are left out, for the benchmark connects as the owner. */
const FOLDERS = ['schema', 'extensions', 'tables', 'types', 'functions', 'indexes'];

/** message-db as its documentation has it: write_message, each client on a stream of its own, in a database of its own. */
export const messageDb: Opener = async (url, clients) => {
  const connectionString = await install(url);
  const pool = new pg.Pool({
    connectionString,
    max: Math.min(clients, MAX_CONNECTIONS),
    options: '-c search_path=message_store,public',
  });
  // Its last connections may still be going when the server stops; that is no error of the run.
  pool.on('error', () => undefined);
  const run = Date.now().toString(36);
  const turns = new Map<number, number>();
  return inThisProcess(
    'message-db',
    async (client) => {
      const turn = (turns.get(client) ?? 0) + 1;
      turns.set(client, turn);
      await pool.query({
        name: 'write_message',
        text: 'SELECT write_message($1, $2, $3, $4, $5)',
        values: [
          uuidv7(),
          `incident-${run}x${client}`,
          'ClaimTagged',
          JSON.stringify(claimPayload(client, turn)),
          JSON.stringify({ actorId: `member-${client}`, correlationId: `request-${client}` }),
        ],
      });
    },
    () => pool.end(),
  );
};

async function install(url: string): Promise<string> {
  const address = new URL(url);
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query('DROP DATABASE IF EXISTS message_store WITH (FORCE)');
  await admin.query('CREATE DATABASE message_store');
  await admin.end();
  address.pathname = '/message_store';
  const owner = new pg.Client({
    connectionString: address.href,
    options: '-c search_path=message_store,public',
  });
  await owner.connect();
  for (const folder of FOLDERS) {
    for (const file of readdirSync(join(SOURCES, folder)).sort()) {
      await owner.query(readFileSync(join(SOURCES, folder, file), 'utf8'));
    }
  }
  await owner.end();
  return address.href;
}
