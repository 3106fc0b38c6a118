import { answerOf } from '@casebook/client';
import { keepPreviousData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useMe } from './session.js';
import type { Change, Document, Incident, IncidentSummary, Member } from './types.js';

/*
 * Reads. Each uses the moment of the address, so pages show the past without extra code. Answers for a position never
 * change and stay cached; current answers are refetched when the live feed reports a change.
 */

const WORKSPACE = '/v1/workspaces/{workspace}';
/** Maximum items on a page of a list. */
const PAGE = '500';

/** The answer for a position is final; that for a time is not, because the ledger may not have reached it yet. */
const lifetime = (asOf: string | undefined) =>
  asOf !== undefined && /^\d+$/.test(asOf) ? { staleTime: Infinity } : { staleTime: 30_000 };

const at = (asOf: string | undefined) => (asOf === undefined ? {} : { asOf });

/** Every page of a list, concatenated. */
async function allPages<T>(
  page: (
    cursor: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const { items: more, next } = await page(cursor);
    items.push(...more);
    cursor = next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

export const incidentQuery = (workspace: string, incident: string, asOf?: string) =>
  queryOptions({
    queryKey: ['incident', incident, 'view', asOf ?? 'now'],
    queryFn: ({ signal }): Promise<Incident> =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/incidents/{incident}`, {
          params: { path: { workspace, incident }, query: at(asOf) },
          signal,
        }),
      ),
    ...lifetime(asOf),
  });

/** The incident with all its annotations, as of the moment of the address. While another moment loads, the last one stays. */
export function useIncident(incident: string | undefined) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    ...incidentQuery(workspace, incident ?? '', asOf),
    enabled: incident !== undefined,
    placeholderData: (previous: Incident | undefined) => (previous?.id === incident ? previous : undefined),
  });
}

export function useIncidents(enabled = true) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['incidents', asOf ?? 'now'],
    queryFn: ({ signal }): Promise<IncidentSummary[]> =>
      allPages((cursor) =>
        answerOf(
          casebook.api.GET(`${WORKSPACE}/incidents`, {
            params: { path: { workspace }, query: { ...at(asOf), limit: PAGE, cursor } },
            signal,
          }),
        ),
      ),
    enabled,
    ...lifetime(asOf),
    placeholderData: keepPreviousData,
  });
}

export function useDocuments() {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['documents', asOf ?? 'now'],
    queryFn: ({ signal }): Promise<Document[]> =>
      allPages((cursor) =>
        answerOf(
          casebook.api.GET(`${WORKSPACE}/documents`, {
            params: { path: { workspace }, query: { ...at(asOf), limit: PAGE, cursor } },
            signal,
          }),
        ),
      ),
    ...lifetime(asOf),
    placeholderData: keepPreviousData,
  });
}

export function useDocument(document: string) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['document', document, 'view', asOf ?? 'now'],
    queryFn: ({ signal }): Promise<Document> =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/documents/{document}`, {
          params: { path: { workspace, document }, query: at(asOf) },
          signal,
        }),
      ),
    ...lifetime(asOf),
    placeholderData: keepPreviousData,
  });
}

/** A document's text. It never changes: its id is its hash. */
export function useDocumentText(document: string) {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['document', document, 'text'],
    queryFn: ({ signal }): Promise<string> =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/documents/{document}/text`, {
          params: { path: { workspace, document } },
          parseAs: 'text',
          signal,
        }) as Promise<{ data?: string; error?: unknown; response: Response }>,
      ),
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

/** Every change of the incident up to now, whatever moment the page shows: the range of the time bar. */
export function useHistory(incident: string | undefined) {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['incident', incident, 'history'],
    queryFn: ({ signal }): Promise<Change[]> =>
      allPages((cursor) =>
        answerOf(
          casebook.api.GET(`${WORKSPACE}/incidents/{incident}/history`, {
            params: {
              path: { workspace, incident: incident ?? '' },
              query: { limit: PAGE, cursor },
            },
            signal,
          }),
        ),
      ),
    enabled: incident !== undefined,
    staleTime: 30_000,
  });
}

/** Maximum changes on the time bar of the workspace. */
const WORKSPACE_CHANGES = 2_000;

/** The latest changes of the workspace in order: the range of the time bar if no incident is open. */
export function useWorkspaceHistory(enabled: boolean) {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['audit', 'latest'],
    queryFn: async ({ signal }): Promise<Change[]> => {
      const page = (query: {
        readonly limit: string;
        readonly after?: string;
        readonly cursor?: string | undefined;
      }) => casebook.api.GET(`${WORKSPACE}/audit`, { params: { path: { workspace }, query }, signal });
      const { response } = await page({ limit: '1' });
      const head = Number(response.headers.get('ledger-position') ?? 0);
      const after = String(Math.max(0, head - WORKSPACE_CHANGES));
      return allPages((cursor) => answerOf(page({ limit: PAGE, after, cursor })));
    },
    enabled,
    staleTime: 30_000,
  });
}

export function useMembers() {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['members'],
    queryFn: ({ signal }): Promise<Member[]> =>
      allPages((cursor) =>
        answerOf(
          casebook.api.GET(`${WORKSPACE}/members`, {
            params: { path: { workspace }, query: { limit: PAGE, cursor } },
            signal,
          }),
        ),
      ),
    staleTime: 60_000,
  });
}

/** A function from a member's id to their name in the workspace. */
export function useNames(): (member: string) => string {
  const { data } = useMembers();
  return (member) => data?.find(({ id }) => id === member)?.name ?? member;
}

export function useTags(incidentId?: string) {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['tags', incidentId ?? 'all'],
    queryFn: ({ signal }) =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/tags`, {
          params: {
            path: { workspace },
            query: { limit: PAGE, ...(incidentId !== undefined && { incidentId }) },
          },
          signal,
        }),
      ).then(({ items }) => items),
    staleTime: 60_000,
  });
}

/** Who set each field of an annotation, as of the moment of the address. */
export function useBlame(incident: string | undefined, annotation: string | undefined) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['incident', incident, 'blame', annotation, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/incidents/{incident}/annotations/{annotation}/blame`, {
          params: {
            path: { workspace, incident: incident ?? '', annotation: annotation ?? '' },
            query: at(asOf),
          },
          signal,
        }),
      ),
    enabled: incident !== undefined && annotation !== undefined,
    ...lifetime(asOf),
  });
}

/** Refetches everything that an event of this incident (or, without one, of the workspace) may have changed. Answers for past positions stay. */
export function refresh(queries: QueryClient, incident?: string): void {
  const isOfThePast = (key: readonly unknown[]): boolean => /^\d+$/.test(String(key.at(-1)));
  void queries.invalidateQueries({
    predicate: ({ queryKey }) =>
      !isOfThePast(queryKey) &&
      queryKey.at(-1) !== 'text' &&
      (queryKey[0] !== 'incident' || queryKey[1] === incident),
  });
}
