/** A value in a structure, and the JSON Pointer (RFC 6901) of its place. */
export interface ValueAt {
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * The values at a JSON Pointer in which `*` matches each item of a list, in order: `/tags/*`. Missing values
 * are left out. Names are fields of kinds, so none needs RFC 6901 escapes.
 */
export function valuesAt(root: unknown, at: string): ValueAt[] {
  let found: ValueAt[] = [{ pointer: '', value: root }];
  for (const step of at.split('/').slice(1)) {
    found = found.flatMap(({ pointer, value }) => {
      if (step === '*') {
        return Array.isArray(value)
          ? value.map((each: unknown, index) => ({ pointer: `${pointer}/${index}`, value: each }))
          : [];
      }
      const next = (value as Record<string, unknown> | null)?.[step];
      return next === undefined || next === null ? [] : [{ pointer: `${pointer}/${step}`, value: next }];
    });
  }
  return found;
}

/** A copy of a structure with the values at such a pointer mapped; missing values are left out. */
export function mapValuesAt(
  root: unknown,
  at: string,
  map: (value: unknown, pointer: string) => unknown,
): unknown {
  const within = (value: unknown, steps: readonly string[], pointer: string): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined) return map(value, pointer);
    if (step === '*') {
      return Array.isArray(value)
        ? value.map((each, index) => within(each, rest, `${pointer}/${index}`))
        : value;
    }
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return value;
    const next: unknown = (value as Record<string, unknown>)[step];
    return { ...value, [step]: within(next, rest, `${pointer}/${step}`) };
  };
  return within(root, at.split('/').slice(1), '');
}
