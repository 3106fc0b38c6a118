import { clock } from './known-chance.js';
import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { archivePages } from '@casebook/exchange';
import { migrate } from '@casebook/postgres';
import { startOwnServer, temporaryHome } from '@casebook/testing';
import { createApplication, openResources, openWithAdmin } from '../../apps/api/src/index.js';
import { Analyst } from './desk.js';
import { story } from './story.js';

/*
 * `npm run tour [-- FILE]`: plays the story on a database of its own (that of DATABASE_URL, or one that it starts), by the service's own
 * API, and writes the ledger that comes of it to corpus/tour/ledger.jsonl. The same bytes each time.
 */

const WORKSPACE = 'tour';
/** Signs the tour alone. It is no secret: the file is proved whole and unchanged by it, and not where it comes from. */
const SIGNING_SECRET = Buffer.alloc(32, 'tour');

async function record(url: string, file: string): Promise<number> {
  const resources = await openResources(url, {
    poolSize: 5,
    home: temporaryHome(),
    origin: 'casebook.example',
    signingSecrets: [SIGNING_SECRET],
  });
  const app = await createApplication(resources);
  try {
    const opened = await openWithAdmin(resources.ledger, {
      workspaceId: WORKSPACE,
      title: 'A tour of Casebook',
      admin: { id: 'ines', name: 'Ines Maro' },
      correlationId: 'tour',
    });
    if (opened === null) throw new Error(`the database has a workspace ${WORKSPACE} already`);
    await story(app, new Analyst(app, opened.token));
    clock.now += 60_000;
    const checkpoint = await resources.checkpoints.latest(WORKSPACE);
    if (checkpoint === null) throw new Error(`there is no workspace ${WORKSPACE}`);
    const verifierKeys = await resources.checkpoints.verifierKeys(WORKSPACE);
    const lines: string[] = [];
    for await (const page of archivePages(resources.ledger, WORKSPACE, { ...checkpoint, verifierKeys }))
      lines.push(...page.lines);
    await writeFile(file, lines.map((line) => `${line}\n`).join(''));
    return checkpoint.size;
  } finally {
    await app.close();
    await resources.close();
  }
}

const file = process.argv[2] ?? new URL('../../corpus/tour/ledger.jsonl', import.meta.url).pathname;
const given = process.env['DATABASE_URL'];
const server = given === undefined ? await startOwnServer() : undefined;
try {
  const url = given ?? server?.url ?? '';
  if (given === undefined) await migrate(url);
  process.stdout.write(`${file}: ${await record(url, file)} events\n`);
} finally {
  await server?.discard();
}
process.exit(0);
