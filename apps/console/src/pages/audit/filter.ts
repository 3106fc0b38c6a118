import { useMemo } from 'react';
import { useAddress } from '../../address/address.js';
import type { AuditFilter, EventType } from '../../data/audit.js';
import { eventWords } from '../../strings/audit.js';

/** The address parameters of a filter. */
export const FILTERS = ['member', 'incident', 'annotation', 'what', 'from', 'to'] as const;

/** The types behind a choice: one type of event, or the name of a group for all of its. */
function typesOf(what: string | undefined): readonly EventType[] {
  if (what === undefined) return [];
  const group = eventWords[what];
  if (group !== undefined) return Object.keys(group) as EventType[];
  return Object.values(eventWords)
    .flatMap((each) => Object.keys(each) as EventType[])
    .filter((type) => type === what);
}

const instant = (text: string | undefined): string | undefined =>
  text === undefined || Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();

/** The filter in the address. */
export function useFilter(): AuditFilter & { readonly isSet: boolean } {
  const { parameter } = useAddress();
  const [member, incident, annotation, what, from, to] = FILTERS.map(parameter);
  return useMemo(
    () => ({
      member,
      incident,
      annotation,
      types: typesOf(what),
      from: instant(from),
      to: instant(to),
      isSet: [member, incident, annotation, what, from, to].some((each) => each !== undefined),
    }),
    [member, incident, annotation, what, from, to],
  );
}

/** An instant in the form of a `datetime-local` input, in this browser's time zone. */
export function asLocal(text: string | undefined): string {
  const iso = instant(text);
  if (iso === undefined) return '';
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The inverse; undefined for an empty input. */
export const fromLocal = (text: string): string | undefined => instant(text === '' ? undefined : text);
