import { z } from 'zod';
import { eventPayloads } from './events.js';

let words: ReadonlySet<string> | undefined;

/** Every word of the closed lists in events: chosen by users, not typed. */
export function chosenWords(): ReadonlySet<string> {
  return (words ??= new Set(
    Object.values(eventPayloads).flatMap((payload) => listed(z.toJSONSchema(payload))),
  ));
}

/** The words of each `enum` in a JSON Schema. */
const listed = (schema: unknown): string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([name, value]: [string, unknown]) =>
        name === 'enum' && Array.isArray(value)
          ? value.filter((word) => typeof word === 'string')
          : listed(value),
      );
