import { existsSync, readdirSync } from 'node:fs';

/** The libraries, by their folders' names. */
export const LIBRARIES: readonly string[] = readdirSync('libs');

/** Every page of documentation, by its path in the repository. */
export const PAGES: readonly string[] = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...LIBRARIES.map((name) => `libs/${name}/README.md`).filter((page) => existsSync(page)),
];
