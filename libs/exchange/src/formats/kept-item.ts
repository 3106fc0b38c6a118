import type { ExchangeFormat } from '@casebook/contracts';
import type { ReadItem } from './format.js';
import { given, type JsonObject, stringIn } from './json.js';

/** An item that Casebook had kept before it was exported: `said` has its own fields, `others` the fields that each format reads differently. */
export const itemKeptBefore = (
  { format, type, title }: JsonObject,
  {
    content,
    ...others
  }: Pick<ReadItem['kept'], 'content'> & {
    [name in 'about' | 'rest' | 'standing']?: ReadItem['kept'][name] | undefined;
  },
): ReadItem['kept'] => ({
  ...given({
    format: stringIn(format) as ExchangeFormat | undefined,
    type: stringIn(type),
    title: stringIn(title),
    ...others,
  }),
  content,
  why: 'It was kept as an item at its source.',
});
