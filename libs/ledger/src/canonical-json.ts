import { InvalidCommand } from './faults.js';

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a JSON value: members sorted by the UTF-16 code units of their names, no
 * spaces, numbers and strings as ECMAScript writes them. Members that are `undefined` are left out.
 *
 * Throws InvalidCommand for what would not come back as it went in: numbers that are not finite, lone surrogates, Date, Map,
 * Buffer and all other objects but plain ones and lists.
 */
export function canonicalJson(what: string, value: unknown): string {
  return write(what, value);
}

/** Printable ASCII without quote and backslash: most strings, and the same in JSON. */
const PLAIN = /^[ !#-[\]-~]*$/;

function write(what: string, value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(what, value);
    case 'number':
      if (!Number.isFinite(value)) throw new InvalidCommand(`${what} holds a number that is not finite`);
      return String(Object.is(value, -0) ? 0 : value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map((element) => write(what, element)).join(',')}]`;
      return writeObject(what, value);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new InvalidCommand(`${what} holds a ${typeof value}, which JSON does not have`);
  }
}

function writeObject(what: string, object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new InvalidCommand(`${what} holds a ${object.constructor.name}, which is no plain JSON object`);
  }
  // The default order of strings is that of their UTF-16 code units, as section 3.2.3 asks for.
  const names = Object.keys(object).sort();
  let text = '{';
  for (const name of names) {
    const value = (object as Record<string, unknown>)[name];
    if (value === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${quote(what, name)}:${write(what, value)}`;
  }
  return `${text}}`;
}

function quote(what: string, text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new InvalidCommand(`${what} holds half of a surrogate pair`);
  return JSON.stringify(text);
}
