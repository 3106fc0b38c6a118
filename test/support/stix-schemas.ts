import { existsSync, readdirSync, readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The schemas of OASIS for STIX 2.1, beside the project where they are at hand. */
const SCHEMAS = new URL('../../../shared/conformance/stix21/schemas/', import.meta.url);
export const hasStixSchemas = existsSync(SCHEMAS);
if (!hasStixSchemas)
  process.stderr.write('Tests by the STIX schemas are skipped: ../shared/conformance is not here.\n');

const FOLDERS = ['common', 'observables', 'sdos', 'sros'];

/** What the schema of an object's own type finds wrong with it; the schema of bundles leaves several types out. */
export function stixFaults(): (object: { readonly type: string }) => string[] {
  const ajv = new Ajv2020.default({ strict: false, allErrors: true, unicodeRegExp: false });
  (addFormats as unknown as (target: unknown) => void)(ajv);
  const names = new Map<string, string>();
  for (const folder of FOLDERS)
    for (const file of readdirSync(new URL(`${folder}/`, SCHEMAS))) {
      const schema = JSON.parse(readFileSync(new URL(`${folder}/${file}`, SCHEMAS), 'utf8')) as {
        $id: string;
      };
      ajv.addSchema(schema);
      names.set(file.replace('.json', ''), schema.$id);
    }
  return (object) => {
    const check = ajv.getSchema(names.get(object.type) ?? names.get('core')!)!;
    return check(object) === true ? [] : [ajv.errorsText(check.errors)];
  };
}
