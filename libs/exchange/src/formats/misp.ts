import { UUID } from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { ImportFormat, ReadItem, ReadOptions, UnreadItem } from './format.js';
import {
  given,
  isObject,
  isSameJson,
  type JsonObject,
  listOf,
  nameFrom,
  stringIn,
  titleFrom,
} from './json.js';
import { jsonItems } from './json-items.js';
import { ItemTooLong } from './read-items.js';
import { tagsOfMisp, tlpOfTags } from './stix/markings.js';
import { isAbsoluteIri } from './web-annotation/plain.js';
import { NoAnnotation } from './web-annotation/read.js';

/* MISP events from the API or export files. Numbers and times (seconds since 1970) come as numbers or strings. */

/** The parts of an event that are separate items. */
const PARTS = { Attribute: 'attribute', Object: 'object', EventReport: 'event-report' } as const;
type Part = keyof typeof PARTS;
/** Where an event occurs: in the answer of a search, in a file, by itself. */
const EVENTS = ['response.[].Event.', 'response.[].', 'response.Event.', 'response.', 'Event.', ''];
const PATHS = new Set(EVENTS.flatMap((at) => Object.keys(PARTS).map((part) => at + part)));

/** The attributes, objects and reports as they arrive, followed by the events. */
async function* readEvents(
  bytes: AsyncIterable<Uint8Array>,
  { parse }: ReadOptions,
): AsyncGenerator<ReadItem | UnreadItem, void, void> {
  let found = 0;
  for await (const { kind, bytes: own, ...part } of jsonItems(bytes, PATHS)) {
    let json: unknown;
    try {
      if (own === null) throw new ItemTooLong();
      json = parse(own);
    } catch (unread) {
      if (kind === 'envelope') throw unread;
      found += 1;
      yield { unread };
      continue;
    }
    const type = 'path' in part ? (part.path.split('.').at(-1) as Part | '') : '';
    const items = type === '' ? eventsIn(json).flatMap(eventAndParts) : [attempted(PARTS[type], json)];
    found += items.length;
    yield* items;
    // An answer without events is fine; anything else without an event is a fault.
    if (kind === 'item' ? items.length === 0 : found === 0 && !isSameJson(json, { response: [] }))
      yield { unread: new NoAnnotation('It contains no MISP event.') };
  }
}

function attempted(type: string, json: unknown): ReadItem | UnreadItem {
  return isObject(json)
    ? itemOf(type, json)
    : { unread: new NoAnnotation(`It is not a JSON object, so it is not a MISP ${type}.`) };
}

/** The events in an answer or file, or the single event itself. */
function eventsIn(json: unknown): JsonObject[] {
  if (!isObject(json)) return [];
  if ('response' in json) return listOf(json['response']).flatMap(eventsIn);
  if (isObject(json['Event'])) return [json['Event']];
  return stringIn(json['info']) !== undefined ? [json] : [];
}

/** An event with the parts that were not cut out of it. */
function eventAndParts(event: JsonObject): (ReadItem | UnreadItem)[] {
  const own = Object.fromEntries(Object.entries(event).filter(([name]) => !Object.hasOwn(PARTS, name)));
  const parts = Object.entries(PARTS).flatMap(([name, type]) =>
    listOf(event[name]).map((each) => attempted(type, each)),
  );
  return [itemOf('event', own), ...parts];
}

function itemOf(type: string, json: JsonObject): ReadItem {
  const uuid = stringIn(json['uuid'])?.toLowerCase();
  const canonical = uuid !== undefined && UUID.test(uuid) ? `urn:uuid:${uuid}` : undefined;
  const author = [json['Orgc'], json['Org']].find(isObject);
  const value = stringIn(json['value']);
  const tlp = tlpOfTags(tagsOfMisp(json));
  const marked =
    tlp === undefined || tlp === 'clear'
      ? ''
      : ` It is marked TLP:${tlp.toUpperCase()}: make sure that only people allowed to see it can read this incident.`;
  return {
    keys: [canonical ?? `sha256:${sha256(JSON.stringify(json)).toString('hex')}`],
    origin: {
      format: 'misp',
      ...given({
        id: uuid ?? nameFrom(textOf(json['id'])),
        canonical,
        attributedTo: author && authorOf(author),
        created: dateOf(json['date']),
        modified: timeOf(json['timestamp']),
      }),
    },
    kept: {
      type,
      ...given({
        title: titleOf(json),
        about: value !== undefined && isAbsoluteIri(value) && value.length <= 2000 ? [value] : undefined,
      }),
      content: json,
      why: `Casebook has no kind for a MISP ${type}.${marked}`,
    },
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'number' ? String(value) : stringIn(value);

function authorOf({ uuid, name }: JsonObject): { id?: string; name?: string } | undefined {
  const author = given({ id: nameFrom(stringIn(uuid)), name: nameFrom(stringIn(name)) });
  return Object.keys(author).length > 0 ? author : undefined;
}

/** The day of an event. */
const dateOf = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;

/** Seconds since 1970. */
function timeOf(value: unknown): string | undefined {
  const seconds = Number(textOf(value) ?? NaN);
  return seconds > 0 && seconds < 253_402_300_800 ? new Date(seconds * 1000).toISOString() : undefined;
}

/** A readable name: an event's title, an attribute's type and value, an object's name and first values. */
function titleOf(json: JsonObject): string | undefined {
  const info = stringIn(json['info']);
  if (info !== undefined) return titleFrom(info);
  const values = listOf(json['Attribute'])
    .filter(isObject)
    .map(({ value }) => textOf(value))
    .filter((value) => value !== undefined);
  const words = [
    textOf(json['name']) ?? textOf(json['type']),
    textOf(json['value']) ?? values.slice(0, 3).join(', '),
  ];
  return titleFrom(words.filter((word) => word !== undefined && word !== '').join(': '));
}

export const mispImport: ImportFormat = {
  description:
    'MISP: the answer to a search ({response: [{Event}]}), an event ({Event}), or a list of events',
  read: readEvents,
};
