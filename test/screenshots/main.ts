import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrate } from '@casebook/postgres';
import { startOwnServer, temporaryHome } from '@casebook/testing';
import { createApplication, openResources, openWithAdmin } from '../../apps/api/src/index.js';
import { launchBrowser } from '../support/browser.js';
import { buildConsole } from '../support/console-build.js';
import { seedCorpus } from '../support/seeded-corpus.js';
import { clientOf } from '../support/service.js';
import { scenesOf } from './scenes.js';
import { shoot, type Theme, THEMES, WIDTHS } from './shoot.js';
import { smallPng } from './small-png.js';

/**
 * `npm run screenshots [-- --only NAME,…] [--theme light] [--width 360]`: pictures of every page of the console, on the corpus as a team has
 * worked on it for a month, in `screenshots/THEME-WIDTH/NAME.png`; with `--docs`, those that the documentation shows in `docs/images/` as
 * well. Fails where a page could not be shown.
 */
const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    theme: { type: 'string' },
    width: { type: 'string' },
    docs: { type: 'boolean' },
  },
});
/** What docs/console.md and the README show, by folder. */
const SHOWN: readonly (readonly [folder: string, name: string])[] = [
  ['light-1440', 'document-selected'],
  ['light-1440', 'document-form'],
  ['light-1440', 'disputes'],
  ['light-1440', 'timeline'],
  ['light-1440', 'document-past'],
  ['light-1440', 'audit-proof'],
  ['dark-1440', 'graph'],
];
const DAY_MS = 86_400_000;
const MONTH_DAYS = 31;
const folder = fileURLToPath(new URL('../../screenshots', import.meta.url));

/** The clock of this process, and so of the service in it, set back while the month is worked through. */
const now = Date.now.bind(Date);
let back = MONTH_DAYS * DAY_MS;
Date.now = () => now() - back;

const server = await startOwnServer({ settings: { max_connections: '100', fsync: 'off' } });
await migrate(server.url);
const ground = await openResources(server.url, {
  poolSize: 10,
  home: temporaryHome(),
  origin: 'casebook.example',
  signingSecrets: [Buffer.alloc(32, 7)],
});
const app = await createApplication(ground, undefined, { consoleDirectory: buildConsole() });
await app.listen(0, '127.0.0.1');
const browser = await launchBrowser();
const faults: string[] = [];
try {
  const opened = await openWithAdmin(ground.ledger, {
    workspaceId: 'default',
    admin: { id: 'admin', name: 'Administrator' },
    correlationId: 'screenshots',
  });
  const url = await app.getUrl();
  const admin = clientOf(url, opened?.token ?? '');
  const member = async (id: string, role: string, name: string) => {
    await admin.post('members', { id, name, role });
    return clientOf(url, (await admin.post<{ token: string }>(`members/${id}/tokens`)).body.token);
  };
  const { people, id } = await seedCorpus(member, (day) => {
    back = Math.min(back, Math.max(0, MONTH_DAYS - day) * DAY_MS);
  });
  back = 0;
  const size = (await ground.ledger.head('default'))?.size ?? 0;
  const only = options.only?.split(',');
  const scenes = scenesOf(id, size).filter(({ name }) => only?.includes(name) ?? true);
  const tokens = {
    admin: admin.token,
    ...Object.fromEntries(Object.entries(people).map(([who, { token }]) => [who, token])),
  };
  if (only === undefined) rmSync(folder, { recursive: true, force: true });
  for (const theme of (options.theme?.split(',') as Theme[] | undefined) ?? THEMES)
    for (const width of options.width?.split(',').map(Number) ?? WIDTHS) {
      faults.push(...(await shoot({ browser, url, tokens, folder }, scenes, theme, width)));
      process.stdout.write(`${theme}, ${width} wide: ${scenes.length} pictures\n`);
    }
  if (options.docs === true) {
    const images = fileURLToPath(new URL('../../docs/images', import.meta.url));
    mkdirSync(images, { recursive: true });
    for (const [from, name] of SHOWN)
      writeFileSync(
        join(images, `${name}.png`),
        await smallPng(browser, readFileSync(join(folder, from, `${name}.png`))),
      );
  }
} finally {
  await browser.close();
  await app.close();
  await ground.close();
  await server.discard();
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
