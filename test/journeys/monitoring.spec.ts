import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { startTestService, type TestService } from '../support/service.js';

const TOKEN = 'an-operators-token-of-metrics';

const read = (path: string): string => readFileSync(path, 'utf8');

/** A metric in an expression of PromQL. */
const METRIC = /\b(?:casebook|nodejs|process)_[a-z0-9_]+\b/gu;
const metricsIn = (text: string): string[] => [...new Set(text.match(METRIC) ?? [])];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

describe('the dashboard and the alerts', () => {
  let service: TestService;
  let scraped: string;
  beforeAll(async () => {
    service = await startTestService({ metricsToken: TOKEN });
    scraped = (await service.client(TOKEN).get<string>('/metrics')).text;
  });
  afterAll(() => service.close());

  /** Every series that a scrape has, by the name that an expression uses. */
  const series = (): Set<string> =>
    new Set(
      [...scraped.matchAll(/^# TYPE (\S+) (\S+)$/gmu)].flatMap(([, name, type]) =>
        type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name!],
      ),
    );
  /** The names of our own metrics, without the suffixes of histograms. */
  const own = (): string[] =>
    [...scraped.matchAll(/^# TYPE (casebook_\S+) /gmu)].map(([, name]) => name!).sort();

  const dashboard = JSON.parse(read('deploy/grafana/casebook.json')) as {
    readonly panels: readonly {
      readonly title: string;
      readonly targets: readonly { readonly expr: string }[];
    }[];
  };
  const { groups } = parse(read('deploy/prometheus/alerts.yaml')) as {
    readonly groups: readonly { readonly rules: readonly Rule[] }[];
  };
  const rules = groups.flatMap(({ rules: some }) => some);
  const shown = metricsIn(
    dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)).join('\n'),
  );

  it('name only metrics that a scrape has', () => {
    const named = [...shown, ...metricsIn(rules.map(({ expr }) => expr).join('\n'))];
    expect(named.filter((name) => !series().has(name))).toEqual([]);
  });

  it('show every metric of ours', () => {
    const plain = new Set(shown.map((name) => name.replace(/_(?:bucket|sum|count)$/u, '')));
    expect(own().filter((name) => !plain.has(name))).toEqual([]);
  });

  it('every metric of ours is explained for operators', () => {
    const page = read('docs/operations.md');
    expect(own().filter((name) => !page.includes(`\`${name}`))).toEqual([]);
  });

  it('every alert has its section in the runbook, and every section its alert', () => {
    const sections = [...read('docs/runbook.md').matchAll(/^## (\w+)$/gmu)].map(([, name]) => name);
    expect(sections).toEqual(rules.map(({ alert }) => alert));
    for (const { alert, annotations } of rules)
      expect(annotations.runbook).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  });

  it('each section says symptom, meaning and what to do, with a command', () => {
    for (const section of read('docs/runbook.md').split(/^## /mu).slice(1))
      for (const part of ['**Symptom.**', '**Meaning.**', '**What to do.**', '```sh'])
        expect(section).toContain(part);
  });
});
