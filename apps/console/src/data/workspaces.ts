import { answerOf } from '@casebook/client';
import { useQuery } from '@tanstack/react-query';
import { casebook } from './casebook.js';

/** The workspaces of this session's token, the open one first. */
export function useWorkspaces() {
  return useQuery({
    queryKey: ['workspaces'],
    queryFn: ({ signal }) =>
      answerOf(casebook.api.GET('/v1/workspaces', { signal })).then(({ items }) => items),
    staleTime: Infinity,
  });
}
