import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import ts from 'typescript';
import { LIBRARIES, PAGES } from './pages.js';

/* The TypeScript of the READMEs and the docs, checked against the project's types. */

/** The names that a page's examples take from their surroundings. */
const SURROUNDINGS: Record<string, string> = {
  'libs/client/README.md': 'declare const token: string;',
  'libs/contracts/README.md': `
    declare const body: unknown;
    declare const stored: import('@casebook/contracts').StoredForm;`,
  'libs/exchange/README.md': `
    declare const ledger: import('@casebook/ledger').Ledger;
    declare const checkpoint: import('@casebook/ledger').SignedCheckpoint & { verifierKeys: string[] };
    declare const write: (lines: readonly string[]) => void;
    declare const archivedLines: AsyncIterable<string>;`,
  'libs/incident/README.md': `
    declare const id: string;
    declare const events: Parameters<typeof import('@casebook/incident').evolve>[1][];
    declare const append: (events: readonly object[]) => void;
    declare const answer: (refusal: object) => void;`,
  'libs/ledger/README.md': `
    declare const pool: import('pg').Pool;
    declare const views: import('@casebook/ledger').InlineView[];
    declare const route: string, streamId: string, actorId: string, correlationId: string, idempotencyKey: string;
    declare const body: import('@casebook/contracts').JsonObject;
    declare const fold: import('@casebook/ledger').StreamFold<object>;
    declare const claimTagged: import('@casebook/ledger').NewEvent;`,
  'libs/projections/README.md': `
    declare const pool: import('pg').Pool;
    declare const wakeUps: import('@casebook/ledger').WakeUps;`,
  'libs/testing/README.md': 'declare class Row {}',
  'libs/views/README.md': 'declare const url: string, incidentId: string;',
};

interface Example {
  readonly page: string;
  /** The path at which the compiler sees it: beside its page, so that imports resolve as they do there. */
  readonly file: string;
  readonly code: string;
  /** Lines of the page before its first line. */
  readonly above: number;
}

const examples = PAGES.flatMap((page) => examplesOf(page, readFileSync(page, 'utf8')));

function examplesOf(page: string, text: string): Example[] {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gmsu)].map((match, i) => ({
    page,
    file: resolve(dirname(page), `example-${i + 1}-of-${page.replaceAll(/\W/gu, '-')}.ts`),
    code: `${match[1]!}\nexport {};\n${SURROUNDINGS[page] ?? ''}\n`,
    above: text.slice(0, match.index).split('\n').length,
  }));
}

/** The faults of the examples, with the line of the page. */
function faultsOf(checked: readonly Example[]): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noEmit: true, noUnusedLocals: false },
    process.cwd(),
  );
  const disk = ts.createCompilerHost(options);
  const byFile = new Map(checked.map((example) => [example.file, example]));
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (file) => byFile.has(file) || disk.fileExists(file),
    readFile: (file) => byFile.get(file)?.code ?? disk.readFile(file),
    getSourceFile(file, ...rest) {
      const example = byFile.get(file);
      return example ? ts.createSourceFile(file, example.code, rest[0]) : disk.getSourceFile(file, ...rest);
    },
  };
  const program = ts.createProgram([...byFile.keys()], options, host);
  return checked.flatMap(({ file, page, above }) => {
    const source = program.getSourceFile(file)!;
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) =>
        `${page}:${above + 1 + source.getLineAndCharacterOfPosition(start).line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

/** The compiler takes some ten seconds, more on a busy machine. */
const PATIENCE_MS = 300_000;

describe('examples in TypeScript', () => {
  it('every library has one', () => {
    const shown = new Set(examples.map(({ page }) => page));
    expect(LIBRARIES.filter((name) => !shown.has(`libs/${name}/README.md`))).toEqual([]);
  });

  it(
    'compile',
    () => {
      expect(faultsOf(examples)).toEqual([]);
    },
    PATIENCE_MS,
  );

  it(
    'are checked: a name that does not exist is a fault, with its line',
    () => {
      const page = 'libs/contracts/README.md';
      const text = "# Contracts\n\n```ts\nimport { noSuchThing } from '@casebook/contracts';\n```\n";
      expect(faultsOf(examplesOf(page, text))).toEqual([
        expect.stringMatching(/^libs\/contracts\/README\.md:4: .*no exported member 'noSuchThing'/u),
      ]);
    },
    PATIENCE_MS,
  );
});
