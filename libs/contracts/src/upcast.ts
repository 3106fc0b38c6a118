import type { JsonObject } from './primitives.js';

/** Pure functions from each schema version of an event type to the next: `steps[1]` makes version 2 of version 1. */
export type Upcasters = Readonly<Record<number, (payload: JsonObject) => JsonObject>>;

/** There is no chain of steps from the stored version to the current one. */
export class NoWayToUpcast extends Error {
  override readonly name = 'NoWayToUpcast';
  constructor(readonly missing: number) {
    super(`there is no step from schema version ${missing}`);
  }
}

/**
 * Converts `payload` from version `from` to version `to`. Does not mutate `payload`.
 * @throws NoWayToUpcast if a step is missing, or `from` is newer than `to`
 */
export function upcast(payload: JsonObject, from: number, to: number, steps: Upcasters = {}): JsonObject {
  let current = payload;
  for (let version = from; version !== to; version += 1) {
    const step = version < to ? steps[version] : undefined;
    if (step === undefined) throw new NoWayToUpcast(version);
    current = step(current);
  }
  return current;
}
