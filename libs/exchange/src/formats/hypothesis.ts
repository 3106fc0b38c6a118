import type { ImportFormat, ReadItem } from './format.js';
import {
  given,
  isObject,
  listOf,
  nameFrom,
  single,
  stringIn,
  tagsFrom,
  titleFrom,
  wholeNumber,
} from './json.js';
import { readItems } from './read-items.js';
import { NoAnnotation } from './web-annotation/read.js';

/** The fields that Casebook annotations represent; the others are kept beside them. */
const SAID: ReadonlySet<string> = new Set([
  'id',
  'created',
  'updated',
  'user',
  'text',
  'tags',
  'target',
  'references',
]);

/**
 * A row of the Hypothesis API: not JSON-LD. `references` is the chain of annotations it replies to, ending with the direct parent; a page note has
 * no selector; positions are UTF-16 units of the page's DOM, so the quote comes first.
 */
function readRow(row: unknown): ReadItem {
  if (!isObject(row))
    throw new NoAnnotation('It is not a JSON object, so it is not a Hypothesis annotation.');
  const id = stringIn(row['id']);
  if (id === undefined) throw new NoAnnotation('It has no id, which every Hypothesis annotation has.');
  const text = stringIn(row['text']);
  const tags = tagsFrom(listOf(row['tags']));
  const target = listOf(row['target']).find(isObject);
  const source = stringIn(target?.['source']) ?? stringIn(row['uri']);
  const selectors = listOf(target?.['selector']).filter(isObject);
  const quote = selectors.find(({ type }) => type === 'TextQuoteSelector');
  const position = selectors.find(({ type }) => type === 'TextPositionSelector');
  const parent = listOf(row['references']).map(stringIn).at(-1);
  const author = isObject(row['user_info']) ? single(row['user_info']['display_name']) : undefined;
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !SAID.has(name)));
  const page = isObject(row['document']) ? single(row['document']['title']) : undefined;
  return {
    keys: [id],
    origin: {
      format: 'hypothesis',
      id,
      ...given({
        attributedTo: given({ id: stringIn(row['user']), name: nameFrom(author) }),
        created: stringIn(row['created']),
        modified: stringIn(row['updated']),
        ...(Object.keys(rest).length > 0 && { rest }),
      }),
    },
    ...(parent !== undefined && text !== undefined
      ? { annotation: { kind: 'comment' as const, fields: { targetId: parent, body: text } } }
      : (quote !== undefined || position !== undefined) && {
          annotation: {
            kind: 'claim' as const,
            fields: given({ statement: text, tags }),
            quote: given({
              source,
              exact: stringIn(quote?.['exact']),
              prefix: stringIn(quote?.['prefix']),
              suffix: stringIn(quote?.['suffix']),
              start: wholeNumber(position?.['start']),
              end: wholeNumber(position?.['end']),
            }),
          },
        }),
    kept: {
      type: 'Annotation',
      ...given({ title: titleFrom(text ?? page), about: source === undefined ? undefined : [source] }),
      content: row,
      why:
        selectors.length === 0
          ? 'It is a note on a whole page, or a reply to one that is not here.'
          : 'Its page is not a document of this incident.',
    },
  };
}

export const hypothesisImport: ImportFormat = {
  description: 'Hypothesis: the API’s answer to a search ({total, rows}), a list of rows, or one row',
  read: (bytes, { parse }) => readItems(bytes, { paths: ['rows'], parse, read: readRow }),
};
