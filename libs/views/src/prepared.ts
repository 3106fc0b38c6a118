import type { DataSource } from 'typeorm';

/**
 * How long such a statement may go unanswered, in milliseconds: a host that vanished answers nothing, and TCP
 * takes many minutes to notice.
 */
const SILENCE = 8_000;

/**
 * The rows of a statement that is prepared once per connection, under a name unique to its text. For queries of every
 * request: parsing and planning them, including row-level security, takes several times as long as executing them.
 * TypeORM cannot name a statement, so this uses the pool beneath it.
 */
export async function prepared<R>(
  dataSource: DataSource,
  statement: { readonly name: string; readonly text: string; readonly values: readonly unknown[] },
): Promise<R[]> {
  const { master } = dataSource.driver as unknown as { master: Queryable<R> };
  return (await master.query({ ...statement, query_timeout: SILENCE })).rows;
}

interface Queryable<R> {
  query(statement: object): Promise<{ readonly rows: R[] }>;
}
