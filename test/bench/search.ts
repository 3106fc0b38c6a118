import { randomInt } from 'node:crypto';
import { createDataSource, createPool, withReadingScope } from '@casebook/postgres';
import { Runner } from '@casebook/projections';
import {
  IncidentQueries,
  projections,
  SearchQueries,
  type SearchRequest,
  viewEntities,
} from '@casebook/views';
import pg from 'pg';
import { driveHere, type Opener } from './contender.js';
import { type Bench, inTurn } from './rounds.js';
import { alike, storedIncidentId, storeIncidents } from './stored-incidents.js';

const EVENTS_EACH = 1000;
/** As many as there are processors: what is measured is the answer, not the queue for it. */
const READERS = 2;
const FILLED = ['incidents', 'search'];
/** As the migration has it. */
const INDEX =
  'CREATE INDEX entries_by_terms ON search_v2.entries USING gin (terms) WITH (gin_pending_list_limit = 512)';
const VOCABULARY = 50_000;
/** 20 words, of which the nth most common is n times rarer than the most common, as in any language. */
const STATEMENT = `(SELECT string_agg('w' || floor(exp(random() * ln(${VOCABULARY})))::integer, ' ') FROM generate_series(1, 20) WHERE n >= 0)`;
const someWord = (): string => `w${Math.floor(Math.exp(Math.random() * Math.log(VOCABULARY)))}`;

/**
 * Searches, and the list of an incident's claims, in a workspace with so many claims in incidents of 1,000 events, a fifth of them revisions;
 * as a reader of the service, through row-level security. Every claim quotes the same sentence, so its words are as common as can be.
 */
export async function searchOf(bench: Bench, annotations: number): Promise<void> {
  const workspaceId = `search-${annotations}`;
  const incidents = Math.max(1, Math.round(annotations / 0.8 / EVENTS_EACH));
  const events = incidents * EVENTS_EACH;
  await storeIncidents(bench.url, workspaceId, alike(incidents, EVENTS_EACH), STATEMENT);
  const owner = new pg.Client({ connectionString: bench.url });
  await owner.connect();
  // Filled by the runner as ever, but for the index of terms, which is made at the end: row by row it would take minutes.
  await owner.query('DROP INDEX search_v2.entries_by_terms');
  const pool = createPool({ url: bench.url, role: 'casebook_service', statementTimeoutMs: 0 });
  const followed: string[] = [];
  for (const projection of projections.filter(({ view }) => FILLED.includes(view.name))) {
    const began = performance.now();
    const runner = new Runner(pool, { projections: [projection], followers: [], pageEvents: 2000 });
    await runner.catchUp(workspaceId);
    followed.push(`${projection.view.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  await pool.end();
  await owner.query(`SET maintenance_work_mem = '256MB'`);
  await owner.query(INDEX);
  await owner.query('VACUUM (ANALYZE) search_v2.entries, incidents_v1.annotations');
  const { rows: sizes } = await owner.query<{ table: string; index: string }>(
    `SELECT pg_size_pretty(pg_table_size('search_v2.entries')) AS "table", pg_size_pretty(pg_relation_size('search_v2.entries_by_terms')) AS "index"`,
  );
  await owner.end();
  console.log(
    `${events} events followed: ${followed.join(', ')}; search_v2.entries ${sizes[0]!.table}, its index of terms ${sizes[0]!.index}`,
  );

  const dataSource = createDataSource({
    url: bench.url,
    role: 'casebook_reader',
    scoped: true,
    entities: [...viewEntities],
  });
  await dataSource.initialize();
  const searches = new SearchQueries(dataSource);
  const lists = new IncidentQueries(dataSource);
  const scope = { workspaceId, viewer: null, clearance: 4 };
  const reading =
    (name: string, read: () => Promise<unknown>): Opener =>
    () =>
      Promise.resolve({
        name,
        // What the table calls clients is the number of annotations.
        drive: (_, milliseconds) => driveHere(() => withReadingScope(scope, read), READERS, milliseconds),
        close: () => Promise.resolve(),
      });
  const searching = (name: string, request: () => Omit<SearchRequest, 'limit'>): Opener =>
    reading(name, () => searches.search(workspaceId, { limit: 20, ...request() }));
  await inTurn(bench, 'search', annotations, [
    searching('any word', () => ({ q: someWord() })),
    searching('every row', () => ({ q: 'killed' })),
    searching('phrase', () => ({ q: '"people were killed"' })),
    searching('no such phrase', () => ({ q: '"killed people"' })),
    searching('prefix', () => ({ q: 'minist*' })),
    searching('filters', () => ({ q: someWord(), tag: 'toll', member: `member-${randomInt(64)}` })),
    searching('as of', () => ({ q: someWord(), asOf: { position: randomInt(1, events + 1) } })),
    searching('every row then', () => ({ q: 'killed', asOf: { position: randomInt(1, events + 1) } })),
    reading('list', () =>
      lists.annotations(workspaceId, storedIncidentId(workspaceId, randomInt(incidents)), 'claim', {
        limit: 100,
        cursor: Buffer.from(JSON.stringify([randomInt(events)])).toString('base64url'),
      }),
    ),
  ]);
  await dataSource.destroy();
}
