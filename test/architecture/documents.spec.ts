import { readdirSync, readFileSync } from 'node:fs';
import { QUOTE_LENGTH } from '@casebook/contracts';

/* What the documents say and a test can check. */

const COMMANDS =
  'serve|migrate|import|import-annotations|token|verify|replay|rebuild|export|import-ledger|erase|accept-restore|monitor|witness';

const read = (path: string): string => readFileSync(path, 'utf8');

describe('documents', () => {
  const length = QUOTE_LENGTH.toLocaleString('en');

  it.each(['docs/problems.md', 'docs/anchors.md'])('%s has the greatest length of a quote', (path) => {
    expect(read(path)).toContain(`${length} UTF-16 units`);
    expect(read(path)).toContain(`${length} code points between \`start\` and \`end\``);
  });

  it('commands are written so that they run in a checkout', () => {
    const bare = new RegExp(`(?:\`|^)casebook (?:${COMMANDS})\\b.*`, 'gmu');
    const pages = readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`);
    const paths = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', ...pages];
    expect(paths.flatMap((path) => read(path).match(bare) ?? [])).toEqual([]);
  });
});
