import { InvalidCommand } from '../faults.js';

/**
 * RFC 8785 (JSON Canonicalization Scheme) text of a JSON value: members sorted by the UTF-16 code units of their names, no
 * spaces, numbers and strings as ECMAScript writes them. Members that are `undefined` are left out.
 *
 * Throws InvalidCommand for values that would not survive a round trip: non-finite numbers, lone surrogates, and all
 * objects except plain ones and arrays, such as Date, Map and Buffer.
 *
 * There is a package for this, but canonicalization is the most expensive step of an append, and the package with the
 * necessary checks takes more than twice as long. The spec compares this implementation with the package.
 */
export function canonicalJson(what: string, value: unknown): string {
  switch (typeof value) {
    case 'string':
      if (!value.isWellFormed()) throw new InvalidCommand(`${what} holds half of a surrogate pair`);
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new InvalidCommand(`${what} holds a number that is not finite`);
      return String(value);
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? listText(what, value) : objectText(what, value);
    case 'bigint':
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new InvalidCommand(`${what} holds a ${typeof value}, which JSON does not have`);
  }
}

/** Characters that need no escape and are not part of a surrogate pair. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\ud7ff\ue000-\uffff]*$/;

/** The string as JSON.stringify writes it, which is the RFC's own form for a well-formed one. */
export function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function listText(what: string, list: readonly unknown[]): string {
  let text = '';
  // Not `map`, which skips holes.
  for (const element of list) text += `${text === '' ? '' : ','}${canonicalJson(what, element)}`;
  return `[${text}]`;
}

function objectText(what: string, object: object): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new InvalidCommand(`${what} holds a ${object.constructor.name}, which is no plain JSON object`);
  }
  let text = '';
  for (const name of sortedNames(object)) {
    const value = (object as Record<string, unknown>)[name];
    const member = canonicalJson(what, name);
    if (value === undefined) continue;
    text += `${text === '' ? '' : ','}${member}:${canonicalJson(what, value)}`;
  }
  return `{${text}}`;
}

const FEW = 32;

/** Insertion sort for short lists: for the ten or so members of an event it is faster than `sort`. */
function sortedNames(object: object): string[] {
  const names = Object.keys(object);
  if (names.length > FEW) return names.sort();
  for (let i = 1; i < names.length; i++) {
    const name = names[i]!;
    let at = i;
    for (; at > 0 && names[at - 1]! > name; at--) names[at] = names[at - 1]!;
    names[at] = name;
  }
  return names;
}

/**
 * The same value with the members of every object ordered by name, as in its canonical text; the value itself if they
 * are already in order. States folded from a client's input and from stored events are then equal and render to the
 * same text.
 */
export function inCanonicalOrder<T>(value: T): T {
  if (typeof value !== 'object' || value === null || isInOrder(value)) return value;
  if (Array.isArray(value)) return value.map(inCanonicalOrder) as T;
  const ordered: Record<string, unknown> = {};
  for (const name of sortedNames(value)) {
    const member = inCanonicalOrder((value as Record<string, unknown>)[name]);
    // Assigning to __proto__ would not add a member.
    if (name === '__proto__') Object.defineProperty(ordered, name, { value: member, enumerable: true });
    else ordered[name] = member;
  }
  return ordered as T;
}

function isInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isInOrder);
  let before = '';
  for (const name of Object.keys(value)) {
    if (name < before || !isInOrder((value as Record<string, unknown>)[name])) return false;
    before = name;
  }
  return true;
}
