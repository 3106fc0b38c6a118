import type { LedgerEvent, Operation, Read, Seen, Write } from './history.js';

/*
 * Checks that a history of clients is strictly serializable in the order of the ledger. The positions are the
 * witness: no search for an order is needed, so the check is linear in the history but for sorting. Every write
 * takes effect once, at its position, between its invocation and its completion; a read shows the incident as it
 * was at one position between its own; a read as of a position shows what the events up to it say, whenever it
 * is made.
 */

export interface Anomaly {
  readonly name:
    | 'skipped position'
    | 'lost write'
    | 'doubled write'
    | 'invented event'
    | 'wrong event'
    | 'order against real time'
    | 'lost update'
    | 'refused write recorded'
    | 'stale read'
    | 'read from the future'
    | 'fractured read'
    | 'changed past';
  readonly detail: string;
}

/** An incident from a position on, until its next version. */
interface Version {
  readonly position: number;
  readonly seen: Seen;
}

/** @param events all of the workspace's, by position; those of other clients than the load's have an empty key. */
export function anomaliesIn(history: readonly Operation[], events: readonly LedgerEvent[]): Anomaly[] {
  const writes = history.filter((each) => each.kind === 'write');
  const reads = history.filter((each) => each.kind === 'read');
  const versions = versionsOf(events);
  return [
    ...gaps(events),
    ...writeFaults(writes, events),
    ...lostUpdates(writes, events, versions),
    ...orderFaults(writes, events),
    ...readFaults(reads, writes, events, versions),
  ];
}

function gaps(events: readonly LedgerEvent[]): Anomaly[] {
  const at = events.findIndex(({ position }, index) => position !== index + 1);
  return at < 0 ? [] : [{ name: 'skipped position', detail: `${events[at]!.position} stands at ${at + 1}` }];
}

function writeFaults(writes: readonly Write[], events: readonly LedgerEvent[]): Anomaly[] {
  const byKey = new Map<string, LedgerEvent[]>();
  for (const event of events) byKey.set(event.key, [...(byKey.get(event.key) ?? []), event]);
  const sent = new Map(writes.map((write) => [write.key, write]));
  const found: Anomaly[] = [];
  for (const write of writes) {
    const its = byKey.get(write.key) ?? [];
    const acknowledged = typeof write.outcome === 'object' ? write.outcome.position : null;
    if (acknowledged !== null && !its.some(({ position }) => position === acknowledged))
      found.push({ name: 'lost write', detail: `${write.key}, acknowledged at ${acknowledged}` });
    if (its.length > 1) found.push({ name: 'doubled write', detail: `${write.key}, ${its.length} times` });
    if (write.outcome === 'refused' && its.length > 0)
      found.push({ name: 'refused write recorded', detail: `${write.key} at ${its[0]!.position}` });
  }
  for (const event of events) {
    if (event.key === '') continue;
    const write = sent.get(event.key);
    if (write === undefined)
      found.push({ name: 'invented event', detail: `${event.key} at ${event.position}` });
    else if (
      write.deed !== event.deed ||
      write.text !== event.text ||
      // The id of an incident is not known before it is opened.
      (write.deed !== 'open' && write.incident !== event.incident)
    )
      found.push({ name: 'wrong event', detail: `${event.key} at ${event.position}` });
  }
  return found;
}

/** A write that names a revision takes effect on that revision alone. */
function lostUpdates(
  writes: readonly Write[],
  events: readonly LedgerEvent[],
  versions: ReadonlyMap<string, readonly Version[]>,
): Anomaly[] {
  const positions = new Map(events.map(({ key, position }) => [key, position]));
  const found: Anomaly[] = [];
  for (const { key, expected, incident } of writes) {
    const position = positions.get(key);
    if (expected === undefined || position === undefined) continue;
    const before = versionAt(versions.get(incident) ?? [], position - 1);
    if (before?.seen.revision !== expected)
      found.push({
        name: 'lost update',
        detail: `${key} at ${position} was decided on revision ${expected}, but there was ${before?.seen.revision}`,
      });
  }
  return found;
}

/** A write that had completed before another was invoked stands before it. */
function orderFaults(writes: readonly Write[], events: readonly LedgerEvent[]): Anomaly[] {
  const positions = new Map(events.map(({ key, position }) => [key, position]));
  const recorded = writes.flatMap((write) => {
    const position = positions.get(write.key);
    return position === undefined ? [] : [{ ...write, position }];
  });
  const latest = latestBefore(recorded);
  return recorded.flatMap(({ key, invoked, position }): Anomaly[] => {
    const before = latest(invoked);
    return before > position
      ? [
          {
            name: 'order against real time',
            detail: `${key} at ${position}, invoked after ${before} was answered`,
          },
        ]
      : [];
  });
}

function readFaults(
  reads: readonly Read[],
  writes: readonly Write[],
  events: readonly LedgerEvent[],
  versions: ReadonlyMap<string, readonly Version[]>,
): Anomaly[] {
  const positions = new Map(events.map(({ key, position }) => [key, position]));
  const done: Done[] = writes.flatMap(({ key, completed }) => {
    const position = positions.get(key);
    return position === undefined ? [] : [{ completed, position }];
  });
  const begun = writes.flatMap(({ key, invoked }) => {
    const position = positions.get(key);
    return position === undefined ? [] : [{ invoked, position }];
  });
  const found: Anomaly[] = [];
  const ordered = [...reads].sort((a, b) => a.completed - b.completed);
  // What a completed read saw had been recorded by then, whether its writer heard of it or not.
  for (const { asOf, completed, incident, seen } of ordered) {
    if (asOf !== undefined) continue;
    const version = (versions.get(incident) ?? []).find((each) => isSame(each.seen, seen));
    if (version !== undefined) done.push({ completed, position: version.position });
  }
  const latest = latestBefore(done);
  const earliestUnbegun = earliestAfter(begun);
  for (const read of ordered) {
    const its = versions.get(read.incident) ?? [];
    if (read.asOf !== undefined) {
      if (!isSame(versionAt(its, read.asOf)?.seen ?? null, read.seen))
        found.push({ name: 'changed past', detail: `${read.incident} as of ${read.asOf}` });
      continue;
    }
    const low = Math.max(read.reflects, latest(read.invoked));
    const high = earliestUnbegun(read.completed) - 1;
    const shown = its.findIndex(({ seen }) => isSame(seen, read.seen));
    const from = read.seen === null ? 0 : its[shown]?.position;
    const until =
      read.seen === null ? (its[0]?.position ?? Infinity) : (its[shown + 1]?.position ?? Infinity);
    const detail = `${read.incident}, of ${from} to ${until - 1}, read between ${low} and ${high}`;
    if (from === undefined)
      found.push({ name: 'fractured read', detail: `${read.incident}: no position showed it` });
    else if (until <= low) found.push({ name: 'stale read', detail });
    else if (from > high) found.push({ name: 'read from the future', detail });
  }
  return found;
}

interface Done {
  readonly completed: number;
  readonly position: number;
}

/** The latest position that had been acknowledged or shown before a moment. */
function latestBefore(done: readonly Done[]): (moment: number) => number {
  const sorted = [...done].sort((a, b) => a.completed - b.completed);
  let latest = 0;
  const upTo = sorted.map(({ completed, position }) => {
    latest = Math.max(latest, position);
    return { completed, latest };
  });
  return (moment) => {
    let [low, high] = [0, upTo.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (upTo[middle]!.completed < moment) low = middle + 1;
      else high = middle;
    }
    return upTo[low - 1]?.latest ?? 0;
  };
}

/** The earliest position whose write was invoked after a moment. */
function earliestAfter(begun: readonly { readonly invoked: number; readonly position: number }[]) {
  const sorted = [...begun].sort((a, b) => b.invoked - a.invoked);
  let earliest = Infinity;
  const from = sorted.map(({ invoked, position }) => {
    earliest = Math.min(earliest, position);
    return { invoked, earliest };
  });
  return (moment: number): number => {
    let [low, high] = [0, from.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (from[middle]!.invoked > moment) low = middle + 1;
      else high = middle;
    }
    return from[low - 1]?.earliest ?? Infinity;
  };
}

/** Folds the events independently of the service: a history is checked against nobody's own word. */
function versionsOf(events: readonly LedgerEvent[]): Map<string, Version[]> {
  const versions = new Map<string, Version[]>();
  for (const { position, incident, deed, text } of events) {
    const its = versions.get(incident) ?? [];
    versions.set(incident, its);
    const before = its.at(-1)?.seen ?? { title: '', revision: 0, attacks: [] };
    its.push({
      position,
      seen:
        deed === 'attack'
          ? { ...before, attacks: [...before.attacks, text].sort() }
          : { ...before, title: text, revision: before.revision + 1 },
    });
  }
  return versions;
}

function versionAt(versions: readonly Version[], position: number): Version | undefined {
  let [low, high] = [0, versions.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (versions[middle]!.position <= position) low = middle + 1;
    else high = middle;
  }
  return versions[low - 1];
}

const isSame = (a: Seen | null, b: Seen | null): boolean =>
  a === null || b === null
    ? a === b
    : a.title === b.title &&
      a.revision === b.revision &&
      a.attacks.length === b.attacks.length &&
      a.attacks.every((summary, index) => summary === b.attacks[index]);
