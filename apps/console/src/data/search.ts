import { answerOf, type components, type paths } from '@casebook/client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { pathTo, useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useIncidents } from './queries.js';
import { useMe } from './session.js';

const WORKSPACE = '/v1/workspaces/{workspace}';
export type SearchHit = components['schemas']['SearchHit'];
export type SearchFragment = components['schemas']['SearchFragment'];
export type SearchQuery = Omit<
  NonNullable<paths[`${typeof WORKSPACE}/search`]['get']['parameters']['query']>,
  'asOf' | 'limit' | 'cursor'
>;

/** Search results as of the moment of the address, page by page. */
export function useFound(query: SearchQuery, enabled = true) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useInfiniteQuery({
    queryKey: ['search', query, asOf ?? 'now'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/search`, {
          params: {
            path: { workspace },
            query: { ...query, ...(asOf !== undefined && { asOf }), cursor: pageParam },
          },
          signal,
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    enabled,
  });
}

/** Maximum incidents whose documents are looked up, latest changed first. */
const ASKED = 100;

/** The incidents of each document, where it can be read with its annotations. */
export function useAttachedTo(enabled = true) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  const { data: incidents } = useIncidents();
  const ids = [...(incidents ?? [])]
    .sort((a, b) => b.position - a.position)
    .slice(0, ASKED)
    .map(({ id }) => id);
  return useQuery({
    queryKey: ['incidents', 'attached', ids.join(' '), asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const attached = new Map<string, string[]>();
      for (const incident of ids) {
        const { items } = await answerOf(
          casebook.api.GET(`${WORKSPACE}/incidents/{incident}/documents`, {
            params: {
              path: { workspace, incident },
              query: { limit: '500', ...(asOf !== undefined && { asOf }) },
            },
            signal,
          }),
        );
        for (const { id } of items) attached.set(id, [...(attached.get(id) ?? []), incident]);
      }
      return attached;
    },
    enabled: enabled && incidents !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** The address of a result: path and parameters. A document without an incident is attached from the library, at home. */
export function placeOf(
  { kind, id, incidentId, documentId }: Pick<SearchHit, 'kind' | 'id' | 'incidentId' | 'documentId'>,
  attached?: ReadonlyMap<string, readonly string[]>,
): [string, Record<string, string>] {
  if (kind === 'incident') return [pathTo.incident(id), {}];
  if (kind === 'document') {
    const [incident] = attached?.get(id) ?? [];
    return [incident === undefined ? pathTo.home : pathTo.document(incident, id), {}];
  }
  if (incidentId === undefined) return [pathTo.home, {}];
  return [
    kind === 'claim' && documentId !== undefined
      ? pathTo.document(incidentId, documentId)
      : pathTo.incident(incidentId),
    { on: id },
  ];
}
