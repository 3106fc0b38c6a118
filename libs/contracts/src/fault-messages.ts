import { z } from 'zod';

/**
 * The messages for faults in requests, unless a schema has its own. Each completes the sentence "<pointer> …"
 * and says what to do. They appear as `errors` of RFC 9457 problems.
 */
export function faultMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? `is missing; send ${TYPES[issue.expected] ?? issue.expected}`
        : `must be ${TYPES[issue.expected] ?? issue.expected}, not ${typeOf(issue.input)}`;
    case 'too_big':
      return isNumber(issue.origin)
        ? `must be at most ${issue.maximum}`
        : `has more than ${sized(issue.maximum, issue.origin)}; shorten it`;
    case 'too_small':
      if (isNumber(issue.origin)) return `must be at least ${issue.minimum}`;
      return Number(issue.minimum) === 1
        ? 'is empty; write something or leave it out'
        : `has fewer than ${sized(issue.minimum, issue.origin)}`;
    case 'invalid_value':
      return issue.input === undefined
        ? `is missing; send ${oneOf(issue.values)}`
        : `must be ${oneOf(issue.values)}`;
    case 'invalid_format':
      return issue.format === 'datetime'
        ? 'must be a UTC time with milliseconds, such as 2026-01-31T09:30:00.000Z (RFC 3339)'
        : `is not a valid ${issue.format}`;
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.slice(0, 10).join(', ')}; remove them, or check their spelling`;
    case 'invalid_union':
      return 'has none of the allowed forms';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
      return 'has a name that is not allowed';
    case 'invalid_element':
      return 'holds an item that is not allowed';
    case 'custom':
      return 'is not valid';
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'number' && !Number.isInteger(value)
        ? 'a fraction'
        : (TYPES[typeof value] ?? typeof value);

/** Zod reports `int` for whole numbers beyond the safe integers. */
const isNumber = (origin: string): boolean => ['number', 'int', 'bigint'].includes(origin);

const sized = (count: number | bigint, origin: string): string =>
  `${count} ${origin === 'string' ? 'characters (UTF-16 units)' : origin === 'array' ? 'items' : 'entries'}`;

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;

/** A schema's own `error` takes precedence. */
z.config({ localeError: faultMessage });
