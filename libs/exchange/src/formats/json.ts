/* Reading values from other tools' JSON, which may be anything. */

export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Tools write a single value either bare or in a list. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

export const stringIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

/** A string, or the only string in a list. */
export const single = (value: unknown): string | undefined => stringIn(listOf(value)[0]);

/** A bare IRI, or the `id` of an object. */
export const iriOf = (value: unknown): string | undefined =>
  isObject(value) ? stringIn(value['id'] ?? value['@id']) : stringIn(value);

export const wholeNumber = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/** The object without its undefined fields. */
export const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** Cut to this many UTF-16 units, between characters. */
export const shortened = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`;

const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

/** One readable line from a text that may be long or blank or contain characters not allowed in a title. */
export const titleFrom = (text: string | undefined): string | undefined => {
  const line = text?.replace(/\s+/gu, ' ').trim();
  return line === undefined || line === '' || CONTROLS.test(line) || !line.isWellFormed()
    ? undefined
    : shortened(line, 200);
};

/** The name unchanged, unless it is too long or contains characters not allowed in a name. */
export const nameFrom = (text: string | undefined): string | undefined =>
  text === undefined || text.length > 500 || CONTROLS.test(text) || !text.isWellFormed()
    ? titleFrom(text)
    : stringIn(text);

/** Tags of another tool, without duplicates and blank ones. */
export const tagsFrom = (values: readonly unknown[]): string[] | undefined => {
  const tags = [...new Set(values.map(stringIn).filter((tag) => tag !== undefined))];
  return tags.length > 0 ? tags : undefined;
};

/** Whether two JSON values are equal, regardless of the order of names. */
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
