import { useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { useScrubbed } from './scrubbing.js';

/** Parameters of every address: the moment shown, and the selection. */
export interface Place {
  /** A position of the ledger or a time; absent: now. */
  readonly asOf: string | undefined;
  /** The id of the selected annotation. */
  readonly on: string | undefined;
}

const PARAMETERS = { asOf: 'asOf', on: 'on' } as const;

/** `search` with some parameters set, or removed where the value is undefined; a question mark in front unless empty. */
export function withParameters(search: string, changes: Parameters): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

type Parameters = Readonly<Record<string, string | undefined>>;

export interface Address extends Place {
  readonly path: string;
  /** Any other parameter of the address. */
  readonly parameter: (name: string) => string | undefined;
  /** Changes parameters of this address; by default without a history entry, so that Back leaves the page rather than undoing the last click. */
  readonly change: (changes: Parameters, options?: { readonly push?: boolean }) => void;
  /** The address of another page with the same moment and link mark, plus the given parameters. */
  readonly to: (path: string, parameters?: Parameters) => string;
  readonly go: (path: string, parameters?: Parameters) => void;
}

/** Reads and changes the address, which is the only place for the state of a page. */
export function useAddress(): Address {
  const [path, navigate] = useLocation();
  const search = useSearch();
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const scrubbed = useScrubbed();
  const asOf = scrubbed === null ? (parameters.get(PARAMETERS.asOf) ?? undefined) : scrubbed.moment;
  const on = parameters.get(PARAMETERS.on) ?? undefined;

  const change = useCallback<Address['change']>(
    (changes, { push = false } = {}) => {
      const { pathname, search: current } = window.location;
      navigate(`${pathname}${withParameters(current, changes)}`, { replace: !push });
    },
    [navigate],
  );
  const link = parameters.get('link') ?? undefined;
  const to = useCallback<Address['to']>(
    (target, given = {}) =>
      `${target}${withParameters('', { asOf, ...(target.startsWith('/incidents/') && { link }), ...given })}`,
    [asOf, link],
  );
  return useMemo(
    () => ({
      path,
      asOf,
      on,
      parameter: (name) => parameters.get(name) ?? undefined,
      change,
      to,
      go: (target, given) => navigate(to(target, given)),
    }),
    [path, asOf, on, parameters, change, to, navigate],
  );
}

/** The incident and document in an address: `/incidents/:incident/documents/:document`. */
export function subjectOf(path: string): { incident?: string; document?: string } {
  const [, incident, , document] = /^\/incidents\/([^/]+)(\/documents\/([^/]+))?/.exec(path) ?? [];
  return {
    ...(incident !== undefined && { incident: decodeURIComponent(incident) }),
    ...(document !== undefined && { document: decodeURIComponent(document) }),
  };
}

export const pathTo = {
  home: '/',
  incident: (incident: string, tab?: string) => `/incidents/${incident}${tab === undefined ? '' : `/${tab}`}`,
  document: (incident: string, document: string) =>
    `/incidents/${incident}/documents/${encodeURIComponent(document)}`,
  audit: '/audit',
  compare: '/compare',
  search: '/search',
  admin: '/admin',
} as const;
