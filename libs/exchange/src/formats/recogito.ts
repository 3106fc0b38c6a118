import type { ImportFormat, QuoteHint, ReadItem } from './format.js';
import {
  given,
  isObject,
  type JsonObject,
  listOf,
  nameFrom,
  stringIn,
  tagsFrom,
  titleFrom,
  wholeNumber,
} from './json.js';
import { readItems } from './read-items.js';
import { NoAnnotation, readAnnotation } from './web-annotation/read.js';

const SAID: ReadonlySet<string> = new Set(['id', 'bodies']);

/**
 * An annotation of Recogito Text Annotator: in its own form (`bodies`, and a target whose selectors have `quote`,
 * `start` and `end` in UTF-16 units) or in the W3C form. Neither form names the document, so the import must.
 */
function readOne(json: unknown): ReadItem {
  if (!isObject(json)) throw new NoAnnotation('It is not a JSON object, so it is not a Recogito annotation.');
  if (json['bodies'] === undefined && json['type'] === 'Annotation') return readAnnotation(json, 'recogito');
  const id = stringIn(json['id']);
  const target = listOf(json['target']).find(isObject);
  if (id === undefined || target === undefined)
    throw new NoAnnotation('It has no id or no target; every Recogito annotation has both.');
  const bodies = listOf(json['bodies']).filter(isObject);
  const text = bodies.filter(({ purpose }) => purpose !== 'tagging').map(({ value }) => stringIn(value));
  const tags = tagsFrom(bodies.filter(({ purpose }) => purpose === 'tagging').map(({ value }) => value));
  const quote = quoteOf(target);
  const source = stringIn(target['source']);
  const creator = isObject(target['creator'])
    ? target['creator']
    : bodies.map((each) => each['creator']).find(isObject);
  const statement = text.find((each) => each !== undefined);
  const rest = Object.fromEntries(Object.entries(json).filter(([name]) => !SAID.has(name)));
  return {
    keys: [id],
    origin: {
      format: 'recogito',
      id,
      ...given({
        attributedTo:
          creator && given({ id: stringIn(creator['id']), name: nameFrom(stringIn(creator['name'])) }),
        created: stringIn(target['created']),
        modified: stringIn(target['updated']),
        rest: text.length > 1 ? { ...rest, bodies } : rest,
      }),
    },
    ...(quote !== undefined && {
      annotation: { kind: 'claim' as const, fields: given({ statement, tags }), quote },
    }),
    kept: {
      type: 'Annotation',
      ...given({
        title: titleFrom(statement ?? quote?.exact),
        about: source === undefined ? undefined : [source],
      }),
      content: json,
      why: 'It has no passage, or its document is not part of this incident.',
    },
  };
}

function quoteOf(target: JsonObject): QuoteHint | undefined {
  const selectors = listOf(target['selector']).filter(isObject);
  const exact = selectors
    .map((each) => stringIn(each['quote'] ?? each['exact']))
    .find((each) => each !== undefined);
  const position = selectors.find((each) => wholeNumber(each['start']) !== undefined);
  if (exact === undefined && position === undefined) return undefined;
  return given({
    source: stringIn(target['source']),
    exact,
    start: wholeNumber(position?.['start']),
    end: wholeNumber(position?.['end']),
  });
}

export const recogitoImport: ImportFormat = {
  description: 'Recogito Text Annotator: a list of annotations, or one',
  read: (bytes, { parse }) => readItems(bytes, { paths: [], parse, read: readOne }),
};
