import { isScalar, parseDocument, visit } from 'yaml';

/** A description that is not a list of fields in YAML; the message says why, and goes on from the file's name. */
export class UnreadableFields extends Error {
  override readonly name = 'UnreadableFields';
}

/**
 * The fields of a YAML or JSON text, each value with the characters that it was written with: `0311`, `1.10`, `1e3` and `true` are text here. Only
 * `null` stays null, for the schema to refuse.
 * @throws UnreadableFields
 */
export function readFields(text: string): object {
  const document = parseDocument(text, { schema: 'core' });
  const [fault] = [...document.errors, ...document.warnings];
  if (fault !== undefined) throw new UnreadableFields(`is not YAML: ${fault.message}`, { cause: fault });
  visit(document, {
    Scalar(_key, node) {
      if (isScalar(node) && typeof node.value !== 'string' && node.value !== null) node.value = node.source;
    },
  });
  const fields: unknown = fieldsIn(document);
  if (fields === null || fields === undefined) return {};
  if (typeof fields !== 'object' || Array.isArray(fields))
    throw new UnreadableFields('is not a list of fields');
  return fields;
}

/** References are followed here; too many, or one to nothing, throw. */
function fieldsIn(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new UnreadableFields(`is not YAML: ${(cause as Error).message}`, { cause });
  }
}
