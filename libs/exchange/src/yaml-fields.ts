import { isScalar, parseDocument, visit } from 'yaml';

/** A description that is not a YAML mapping of fields; the message continues the file's name. */
export class UnreadableFields extends Error {
  override readonly name = 'UnreadableFields';
}

/**
 * The fields of a YAML or JSON text, each value as written: `0311`, `1.10`, `1e3` and `true` are strings. Only
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

/** Resolves aliases; too many, or one without an anchor, throw. */
function fieldsIn(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new UnreadableFields(`is not YAML: ${(cause as Error).message}`, { cause });
  }
}
