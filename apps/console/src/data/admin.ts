import { answerOf, type components } from '@casebook/client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useMe } from './session.js';

const WORKSPACE = '/v1/workspaces/{workspace}';
type Schemas = components['schemas'];
export type Projection = Schemas['Projection'];
export type Token = Schemas['Token'];
export type LedgerEvent = Schemas['LedgerEvent'];

const at = (asOf: string | undefined) => (asOf === undefined ? {} : { asOf });

/** The members as of the moment of the address; `useMembers` has the current ones, for their names. */
export function useMemberList() {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useInfiniteQuery({
    queryKey: ['members', 'list', asOf ?? 'now'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/members`, {
          params: { path: { workspace }, query: { ...at(asOf), limit: '500', cursor: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

export function useTokens(member: string) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['members', member, 'tokens', asOf ?? 'now'],
    queryFn: () =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/members/{member}/tokens`, {
          params: { path: { workspace, member }, query: at(asOf) },
        }),
      ).then(({ items }) => items),
  });
}

export function useSettings() {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['settings', asOf ?? 'now'],
    queryFn: () =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/settings`, { params: { path: { workspace }, query: at(asOf) } }),
      ),
  });
}

export function useRefusals(enabled: boolean) {
  const { workspace } = useMe();
  return useInfiniteQuery({
    queryKey: ['refusals', 'now'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        casebook.api.GET(`${WORKSPACE}/refusals`, {
          params: { path: { workspace }, query: { cursor: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled,
  });
}

/** The polling interval of a running rebuild. */
const LOOK_MS = 700;

export function useProjections(enabled: boolean) {
  return useQuery({
    queryKey: ['projections', 'now'],
    queryFn: () => answerOf(casebook.api.GET('/v1/admin/projections')),
    refetchInterval: ({ state }) =>
      state.data?.items.some(({ rebuild }) => rebuild?.status === 'building') === true ? LOOK_MS : false,
    enabled,
  });
}

/** Every event about a subject, or those at some positions; reports its progress. */
export async function eventsAbout(
  workspace: string,
  what: { readonly subject: string } | { readonly positions: readonly number[] },
  tell: (read: number) => void,
): Promise<LedgerEvent[]> {
  const page = (query: { readonly after: string; readonly limit: string }) =>
    answerOf(casebook.api.GET(`${WORKSPACE}/events`, { params: { path: { workspace }, query } }));
  const found: LedgerEvent[] = [];
  if ('positions' in what) {
    for (const position of what.positions) {
      const { items } = await page({ after: String(position - 1), limit: '1' });
      found.push(...items.filter((event) => event.position === position));
    }
    return found;
  }
  let after: string | null = '0';
  while (after !== null) {
    const { items, next }: Schemas['EventPage'] = await page({ after, limit: '500' });
    found.push(...items.filter(({ subject }) => subject === what.subject));
    tell(items.at(-1)?.position ?? 0);
    after = next;
  }
  return found;
}
