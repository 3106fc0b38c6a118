import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { QUOTE_LENGTH } from '@casebook/contracts';
import { PAGES } from './pages.js';

/* What the documents say and a test can check. */

const COMMANDS =
  'serve|migrate|mcp|doctor|webhooks|import|import-annotations|token|verify|replay|rebuild|export|import-ledger|erase|accept-restore|monitor|witness';

/** Names that the program gives itself in a list of connections or tokens; nobody types them. */
const LABELS = [
  "applicationName: 'casebook migrate'",
  "applicationName: 'casebook doctor'",
  "'what the token is for', 'casebook token'",
];

const FOLDERS = ['apps', 'libs', 'migrations', 'test', '.ci'];

const read = (path: string): string => readFileSync(path, 'utf8');

/** A file of the repository, as pages name it: a source by its name alone, another by a path. */
const FILE =
  /^(?:[\w.@/-]+\.(?:ts|tsx|cjs|sql|svg|md)|(?:apps|libs|test|docs|migrations|corpus|\.ci)\/[\w.@/-]+\.\w+)$/u;
/** A name of the code: one word with a capital inside. */
const NAME = /^(?:[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)$/u;

/** What a page has in code, without blocks, where all of it has this form. */
function named(page: string, form: RegExp): string[] {
  const prose = page.replaceAll(/^```.*?^```$/gmsu, '');
  return [...prose.matchAll(/`([^`\n]+)`/gu)].map(([, code]) => code!).filter((code) => form.test(code));
}

/** Whether the repository has the file that a page means: by its path, from the page, or by the end of its path. */
const isThere = (page: string, file: string): boolean =>
  existsSync(join(dirname(page), file)) || FILES.some((path) => path === file || path.endsWith(`/${file}`));

/** The anchors of a page's headings, as GitHub makes them. */
const headingsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );

const FILES: readonly string[] = [...FOLDERS, 'docs', 'corpus', '.'].flatMap((folder) =>
  readdirSync(folder, { recursive: folder !== '.', encoding: 'utf8' }).map((name) => join(folder, name)),
);

const wordsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|tsx|mjs)$/u.test(name))
    .flatMap((name) => read(join(folder, name)).match(/\w+/gu) ?? []);

describe('documents', () => {
  const length = QUOTE_LENGTH.toLocaleString('en');

  it.each(['docs/problems.md', 'docs/anchors.md'])('%s has the greatest length of a quote', (path) => {
    expect(read(path)).toContain(`${length} UTF-16 units`);
    expect(read(path)).toContain(`${length} code points between \`start\` and \`end\``);
  });

  it('commands are written in the one form that runs in a checkout, in pages and in messages', () => {
    const bare = new RegExp(`npm run casebook\\b.*|(?<!npx |\\w)casebook (?:${COMMANDS})\\b(?!:).*`, 'gu');
    const sources = ['apps', 'libs'].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/u.test(name) && !/\.(?:spec|fixture)\.tsx?$/u.test(name))
        .map((name) => join(folder, name)),
    );
    const found = [...PAGES, ...sources].flatMap((path) =>
      read(path)
        .split('\n')
        .filter((line) => !LABELS.some((label) => line.includes(label)))
        .flatMap((line) => line.match(bare) ?? [])
        .map((command) => `${path}: ${command}`),
    );
    expect(found).toEqual([]);
  });

  it('every page for readers is listed in docs/README.md, and the README leads there', () => {
    const listed = read('docs/README.md');
    const pages = readdirSync('docs').filter((name) => name.endsWith('.md') && name !== 'README.md');
    expect(pages.filter((page) => !listed.includes(`](${page})`))).toEqual([]);
    expect(read('README.md')).toContain('](docs/README.md)');
  });

  it('a file that a page names in code exists', () => {
    const lost = PAGES.flatMap((page) =>
      named(read(page), FILE)
        .filter((file) => !isThere(page, file))
        .map((file) => `${page}: ${file}`),
    );
    expect(lost).toEqual([]);
  });

  it('a page or file that a page links to exists, with the heading', () => {
    const lost = PAGES.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/gu)]
        .filter(([, to, heading]) => {
          const target = to ? join(dirname(page), to) : page;
          return !existsSync(target) || (heading !== undefined && !headingsOf(target).includes(heading));
        })
        .map(([link]) => `${page}: ${link}`),
    );
    expect(lost).toEqual([]);
  });

  it('a class or function that a contributor’s page names exists', () => {
    const words = new Set(FOLDERS.flatMap((folder) => wordsOf(folder)));
    const lost = PAGES.filter((page) =>
      /^(?:libs|docs\/(?:decisions|life-))|CONTRIBUTING/u.test(page),
    ).flatMap((page) =>
      named(read(page), NAME)
        .filter((name) => !words.has(name))
        .map((name) => `${page}: ${name}`),
    );
    expect(lost).toEqual([]);
  });
});
