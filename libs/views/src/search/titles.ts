import type { SelectQueryBuilder } from 'typeorm';
import { encodeCursor, type Page, pageOf } from '../paging.js';
import { foundIn, searchTerms } from './search-terms.js';
import { comparedWords } from './words.js';

/*
 * Lists are found by the words of their current titles, while the search view lags by a moment. So titles are
 * read and compared by the search's own fold, which SQL does not have.
 */

const READ_AT_ONCE = 1_000;
/** Maximum titles that one answer compares, about 50 ms of CPU time. Its page may be short then. */
const MOST_COMPARED = 20_000;

/**
 * Returns a test of whether a title contains all terms of the query.
 * @throws MalformedSearch
 */
export function titleTest(q: string): (title: string | null | undefined) => boolean {
  const terms = searchTerms('q', q);
  return (title) => {
    const words = comparedWords(title ?? '');
    return terms.every((term) => foundIn(words, term) !== term.excluded);
  };
}

/** The place of a row in a list: its time of recording and its id. */
export type Key = readonly [recordedAt: string, id: string];

interface Titled {
  readonly id: string;
  readonly title: string | null;
  readonly recordedAt: Date;
}

type List<Row extends Titled> = (behind: Key | undefined) => SelectQueryBuilder<Row>;

interface ByTitle {
  /** Words of the title; if left out, every row matches. */
  readonly q: string | undefined;
  readonly first: Key | undefined;
  readonly limit: number;
}

/**
 * A page of the rows of a list whose title matches `q`. Its `next` is a {@link Key}.
 *
 * @param list its rows after a key, newest first, without a limit
 * @throws MalformedSearch
 */
export async function pageByTitle<Row extends Titled, Item>(
  list: List<Row>,
  { q, first, limit }: ByTitle,
  item: (row: Row) => Item,
): Promise<Page<Item>> {
  const key = ({ recordedAt, id }: Titled): Key => [recordedAt.toISOString(), id];
  if (q === undefined)
    return pageOf(
      await list(first)
        .limit(limit + 1)
        .getMany(),
      limit,
      item,
      key,
    );
  const { ids, next } = await foundByTitle(list, titleTest(q), first, limit);
  if (ids.length === 0) return { items: [], next };
  const query = list(first);
  const page = pageOf(
    await query.andWhere(`${query.alias}.id IN (:...ids)`, { ids }).getMany(),
    limit,
    item,
    key,
  );
  // An uncut page continues where the scan ended.
  return page.next === null ? { ...page, next } : page;
}

/** At most one more than a page holds, and where the list continues after the page. */
async function foundByTitle<Row extends Titled>(
  list: List<Row>,
  has: (title: string | null) => boolean,
  first: Key | undefined,
  limit: number,
): Promise<{ ids: string[]; next: string | null }> {
  const found: Key[] = [];
  let behind = first;
  const idsAnd = (next: Key | undefined): { ids: string[]; next: string | null } => ({
    ids: found.map(([, id]) => id),
    next: next === undefined ? null : encodeCursor(next),
  });
  for (let compared = 0; compared < MOST_COMPARED; compared += READ_AT_ONCE) {
    const query = list(behind);
    const rows = await query
      .select(`${query.alias}.id`, 'id')
      .addSelect(`${query.alias}.title`, 'title')
      .addSelect(`${query.alias}.recordedAt`, 'recordedAt')
      .limit(READ_AT_ONCE)
      .getRawMany<Titled>();
    for (const row of rows) {
      behind = [row.recordedAt.toISOString(), row.id];
      if (has(row.title)) found.push(behind);
      if (found.length > limit) return idsAnd(found[limit - 1]);
    }
    if (rows.length < READ_AT_ONCE) return idsAnd(undefined);
  }
  return idsAnd(behind);
}
