import type { Annotation, NewAnnotation, RevisedAnnotation } from '../../../data/types.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';

/* The fields of the forms for warnings, attacks, links and disputes, in order: one table instead of four forms. */

/** How a field is entered; its value is that of the API. */
export type FieldKind =
  | 'prose'
  | 'text'
  | 'list'
  | 'date'
  | 'specificity'
  | 'place'
  | 'tolls'
  | 'evidence'
  | 'targets'
  | 'positions'
  | 'member'
  | { readonly choice: Readonly<Record<string, string>> };

export interface FormField {
  readonly name: string;
  readonly kind: FieldKind;
  readonly hint?: string;
}

/** The kinds that can be recorded on the incident's pages. */
export type FormKind = 'warning' | 'attack' | 'link' | 'dispute';

/** The API's values by field; a missing field is empty. */
export type Values = Readonly<Record<string, unknown>>;

const { hints } = strings.form;

export const FORMS: Readonly<Record<FormKind, readonly FormField[]>> = {
  warning: [
    { name: 'summary', kind: 'prose', hint: hints.warning },
    { name: 'issuedBy', kind: 'text' },
    { name: 'issuedTo', kind: 'list' },
    { name: 'issuedAt', kind: 'date' },
    { name: 'window', kind: 'date', hint: hints.window },
    { name: 'specificity', kind: 'specificity' },
    { name: 'threatActor', kind: 'text' },
    { name: 'channel', kind: 'text' },
    { name: 'targets', kind: 'list' },
    { name: 'method', kind: 'list' },
    { name: 'disclosed', kind: { choice: words.disclosed } },
    { name: 'evidence', kind: 'evidence' },
  ],
  attack: [
    { name: 'summary', kind: 'prose', hint: hints.attack },
    { name: 'occurredAt', kind: 'date' },
    { name: 'eventType', kind: { choice: words.eventType } },
    { name: 'place', kind: 'place' },
    { name: 'actors', kind: 'list' },
    { name: 'claimedBy', kind: 'text' },
    { name: 'weapons', kind: 'list' },
    { name: 'casualties', kind: 'tolls' },
    { name: 'evidence', kind: 'evidence' },
  ],
  link: [
    { name: 'relation', kind: { choice: words.relation } },
    { name: 'assessment', kind: { choice: words.assessment }, hint: hints.assessment },
    { name: 'confidence', kind: { choice: words.confidence }, hint: hints.confidence },
    { name: 'grounds', kind: 'prose', hint: hints.grounds },
    { name: 'evidence', kind: 'evidence' },
  ],
  dispute: [
    { name: 'question', kind: 'prose', hint: hints.question },
    { name: 'targets', kind: 'targets' },
    { name: 'positions', kind: 'positions' },
    { name: 'grounds', kind: 'prose' },
    { name: 'owner', kind: 'member' },
  ],
};

/** A value without empty parts, at any depth; undefined if nothing is left. */
export function filled(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) {
    const items = value.map(filled).filter((each) => each !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const parts = Object.entries(value)
    .map(([name, part]) => [name, filled(part)] as const)
    .filter(([, part]) => part !== undefined);
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}

/** The form's fields of an annotation. */
export const valuesOf = (kind: FormKind, annotation: Annotation): Values => {
  const fields = annotation as unknown as Values;
  return Object.fromEntries(FORMS[kind].map(({ name }) => [name, fields[name]]));
};

/** The body of a new annotation; `fixed` are fields that the form does not show, such as a link's ends. */
export const bodyOf = <K extends FormKind>(values: Values, fixed: Values = {}): NewAnnotation[K] =>
  (filled({ ...values, ...fixed }) ?? {}) as NewAnnotation[K];

/** The body of a revision: the changed fields, null for an emptied one. */
export function changesBetween<K extends FormKind>(before: Values, after: Values): RevisedAnnotation[K] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter(
    (name) => JSON.stringify(filled(before[name])) !== JSON.stringify(filled(after[name])),
  );
  return Object.fromEntries(
    changed.map((name) => [name, withNulls(filled(before[name]), filled(after[name])) ?? null]),
  );
}

/** Fields whose parts are revised one by one: an emptied part is sent as null, otherwise it would stay. */
const PARTED = ['when', 'where', 'who', 'how', 'killed', 'wounded'];

function withNulls(before: unknown, after: unknown): unknown {
  if (!isRecord(before) || !isRecord(after)) return after;
  const emptied = PARTED.filter((part) => part in before && !(part in after));
  return { ...after, ...Object.fromEntries(emptied.map((part) => [part, null])) };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The place of a fault in an EDTF text, in characters from 0, parsed from the service's message. */
export function faultPlace(detail: string): number | undefined {
  const [, at, after] = /at character (\d+)|after character (\d+)/.exec(detail) ?? [];
  if (at !== undefined) return Number(at) - 1;
  return after === undefined ? undefined : Number(after);
}
