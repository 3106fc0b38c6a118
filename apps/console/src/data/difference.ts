import { answerOf, type components } from '@casebook/client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { casebook } from './casebook.js';
import { useMe } from './session.js';

export type IncidentDifference = components['schemas']['IncidentDifference'];
export type AnnotationDifference = components['schemas']['AnnotationDifference'];
export type FieldDifference = components['schemas']['FieldDifference'];

/** What changed in an incident between two moments; `to` left out: now. */
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
