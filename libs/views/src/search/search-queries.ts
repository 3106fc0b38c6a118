import type { Moment, SearchedKind, SearchHit, SearchResults } from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';
import type { DataSource } from 'typeorm';
import { BadCursor, decodeCursor, encodeCursor } from '../paging.js';
import { prepared } from '../prepared.js';
import { fragmentsOf, titleOf } from './fragments.js';
import { type SearchTerm, searchTerms } from './search-terms.js';
import { type EntryBody, searchView } from './search-view.js';
import { asked, mark } from './term-index.js';

export interface SearchRequest {
  /** See {@link searchTerms}. */
  readonly q?: string;
  readonly person?: string;
  readonly place?: string;
  readonly kind?: SearchedKind;
  readonly tag?: string;
  /** Who recorded it or changed it last. */
  readonly member?: string;
  readonly state?: string;
  readonly incidentId?: string;
  /** Last changed at or after, and at or before this instant. */
  readonly from?: string;
  readonly to?: string;
  readonly sort?: 'relevance' | 'newest';
  readonly asOf?: Moment;
  readonly cursor?: string;
  /** 1 or more. The caller bounds it. */
  readonly limit: number;
}

/** The number of matches that are ranked together and counted. */
const RANKED = 1000;
/** The weights of words, from D to A: `Weight`. */
const WEIGHTS = '{0.1,0.3,0.4,1.0}';

/** The start of a page: after a hit of the tier that begins at `below`. */
interface Place {
  /** The search that the place belongs to: {@link searchOf}. */
  readonly search: number;
  /** The position that all pages reflect, so later events do not move hits. */
  readonly asOf: number;
  readonly below: number;
  /** `null`: at the beginning of the tier. */
  readonly behind: { readonly rank: number; readonly position: number } | null;
}

/**
 * Searches the view. Use a data source that reads within a scope: `search_v2.find` searches its workspace for
 * its viewer only.
 *
 * Matches are taken in tiers, the newest thousand first; within a tier they are sorted by rank, then newest
 * first. So the work is bounded whatever matches, and the order never changes for a position of the ledger.
 */
export class SearchQueries {
  constructor(private readonly dataSource: DataSource) {}

  /** @throws MalformedSearch, BadCursor */
  async search(workspaceId: string, request: SearchRequest): Promise<SearchResults> {
    const anywhere = request.q === undefined ? [] : searchTerms('q', request.q);
    const named = {
      person: request.person === undefined ? [] : searchTerms('person', request.person),
      place: request.place === undefined ? [] : searchTerms('place', request.place),
    };
    const { whole, loose, ranked } = asked(anywhere, named, marksOf(request));
    const bounds = await this.bounds(workspaceId, request);
    const search = searchOf(request);
    const place =
      request.cursor === undefined
        ? { search, asOf: bounds.asOf, below: bounds.below, behind: null }
        : placeIn(request.cursor, search, bounds.come);
    // A moment beyond the head includes more events later, but its pages stay at their first position.
    if (request.asOf !== undefined && place.asOf > bounds.asOf) throw new BadCursor();
    const first = request.cursor === undefined;
    const byRank = request.sort !== 'newest' && ranked !== null;
    const { limit } = request;
    const [answer] = await prepared<Tier>(this.dataSource, {
      name: 'casebook_search',
      text: SEARCH,
      values: [
        workspaceId,
        loose,
        whole === loose ? null : whole,
        place.asOf,
        bounds.above,
        place.below,
        // Sorted by newest, a tier is just one page.
        byRank || first ? RANKED : limit + 1,
        whole,
        byRank ? ranked : null,
        place.behind?.rank ?? null,
        place.behind?.position ?? null,
        limit + 1,
      ],
    });
    const { reached, found, kinds, hits } = answer!;
    const shown = (hits ?? []).slice(0, limit);
    const more = reached > bounds.above;
    return {
      position: place.asOf,
      ...(first && { counts: { found, more, kinds: kinds ?? {} } }),
      items: shown.map((hit) => hitOf(hit, { anywhere, ...named })),
      next: nextPlace(shown, (hits ?? []).length > limit, byRank, more ? reached : null, place),
    };
  }

  /** The view's position, the position searched as of, and the positions between which results last changed. */
  private async bounds(
    workspaceId: string,
    { asOf, from, to }: Pick<SearchRequest, 'asOf' | 'from' | 'to'>,
  ): Promise<{ come: number; asOf: number; above: number; below: number }> {
    const time = asOf !== undefined && 'time' in asOf ? asOf.time : null;
    const [row] = await prepared<{ come: number | null; then: number; above: number; below: number | null }>(
      this.dataSource,
      {
        name: 'casebook_search_bounds',
        text: `SELECT (SELECT position FROM view_progress WHERE workspace_id = $1 AND view = '${searchView.name}' AND version = ${searchView.version}) AS come,
                 CASE WHEN $2::timestamptz IS NULL THEN $3::bigint ELSE ledger_position_at($1, $2) END AS "then",
                 CASE WHEN $4::timestamptz IS NULL THEN 0 ELSE ledger_position_at($1, $4::timestamptz - interval '1 millisecond') END AS above,
                 CASE WHEN $5::timestamptz IS NOT NULL THEN ledger_position_at($1, $5) END AS below`,
        values: [
          workspaceId,
          time,
          asOf !== undefined && 'position' in asOf ? asOf.position : null,
          from,
          to,
        ].map((value) => value ?? null),
      },
    );
    const come = row?.come ?? 0;
    const position = Math.min(row?.then ?? come, come);
    return {
      come,
      asOf: position,
      above: row?.above ?? 0,
      below: Math.min(row?.below ?? position, position),
    };
  }
}

const marksOf = ({ kind, tag, member, state, incidentId }: SearchRequest): string[] => [
  ...(kind === undefined ? [] : [mark.kind(kind)]),
  ...(tag === undefined ? [] : [mark.tag(tag)]),
  ...(member === undefined ? [] : [mark.member(member)]),
  ...(state === undefined ? [] : [mark.status(state)]),
  ...(incidentId === undefined ? [] : [mark.incident(incidentId)]),
];

interface Hit {
  readonly position: number;
  readonly rank: number;
  readonly body: string;
}
interface Tier {
  readonly reached: number;
  readonly found: number;
  readonly kinds: Partial<Record<SearchedKind, number>> | null;
  readonly hits: readonly Hit[] | null;
}

/** Finds a tier and ranks it. A thing with several passages is ranked by its best one. */
const SEARCH = `
  WITH tier AS MATERIALIZED (SELECT f.positions, f.reached FROM search_v2.find($2::tsquery, $3::tsquery, $4, $5, $6, $7) f),
  hits AS MATERIALIZED (
    SELECT DISTINCT ON (e.position) e.position, e.passage, e.kind,
      CASE WHEN $9::tsquery IS NULL THEN 0 ELSE round(ts_rank('${WEIGHTS}', e.terms, $9::tsquery, 1) * 1000000)::integer END AS rank
    FROM tier, unnest(tier.positions) AS p (position)
    JOIN search_v2.entries e ON e.workspace_id = $1 AND e.position = p.position
    WHERE $8::tsquery IS NULL OR e.terms @@ $8::tsquery
    ORDER BY e.position, rank DESC, e.passage)
  SELECT tier.reached,
    (SELECT count(*) FROM hits) AS found,
    (SELECT json_object_agg(k.kind, k.n) FROM (SELECT kind, count(*) AS n FROM hits GROUP BY kind ORDER BY kind) k) AS kinds,
    (SELECT json_agg(json_build_object('position', page.position, 'rank', page.rank, 'body', e.body) ORDER BY page.rank DESC, page.position DESC)
     FROM (SELECT h.* FROM hits h WHERE $10::integer IS NULL OR (h.rank, h.position) < ($10::integer, $11::bigint)
           ORDER BY h.rank DESC, h.position DESC LIMIT $12) page
     JOIN search_v2.entries e ON e.workspace_id = $1 AND e.position = page.position AND e.passage = page.passage) AS hits
  FROM tier`;

/**
 * Identifies a search in a version of the view: a place in one search means nothing in another, where hits
 * rank differently.
 */
function searchOf({
  q,
  person,
  place,
  kind,
  tag,
  member,
  state,
  incidentId,
  from,
  to,
  sort = 'relevance',
}: SearchRequest): number {
  const asked = [searchView.version, q, person, place, kind, tag, member, state, incidentId, from, to, sort];
  return sha256(JSON.stringify(asked)).readUInt32BE();
}

const AT_BEGINNING = -1;

/** @throws BadCursor */
function placeIn(cursor: string, search: number, come: number): Place {
  const numbers = decodeCursor(cursor, ['number', 'number', 'number', 'number', 'number']);
  const [asOf, below, rank, position, ofSearch] = numbers as [number, number, number, number, number];
  if (asOf < 0 || below < 0 || position < 0 || rank < AT_BEGINNING || rank > 2 ** 31 - 1)
    throw new BadCursor();
  if (ofSearch !== search) throw new BadCursor();
  // Only a forged cursor is beyond; walking down from there would take long.
  const place = { asOf: Math.min(asOf, come), below: Math.min(below, come) };
  return { search, ...place, behind: rank === AT_BEGINNING ? null : { rank, position } };
}

function nextPlace(
  shown: readonly Hit[],
  moreInTier: boolean,
  byRank: boolean,
  reached: number | null,
  { search, asOf, below }: Place,
): string | null {
  const last = shown.at(-1);
  if (moreInTier && last !== undefined) {
    return byRank
      ? encodeCursor([asOf, below, last.rank, last.position, search])
      : encodeCursor([asOf, last.position - 1, AT_BEGINNING, 0, search]);
  }
  return reached === null ? null : encodeCursor([asOf, reached, AT_BEGINNING, 0, search]);
}

function hitOf(
  { position, body }: Hit,
  lookedFor: Record<'anywhere' | 'person' | 'place', readonly SearchTerm[]>,
): SearchHit {
  const { texts, ...found } = JSON.parse(body) as EntryBody;
  return { ...found, position, title: titleOf(texts), fragments: fragmentsOf(texts, lookedFor) };
}
