import { answerOf, type components } from '@casebook/client';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { casebook } from './casebook.js';
import { useMe } from './session.js';

export type IncidentDifference = components['schemas']['IncidentDifference'];
export type AnnotationDifference = components['schemas']['AnnotationDifference'];
export type FieldDifference = components['schemas']['FieldDifference'];

/** The changes in an incident between two moments; `to` is now by default. */
export function useDifference(incident: string | undefined, from: string, to: string | undefined) {
  const { workspace } = useMe();
  return useQuery({
    queryKey: ['incident', incident, 'difference', from, to ?? 'now'],
    queryFn: ({ signal }): Promise<IncidentDifference> =>
      answerOf(
        casebook.api.GET('/v1/workspaces/{workspace}/incidents/{incident}/difference', {
          params: {
            path: { workspace, incident: incident ?? '' },
            query: { from, ...(to !== undefined && { to }) },
          },
          signal,
        }),
      ),
    enabled: incident !== undefined,
    placeholderData: keepPreviousData,
  });
}

export type WorkspaceDifferenceItem = components['schemas']['WorkspaceDifferenceItem'];
export type Compared = Pick<components['schemas']['WorkspaceDifference'], 'from' | 'to'>;

/** The changes in the whole workspace between two moments, in pages; `to` is now by default. */
export function useWorkspaceDifference(from: string, to: string | undefined, enabled: boolean) {
  const { workspace } = useMe();
  return useInfiniteQuery({
    queryKey: ['difference', from, to ?? 'now'],
    queryFn: ({ signal, pageParam: cursor }) =>
      answerOf(
        casebook.api.GET('/v1/workspaces/{workspace}/difference', {
          params: {
            path: { workspace },
            query: { from, ...(to !== undefined && { to }), ...(cursor !== undefined && { cursor }) },
          },
          signal,
        }),
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
    placeholderData: keepPreviousData,
  });
}
