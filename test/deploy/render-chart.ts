import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const CHART = 'deploy/helm/casebook';

export const chartFile = (name: string): string => readFileSync(join(CHART, name), 'utf8');

/**
 * Renders the chart's templates with its default values, in the order of their names. Knows the few forms that
 * they use, and throws for any other: values and names, `add`, `toYaml … | nindent`, and `with`.
 */
export function renderChart(release: string): string {
  const values = parse(chartFile('values.yaml')) as Record<string, unknown>;
  const context = { Values: values, Release: { Name: release } };
  return readdirSync(join(CHART, 'templates'))
    .sort()
    .map((name) => `---\n${render(chartFile(`templates/${name}`), context)}`)
    .join('');
}

function render(template: string, context: object): string {
  const withoutBlocks = template.replaceAll(
    /\n\s*\{\{- with (\S+) \}\}(.*?)\n\s*\{\{- end \}\}/gsu,
    (_block, path: string, body: string) => {
      const value = valueAt(context, path);
      return value === undefined ? '' : body.replaceAll('{{ . }}', JSON.stringify(value));
    },
  );
  return withoutBlocks.replaceAll(/(?:\n\s*)?\{\{-? (.+?) \}\}/gu, (whole, action: string) => {
    const before = whole.slice(0, whole.indexOf('{{'));
    const block = /^toYaml (\S+) \| nindent (\d+)$/u.exec(action);
    if (block !== null) return `\n${indented(valueAt(context, block[1]!), Number(block[2]))}`;
    const sum = /^add (\S+) (\d+)$/u.exec(action);
    if (sum !== null) return `${before}${Number(valueAt(context, sum[1]!)) + Number(sum[2])}`;
    if (!/^\.[\w.]+$/u.test(action))
      throw new Error(`The chart uses a form that is not known here: ${whole}`);
    return `${before}${valueAt(context, action) as string | number}`;
  });
}

const valueAt = (context: object, path: string): unknown =>
  path
    .slice(1)
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], context);

const indented = (value: unknown, by: number): string =>
  stringify(value)
    .trimEnd()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n');
