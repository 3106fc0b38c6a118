import { existsSync, readdirSync, readFileSync } from 'node:fs';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/** The W3C's own schemas of its model, beside the project where they are at hand. */
const CONFORMANCE = new URL('../../../shared/conformance/', import.meta.url);
export const hasConformance = existsSync(CONFORMANCE);

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, CONFORMANCE), 'utf8'));
interface Assertions {
  readonly assertions: readonly string[];
}

/** What each of the MUST assertions of a test of the W3C finds wrong. */
export function wadmFaults(test: string): (value: unknown) => string[] {
  const ajv = new Ajv04.default({ strict: false, allErrors: true });
  (addFormats as unknown as (target: unknown) => void)(ajv);
  for (const file of readdirSync(new URL('wadm/definitions/', CONFORMANCE)))
    ajv.addSchema(read(`wadm/definitions/${file}`) as object, file);
  const { assertions } = read(`wadm/${test}`) as Assertions;
  const checks = assertions.map((path) => {
    const schema = read(`wadm/${path}`) as { title: string; expectedResult: string };
    return { path, isExpected: schema.expectedResult === 'valid', check: ajv.compile(schema) };
  });
  return (value) =>
    checks
      .filter(({ isExpected, check }) => check(value) !== isExpected)
      .map(({ path, check }) => `${path}: ${ajv.errorsText(check.errors)}`);
}

export const annoContext = (): object => read('jsonld/jsonld/anno.jsonld') as object;
