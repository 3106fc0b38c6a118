import { answerOf } from '@casebook/client';
import { useQuery } from '@tanstack/react-query';
import { useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useMe } from './session.js';
import type { Change, DisputeBoardEntry } from './types.js';

/* Reads of the home page across incidents. */

const WORKSPACE = '/v1/workspaces/{workspace}';

/** The open disputes that the member should settle, oldest first. */
export function useMyDisputes() {
  const { workspace, member } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['disputes', 'mine', asOf ?? 'now'],
    queryFn: async ({ signal }): Promise<DisputeBoardEntry[]> => {
      const { items } = await answerOf(
        casebook.api.GET(`${WORKSPACE}/disputes`, {
          params: { path: { workspace }, query: { owner: member.id, ...(asOf !== undefined && { asOf }) } },
          signal,
        }),
      );
      return items.filter(({ state }) => state === 'open' || state === 'reopened');
    },
  });
}

/** Comments that mention the member: `@alice`. */
export function useMentions() {
  const { workspace, member } = useMe();
  return useQuery({
    queryKey: ['mentions', member.id],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        casebook.api.GET(`${WORKSPACE}/search`, {
          params: { path: { workspace }, query: { q: `"${member.id}"`, kind: 'comment', sort: 'newest' } },
          signal,
        }),
      );
      return items.filter(({ title, fragments }) =>
        [title, ...fragments.map(({ text }) => text)].some((text) => text.includes(`@${member.id}`)),
      );
    },
  });
}

const SOME = 100;

/** Changes by others in an incident after a position; `more` if these are only the first. */
export function useChangesSince(incident: string, position: number | undefined) {
  const { workspace, member } = useMe();
  return useQuery({
    queryKey: ['incident', incident, 'since', position ?? 0, 'changes'],
    queryFn: async ({ signal }): Promise<{ changes: Change[]; more: boolean }> => {
      const { items, next } = await answerOf(
        casebook.api.GET(`${WORKSPACE}/audit`, {
          params: {
            path: { workspace },
            query: { incidentId: incident, after: String(position ?? 0), limit: String(SOME) },
          },
          signal,
        }),
      );
      return { changes: items.filter(({ actor }) => actor !== member.id), more: next !== null };
    },
    enabled: position !== undefined,
  });
}
