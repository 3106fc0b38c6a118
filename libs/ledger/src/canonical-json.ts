import canonicalize from 'canonicalize';
import { InvalidCommand } from './faults.js';

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a JSON value: members sorted by the UTF-16 code units of their names, no
 * spaces, numbers and strings as ECMAScript writes them. Members that are `undefined` are left out.
 *
 * Throws InvalidCommand for what would not come back as it went in: numbers that are not finite, lone surrogates, Date, Map,
 * Buffer and all other objects but plain ones and lists.
 */
export function canonicalJson(what: string, value: unknown): string {
  check(what, value);
  // The library writes `undefined` for what JSON does not have; none of it came past the check.
  return canonicalize(value)!;
}

/** The library calls `toJSON`, and writes a function as the word undefined: nothing of the kind may reach it. */
function check(what: string, value: unknown): void {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new InvalidCommand(`${what} holds half of a surrogate pair`);
      return;
    case 'number':
      if (!Number.isFinite(value)) throw new InvalidCommand(`${what} holds a number that is not finite`);
      return;
    case 'boolean':
      return;
    case 'object':
      if (value === null) return;
      if (Array.isArray(value)) {
        // Not `forEach`, which leaves out holes.
        for (const element of value) check(what, element);
        return;
      }
      checkObject(what, value);
      return;
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new InvalidCommand(`${what} holds a ${typeof value}, which JSON does not have`);
  }
}

function checkObject(what: string, object: object): void {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new InvalidCommand(`${what} holds a ${object.constructor.name}, which is no plain JSON object`);
  }
  for (const name of Object.keys(object)) {
    check(what, name);
    const value = (object as Record<string, unknown>)[name];
    if (value !== undefined) check(what, value);
  }
}
