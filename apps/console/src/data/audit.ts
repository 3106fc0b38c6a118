import { answerOf, type paths } from '@casebook/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useMe } from './session.js';
import type { Change } from './types.js';

const AUDIT = '/v1/workspaces/{workspace}/audit';
type Query = NonNullable<paths[typeof AUDIT]['get']['parameters']['query']>;
export type EventType = NonNullable<Query['type']>;

export interface AuditFilter {
  readonly member?: string | undefined;
  readonly incident?: string | undefined;
  readonly annotation?: string | undefined;
  /** Any of these types of event; none: all. */
  readonly types: readonly EventType[];
  /** ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

interface Stretch {
  /** Latest first. */
  readonly changes: readonly Change[];
  /** Positions up to here have not been read yet; 0: everything has been. */
  readonly rest: number;
}

const FIRST_STRETCH = 200;
const WIDER = 4;
/** A page reads further back until it has this many. */
const ENOUGH = 60;

async function allChanges(workspace: string, query: Query): Promise<Change[]> {
  const found: Change[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await answerOf(
      casebook.api.GET(AUDIT, { params: { path: { workspace }, query: { ...query, limit: '500', cursor } } }),
    );
    found.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return found;
}

async function headOf(workspace: string): Promise<number> {
  const { response } = await casebook.api.GET(AUDIT, {
    params: { path: { workspace }, query: { limit: '1' } },
  });
  return Number(response.headers.get('ledger-position') ?? 0);
}

const isPosition = (moment: string | undefined): boolean => moment !== undefined && /^\d+$/.test(moment);
const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && Date.parse(b) < Date.parse(a)) ? b : a;

/** The route lists the ledger forwards, but people read it backwards: it is read in ranges from the end, each wider than the last. */
async function stretchBelow(workspace: string, filter: AuditFilter, top: number): Promise<Stretch> {
  const { member, incident, annotation, types, from, to } = filter;
  const changes: Change[] = [];
  let upper = top;
  for (let width = FIRST_STRETCH; upper > 0 && changes.length < ENOUGH; width *= WIDER) {
    const lower = Math.max(0, upper - width);
    const query: Query = {
      after: String(lower),
      asOf: String(upper),
      ...(member !== undefined && { actor: member }),
      ...(incident !== undefined && { incidentId: incident }),
      ...(annotation !== undefined && { annotationId: annotation }),
      ...(from !== undefined && { from }),
      ...(to !== undefined && { to }),
    };
    const each = types.length === 0 ? [query] : types.map((type) => ({ ...query, type }));
    const found = (await Promise.all(each.map((one) => allChanges(workspace, one)))).flat();
    changes.push(...found.sort((a, b) => b.position - a.position));
    upper = lower;
  }
  return { changes, rest: upper };
}

/** The audit as of the moment of the address, latest change first. */
export function useAudit(filter: AuditFilter) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useInfiniteQuery({
    queryKey: ['audit', filter, asOf ?? 'now'],
    initialPageParam: undefined as number | undefined,
    queryFn: async ({ pageParam }) => {
      const top = pageParam ?? (await headOf(workspace));
      return isPosition(asOf)
        ? stretchBelow(workspace, filter, Math.min(top, Number(asOf)))
        : stretchBelow(workspace, { ...filter, to: earlier(asOf, filter.to) }, top);
    },
    getNextPageParam: ({ rest }: Stretch) => (rest > 0 ? rest : undefined),
    staleTime: 30_000,
  });
}
