/* Values of other tools' JSON, which may be anything. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tools write one thing by itself or in a list. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

export const stringIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** A string, or the one string in a list. */
export const single = (value: unknown): string | undefined => stringIn(listOf(value)[0]);

/** An IRI by itself, or the `id` of an object. */
export const iriOf = (value: unknown): string | undefined =>
  isObject(value) ? stringIn(value['id'] ?? value['@id']) : stringIn(value);

export const wholeNumber = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/** Without the fields that have no value. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** Cut to so many UTF-16 units, between characters. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

/** A line for people of a text that may be long, blank, or hold characters that a title may not. */
export const titleFrom = (text: string | undefined): string | undefined => {
  const line = text?.replace(/\s+/gu, ' ').trim();
  return line === undefined || line === '' || CONTROLS.test(line) || !line.isWellFormed()
    ? undefined
    : shortened(line, 200);
};

/** A name as it came, unless it is too long or holds what a name may not. */
export const nameFrom = (text: string | undefined): string | undefined =>
  text === undefined || text.length > 500 || CONTROLS.test(text) || !text.isWellFormed()
    ? titleFrom(text)
    : stringIn(text);

/** Tags of another tool: each once, without the blank ones. */
export const tagsFrom = (values: readonly unknown[]): string[] | undefined => {
  const tags = [...new Set(values.map(stringIn).filter((tag) => tag !== undefined))];
  return tags.length > 0 ? tags : undefined;
};

/** Whether two values of JSON are equal; the order of names does not count. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a))
    return Array.isArray(b) && a.length === b.length && a.every((each, index) => isSameJson(each, b[index]));
  if (!isObject(a) || !isObject(b)) return a === b;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && isSameJson(a[name], b[name]))
  );
}
