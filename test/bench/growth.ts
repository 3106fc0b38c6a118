import { readFileSync, writeFileSync } from 'node:fs';

/**
 * How reads grow with what is stored: `node --import ./libs/testing/src/register-typescript.mjs test/bench/growth.ts RESULTS.json… SVG`, where the
 * results are what `npm run bench -- --json FILE` wrote. Both axes are logarithmic, so what grows in proportion has the slope of the grid.
 */
interface Row {
  readonly measure: string;
  /** How much was stored. */
  readonly clients: number;
  readonly contender: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What is shown together: of a measure in which `clients` is the size of what was read, the contenders of one kind. */
const PANELS: readonly {
  readonly title: string;
  readonly of: string;
  readonly shows: (row: Row) => boolean;
}[] = [
  { title: 'An incident', of: 'events of the incident', shows: ({ measure }) => measure === 'past' },
  {
    title: 'Search',
    of: 'annotations of the workspace',
    shows: ({ measure, contender }) => measure === 'search' && contender !== 'list',
  },
  {
    title: 'A page of a list',
    of: 'annotations of the workspace',
    shows: ({ measure, contender }) => measure === 'search' && contender === 'list',
  },
];
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#666666', '#000000'];
const WIDTH = 440;
const HEIGHT = 300;
const MARGIN = { left: 72, right: 120, top: 36, bottom: 44 };

const files = process.argv.slice(2);
const target = files.pop();
if (target === undefined || files.length === 0) throw new Error('growth.ts RESULTS.json… SVG');
const rows = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as Row[]);
const panels = PANELS.flatMap((panel) => {
  const its = rows.filter(panel.shows);
  return its.length === 0 ? [] : [{ ...panel, rows: its }];
});
if (panels.length === 0) throw new Error('none of the measures past and search was taken');
writeFileSync(
  target,
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH * panels.length} ${HEIGHT}" font-family="sans-serif" font-size="11">
<rect width="100%" height="100%" fill="#ffffff"/>
${panels.map((panel, i) => `<g transform="translate(${i * WIDTH} 0)">${panelOf(panel)}</g>`).join('\n')}
</svg>
`,
);

function panelOf({ title, of, rows: its }: { title: string; of: string; rows: readonly Row[] }): string {
  const x = scale(
    its.map(({ clients }) => clients),
    MARGIN.left,
    WIDTH - MARGIN.right,
  );
  const y = scale(
    its.flatMap(({ p50Ms, p99Ms }) => [p50Ms, p99Ms]),
    HEIGHT - MARGIN.bottom,
    MARGIN.top,
  );
  const grid = [
    ...x.ticks.map(
      (value) =>
        `<path d="M${x.at(value)} ${MARGIN.top}V${HEIGHT - MARGIN.bottom}" stroke="#dddddd"/>` +
        `<text x="${x.at(value)}" y="${HEIGHT - MARGIN.bottom + 14}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
    ),
    ...y.ticks.map(
      (value) =>
        `<path d="M${MARGIN.left} ${y.at(value)}H${WIDTH - MARGIN.right}" stroke="#dddddd"/>` +
        `<text x="${MARGIN.left - 6}" y="${y.at(value) + 4}" text-anchor="end">${value.toLocaleString('en')} ms</text>`,
    ),
  ];
  const lines = [...new Set(its.map(({ contender }) => contender))].map((contender, i) => {
    const points = its.filter((row) => row.contender === contender).sort((a, b) => a.clients - b.clients);
    const path = (figure: 'p50Ms' | 'p99Ms'): string =>
      points.map((row, n) => `${n === 0 ? 'M' : 'L'}${x.at(row.clients)} ${y.at(row[figure])}`).join('');
    const colour = COLOURS[i % COLOURS.length]!;
    const legend = MARGIN.top + 12 + 18 * i;
    return `<path d="${path('p50Ms')}" fill="none" stroke="${colour}" stroke-width="2"/>
<path d="${path('p99Ms')}" fill="none" stroke="${colour}" stroke-dasharray="4 3"/>
<path d="M${WIDTH - MARGIN.right + 10} ${legend - 4}h18" stroke="${colour}" stroke-width="2"/><text x="${WIDTH - MARGIN.right + 34}" y="${legend}">${escaped(contender)}</text>`;
  });
  return `<text x="${MARGIN.left}" y="20" font-size="14">${escaped(title)}</text>
${grid.join('\n')}
${lines.join('\n')}
<text x="${(MARGIN.left + WIDTH - MARGIN.right) / 2}" y="${HEIGHT - 10}" text-anchor="middle">${escaped(of)}; solid: p50, dashed: p99</text>`;
}

/** Logarithmic, from a power of ten to a power of ten. */
function scale(
  values: readonly number[],
  start: number,
  end: number,
): { at: (value: number) => number; ticks: number[] } {
  const least = Math.floor(Math.log10(Math.min(...values)));
  const most = Math.max(Math.ceil(Math.log10(Math.max(...values))), least + 1);
  return {
    at: (value) =>
      Number((start + ((Math.log10(value) - least) / (most - least)) * (end - start)).toFixed(1)),
    ticks: Array.from({ length: most - least + 1 }, (_, i) => Number((10 ** (least + i)).toPrecision(1))),
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
