import {
  aKind,
  type AnnotationKind,
  type AnnotationStatus,
  type DecidedEvent,
  type DisputeStanding,
  type FieldsOf,
  type IncidentDetails,
  type IncidentEventType,
  KINDS,
  type RecordedEvent,
  type Refusal,
  type RefusalCode,
  type RequestedChangesOf,
  REQUIRED_FIELDS,
  type SettleDispute,
  type Suggested,
} from '@casebook/contracts';
import { Map as PersistentMap } from 'immutable';
import { isDeepStrictEqual } from 'node:util';
import { merge } from './merge.js';
import { applied, clearedOf, realChanges, staleness, whole } from './revision.js';

/*
 * The rules of an incident:
 *
 * - Annotations are recorded in an open incident only; a closed one is read, or reopened.
 * - A claim stands in a document that is attached to the incident, at a quote that was proved against its text.
 * - Evidence is claims of the same incident that have not been retracted when they are named.
 * - A link ties a warning, or an earlier attack, to an attack of the same incident.
 * - A dispute points at annotations, other than itself, that have not been retracted. While it is open or reopened it may be revised, settled or
 *   withdrawn; once settled or withdrawn it may only be reopened.
 * - A comment is on an annotation or on the incident; a reply is to a comment on the same thing.
 * - Nothing is removed: a retraction says that an annotation no longer stands, and why. A retracted annotation is not revised. Only the
 *   undoing of a retraction reinstates it, as it was.
 * - A revision says whole what it changes; of a field that has parts (specificity, casualties), each part.
 * - A revision cannot clear a field that the annotation is meaningless without.
 * - An incident may be restricted to named members, open or closed. Who may see it is judged by whoever reads the state.
 * - A suggestion is computed from the annotations as they stand, and comes with the command. It is accepted or dismissed, and the latest
 *   decision holds. Accepting may raise a dispute, once.
 * - An id names one annotation for ever: recording it again changes nothing.
 * - Asking for what is already so changes nothing and records nothing, whatever revision the client has seen. Any other change
 *   with an expected revision is made at that revision only, or merged with what was changed since where that was asked for.
 * - What was erased by law is gone: an erased annotation keeps its id, its revisions and its status, and is not revised.
 */

// ---- commands ----

export type IncidentCommand =
  | { type: 'OpenIncident'; incidentId: string; fields: IncidentDetails }
  | {
      type: 'ReviseIncident';
      changes: { title?: string; summary?: string | null };
      reason?: string;
      expected?: number;
      base?: object;
    }
  | { type: 'CloseIncident'; reason?: string; expected?: number }
  | { type: 'ReopenIncident'; reason?: string; expected?: number }
  | { type: 'RestrictIncident'; members: readonly string[]; reason?: string; expected?: number }
  | { type: 'UnrestrictIncident'; reason?: string; expected?: number }
  | { type: 'AttachDocument'; documentId: string }
  | { type: 'DetachDocument'; documentId: string; reason: string }
  | {
      [K in AnnotationKind]: { type: 'RecordAnnotation'; kind: K; id: string; fields: FieldsOf[K] };
    }[AnnotationKind]
  | {
      [K in AnnotationKind]: {
        type: 'ReviseAnnotation';
        kind: K;
        id: string;
        changes: RequestedChangesOf<K>;
        reason?: string;
        expected?: number;
        base?: object;
      };
    }[AnnotationKind]
  | { type: 'RetractAnnotation'; kind: AnnotationKind; id: string; reason: string; expected?: number }
  | { type: 'SettleDispute'; id: string; resolution: SettleDispute; expected?: number }
  | { type: 'WithdrawDispute'; id: string; reason?: string; expected?: number }
  | { type: 'ReopenDispute'; id: string; reason?: string; expected?: number }
  /** Undoes a retraction. */
  | { type: 'ReinstateAnnotation'; kind: AnnotationKind; id: string; reason?: string }
  /** Undoes a settlement, a withdrawal or a reopening: the dispute stands as it did before. */
  | ({ type: 'RestoreDispute'; id: string; reason?: string } & Pick<Annotation, 'resolution'> & {
        standing: DisputeStanding;
      })
  | {
      type: 'AcceptSuggestion';
      suggestionId: string;
      /** `null`: nothing of this id is suggested, nor ever was decided. */
      suggestion: Suggested | null;
      reason?: string;
      /** What accepting it raises. */
      dispute?: { id: string; fields: FieldsOf['dispute'] };
    }
  | { type: 'DismissSuggestion'; suggestionId: string; suggestion: Suggested | null; reason: string };

/**
 * `expected`: the revision that the client has seen (`If-Match`). Absent: whatever revision there is. `base`: the fields at that
 * revision; where it is given and somebody else changed the thing since, both sides' changes are merged.
 */

// ---- state ----

export interface Annotation<K extends AnnotationKind = AnnotationKind> {
  readonly kind: K;
  readonly id: string;
  /** 1 when recorded, one more with each change. */
  readonly revision: number;
  /** `erased` exactly where `fields` is null; then `retraction` and `standing` still say what became of it. */
  readonly status: AnnotationStatus;
  /** `null` once what it said was erased by law. */
  readonly fields: FieldsOf[K] | null;
  readonly recordedBy: string;
  readonly recordedAt: string;
  readonly revisedBy: string;
  readonly revisedAt: string;
  /** Of the event that recorded it: the order of annotations. */
  readonly recordedPosition: number;
  /** Of the latest event about it. */
  readonly position: number;
  readonly retraction?: { readonly by: string; readonly at: string; readonly reason?: string };
  /** Disputes only: how it stands, whether or not it was retracted since. */
  readonly standing?: DisputeStanding;
  /** Disputes only, while settled. */
  readonly resolution?: SettleDispute & { readonly decidedBy: string; readonly decidedAt: string };
}

export interface Attachment {
  readonly documentId: string;
  readonly attachedBy: string;
  readonly attachedAt: string;
}

/** What was last decided about a suggestion. */
export interface SuggestionDecision {
  readonly id: string;
  readonly outcome: 'accepted' | 'dismissed';
  /** What was suggested; `null` once erased by law. */
  readonly suggestion: Suggested | null;
  /** What accepting it raised, also if it was dismissed since. */
  readonly disputeId?: string;
  readonly reason?: string;
  readonly by: string;
  readonly at: string;
  /** How often it was decided. */
  readonly revision: number;
  /** Of the latest decision. */
  readonly position: number;
}

/** By id. A map of immutable.js; or, in a state that is one caller's own, one that is changed in place. */
export interface Annotations extends Iterable<[id: string, annotation: Annotation]> {
  readonly size: number;
  get(id: string): Annotation | undefined;
  has(id: string): boolean;
  values(): Iterable<Annotation>;
  set(id: string, annotation: Annotation): Annotations;
}

export type IncidentState =
  | { readonly status: 'unopened' }
  | {
      readonly status: 'open' | 'closed';
      readonly id: string;
      /** `null` once erased by law. */
      readonly details: IncidentDetails | null;
      /** The members who alone may see it, in the order of their ids; left out: every member. */
      readonly restrictedTo?: readonly string[];
      /** Of title, summary, status and restriction; annotations have their own. */
      readonly revision: number;
      readonly recordedBy: string;
      readonly recordedAt: string;
      readonly revisedBy: string;
      readonly revisedAt: string;
      /** Of the latest event of the stream. */
      readonly position: number;
      readonly documents: PersistentMap<string, Attachment>;
      readonly annotations: Annotations;
      /** The suggestions that were decided about. */
      readonly suggestions: PersistentMap<string, SuggestionDecision>;
    };
export type OpenedIncident = Exclude<IncidentState, { status: 'unopened' }>;

export const initialIncident: IncidentState = { status: 'unopened' };

/** The annotation of this id, if the incident has one. */
export const annotationIn = (incident: IncidentState, id: string): Annotation | undefined =>
  incident.status === 'unopened' ? undefined : incident.annotations.get(id);

// ---- decide ----

interface Accepted {
  readonly accepted: true;
  readonly events: DecidedEvent<IncidentEventType>[];
}
interface Refused {
  readonly accepted: false;
  readonly refusal: Refusal;
}
export type IncidentDecision = Accepted | Refused;

const accept = (...events: DecidedEvent<IncidentEventType>[]): Accepted => ({ accepted: true, events });
const unchanged = (): Accepted => accept();
const refuse = (code: RefusalCode, detail: string, facts?: Refusal['facts']): Refused => ({
  accepted: false,
  refusal: { code, detail, ...(facts && { facts }) },
});
const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });

/** Decides one command. Time, ids and actor come from outside; nothing here reads a clock or makes an id. */
export function decide(command: IncidentCommand, state: IncidentState): IncidentDecision {
  if (command.type === 'OpenIncident') {
    return state.status === 'unopened'
      ? accept({ type: 'IncidentOpened', subject: command.incidentId, data: command.fields })
      : unchanged();
  }
  if (state.status === 'unopened') {
    return refuse(
      'incident-unknown',
      'There is no such incident in this workspace. GET …/incidents lists those that there are.',
    );
  }
  if (state.status === 'closed' && !IN_CLOSED_TOO.has(command.type)) {
    return refuse(
      'incident-closed',
      'The incident is closed. Reopen it (POST …/reopening) to go on working on it.',
    );
  }
  switch (command.type) {
    case 'ReviseIncident':
    case 'CloseIncident':
    case 'ReopenIncident':
    case 'RestrictIncident':
    case 'UnrestrictIncident':
      return decideAboutIncident(command, state);
    case 'AttachDocument':
      return state.documents.has(command.documentId)
        ? unchanged()
        : accept({
            type: 'DocumentAttached',
            subject: command.documentId,
            data: { documentId: command.documentId },
          });
    case 'DetachDocument':
      return detach(command, state);
    case 'RecordAnnotation': {
      const same = state.annotations.get(command.id);
      if (same !== undefined) {
        return same.kind === command.kind
          ? unchanged()
          : refuse(
              'reference-of-wrong-kind',
              `The id names ${aKind(same.kind)}; a new ${command.kind} needs a new one.`,
              {
                id: command.id,
                kind: same.kind,
              },
            );
      }
      return referenceFault(state, command.kind, command.fields) ?? accept(recorded(command));
    }
    case 'ReviseAnnotation':
      return revise(command, state);
    case 'RetractAnnotation':
    case 'SettleDispute':
    case 'WithdrawDispute':
    case 'ReopenDispute':
      return decideAboutStanding(command, state);
    case 'ReinstateAnnotation':
      return reinstate(command, state);
    case 'RestoreDispute':
      return restore(command, state);
    case 'AcceptSuggestion':
    case 'DismissSuggestion':
      return decideSuggestion(command, state);
  }
}

const IN_CLOSED_TOO: ReadonlySet<IncidentCommand['type']> = new Set([
  'CloseIncident',
  'ReopenIncident',
  'RestrictIncident',
  'UnrestrictIncident',
] as const);

/**
 * What of a revision is left to record on top of the present fields; `null`: nothing. Refuses where the client has seen
 * another revision and does not want a merge, or there is none without a conflict.
 */
function meeting<C extends object>(
  what: AnnotationKind | 'incident',
  fields: object | null,
  { changes, base }: { readonly changes: C; readonly base?: object },
  stale: Refused | null,
): { readonly changes: C } | Refused | null {
  const present = fields ?? {};
  if (stale === null || base === undefined) {
    const real = realChanges(present, whole(present, changes));
    return real === null ? null : (stale ?? { changes: real });
  }
  const merged = merge(what, base, present, changes);
  if (merged.conflicts.length > 0) return stale;
  const real = realChanges(present, merged.changes as C);
  return real && { changes: real };
}

function decideAboutIncident(
  command: Extract<
    IncidentCommand,
    {
      type: 'ReviseIncident' | 'CloseIncident' | 'ReopenIncident' | 'RestrictIncident' | 'UnrestrictIncident';
    }
  >,
  state: OpenedIncident,
): IncidentDecision {
  const stale = staleness('The incident', command.expected, state.revision);
  switch (command.type) {
    case 'ReviseIncident': {
      const met = meeting('incident', state.details, command, stale);
      if (met === null) return unchanged();
      if ('accepted' in met) return met;
      const { changes } = met;
      if (state.details === null) {
        return refuse(
          'annotation-retracted',
          'What the incident is called was erased by law, and is not revised.',
        );
      }
      const data = { changes, ...because(command.reason) };
      return accept({ type: 'IncidentRevised', subject: state.id, data });
    }
    case 'CloseIncident':
      if (state.status === 'closed') return unchanged();
      return stale ?? accept({ type: 'IncidentClosed', subject: state.id, data: because(command.reason) });
    case 'ReopenIncident':
      if (state.status === 'open') return unchanged();
      return stale ?? accept({ type: 'IncidentReopened', subject: state.id, data: because(command.reason) });
    case 'RestrictIncident': {
      const members = [...command.members].sort();
      if (isDeepStrictEqual(members, state.restrictedTo)) return unchanged();
      const data = { members, ...because(command.reason) };
      return stale ?? accept({ type: 'IncidentRestricted', subject: state.id, data });
    }
    case 'UnrestrictIncident':
      if (state.restrictedTo === undefined) return unchanged();
      return (
        stale ?? accept({ type: 'IncidentUnrestricted', subject: state.id, data: because(command.reason) })
      );
  }
}

function detach(
  command: Extract<IncidentCommand, { type: 'DetachDocument' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { documentId, reason } = command;
  if (!state.documents.has(documentId)) {
    return refuse('document-not-attached', 'The document is not attached to this incident.', { documentId });
  }
  const claims = [...state.annotations.values()]
    .filter(
      (each) =>
        isKind(each, 'claim') && each.status === 'active' && each.fields?.anchor.documentId === documentId,
    )
    .map((each) => each.id);
  return claims.length > 0
    ? refuse(
        'document-in-use',
        `${claims.length === 1 ? 'A claim stands' : `${claims.length} claims stand`} in this document. Retract what stands in it before you detach it.`,
        {
          claims: claims.slice(0, 100),
        },
      )
    : accept({ type: 'DocumentDetached', subject: documentId, data: { documentId, reason } });
}

export const isKind = <K extends AnnotationKind>(
  annotation: Annotation,
  kind: K,
): annotation is Annotation<K> => annotation.kind === kind;

const recorded = (
  command: Extract<IncidentCommand, { type: 'RecordAnnotation' }>,
): DecidedEvent<IncidentEventType> =>
  ({
    type: KINDS[command.kind].events.recorded,
    subject: command.id,
    data: command.fields,
  }) as DecidedEvent<IncidentEventType>;

function revise(
  command: Extract<IncidentCommand, { type: 'ReviseAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { kind, id, expected, reason } = command;
  const found = changeable(state, command);
  if ('accepted' in found) return found;
  const stale = staleness(`The ${kind}`, expected, found.revision);
  if (found.kind === 'dispute' && found.standing !== 'open' && found.standing !== 'reopened') {
    return (
      stale ??
      refuse('dispute-not-open', `The dispute is ${found.standing}. Reopen it before you revise it.`, {
        state: found.standing,
      })
    );
  }
  const met = meeting<object>(kind, found.fields, command, stale);
  if (met === null) return unchanged();
  if ('accepted' in met) return met;
  const { changes } = met;
  const cleared = clearedOf(changes, REQUIRED_FIELDS[kind]);
  if (cleared !== undefined) {
    return refuse(
      'field-required',
      `A ${kind} is nothing without its ${cleared}; send another, or retract it.`,
      {
        field: cleared,
        pointer: `/${cleared}`,
      },
    );
  }
  return (
    referenceFault(state, kind, changes, found) ??
    accept({
      type: KINDS[kind].events.revised,
      subject: id,
      data: { changes, ...because(reason) },
    })
  );
}

function decideAboutStanding(
  command: Extract<
    IncidentCommand,
    { type: 'RetractAnnotation' | 'SettleDispute' | 'WithdrawDispute' | 'ReopenDispute' }
  >,
  state: OpenedIncident,
): IncidentDecision {
  const { id } = command;
  if (command.type === 'RetractAnnotation') {
    const { kind, expected, reason } = command;
    const target = state.annotations.get(id);
    if (target?.kind === kind && target.retraction !== undefined) return unchanged();
    const found = changeable(state, command);
    if ('accepted' in found) return found;
    return (
      staleness(`The ${kind}`, expected, found.revision) ??
      accept({ type: KINDS[kind].events.retracted, subject: id, data: { reason } })
    );
  }

  const found = changeable(state, { id, kind: 'dispute' });
  if ('accepted' in found) return found;
  const { standing } = found;
  const stale = staleness('The dispute', command.expected, found.revision);
  switch (command.type) {
    case 'SettleDispute': {
      const { resolution } = command;
      if (found.resolution !== undefined && sameResolution(found.resolution, resolution)) return unchanged();
      if (stale !== null) return stale;
      if (standing !== 'open' && standing !== 'reopened') {
        return refuse(
          'dispute-not-open',
          `The dispute is ${standing}. Reopen it before you settle it again.`,
          { state: standing },
        );
      }
      const positions = (found as Annotation<'dispute'>).fields?.positions?.length ?? 0;
      if (resolution.prevailing !== undefined && resolution.prevailing >= positions) {
        return refuse(
          'position-unknown',
          positions === 0
            ? 'The dispute has no positions, so none can prevail. Add positions, or choose another outcome.'
            : `The dispute has ${positions} positions; prevailing counts from 0, so it is at most ${positions - 1}.`,
          { positions, pointer: '/prevailing' },
        );
      }
      return accept({ type: 'DisputeSettled', subject: id, data: resolution });
    }
    case 'WithdrawDispute':
      if (standing === 'withdrawn') return unchanged();
      if (stale !== null) return stale;
      return standing === 'resolved'
        ? refuse('dispute-not-open', 'The dispute is resolved. Only an open dispute is withdrawn.', {
            state: standing,
          })
        : accept({ type: 'DisputeWithdrawn', subject: id, data: because(command.reason) });
    case 'ReopenDispute':
      if (standing === 'reopened') return unchanged();
      if (stale !== null) return stale;
      return standing === 'open'
        ? refuse(
            'dispute-not-settled',
            'The dispute is open. Only a resolved or withdrawn one is reopened.',
            { state: standing },
          )
        : accept({ type: 'DisputeReopened', subject: id, data: because(command.reason) });
  }
}

function reinstate(
  { kind, id, reason }: Extract<IncidentCommand, { type: 'ReinstateAnnotation' }>,
  state: OpenedIncident,
): IncidentDecision {
  const found = state.annotations.get(id);
  if (found?.kind === kind && found.retraction === undefined && stands(found)) return unchanged();
  if (found?.kind !== kind || found.fields === null) return changeableFault(found, kind, id);
  const { anchor } = found.fields as Partial<FieldsOf['claim']>;
  return anchor !== undefined && !state.documents.has(anchor.documentId)
    ? refuse(
        'document-not-attached',
        'The document of the claim is no longer attached to this incident. Attach it again first.',
        { documentId: anchor.documentId },
      )
    : accept({ type: KINDS[kind].events.reinstated, subject: id, data: because(reason) });
}

function restore(
  { id, standing, resolution, reason }: Extract<IncidentCommand, { type: 'RestoreDispute' }>,
  state: OpenedIncident,
): IncidentDecision {
  const found = changeable(state, { id, kind: 'dispute' });
  if ('accepted' in found) return found;
  return found.standing === standing && isDeepStrictEqual(found.resolution, resolution)
    ? unchanged()
    : accept({
        type: 'DisputeRestored',
        subject: id,
        data: { standing, ...(resolution && { resolution }), ...because(reason) },
      });
}

function decideSuggestion(
  command: Extract<IncidentCommand, { type: 'AcceptSuggestion' | 'DismissSuggestion' }>,
  state: OpenedIncident,
): IncidentDecision {
  const { suggestionId: subject, suggestion, reason } = command;
  if (suggestion === null) {
    return refuse(
      'suggestion-unknown',
      'Nothing of this id is suggested: the annotations have changed since it was, or it never was. GET …/suggestions lists what is.',
    );
  }
  const before = state.suggestions.get(subject);
  switch (command.type) {
    case 'AcceptSuggestion': {
      if (before?.outcome === 'accepted') return unchanged();
      const data = { suggestion, ...because(reason) };
      const { dispute } = command;
      const raisesNone =
        dispute === undefined || before?.disputeId !== undefined || state.annotations.has(dispute.id);
      if (raisesNone) {
        return accept({ type: 'SuggestionAccepted', subject, data });
      }
      return (
        referenceFault(state, 'dispute', dispute.fields) ??
        accept(
          { type: 'DisputeRaised', subject: dispute.id, data: dispute.fields },
          { type: 'SuggestionAccepted', subject, data: { ...data, disputeId: dispute.id } },
        )
      );
    }
    case 'DismissSuggestion':
      return before?.outcome === 'dismissed'
        ? unchanged()
        : accept({ type: 'SuggestionDismissed', subject, data: { suggestion, reason: command.reason } });
  }
}

const sameResolution = (a: SettleDispute, b: SettleDispute): boolean =>
  a.outcome === b.outcome && a.prevailing === b.prevailing && a.reason === b.reason;

/** The annotation that a command means, if it still stands. */
function changeable(
  state: OpenedIncident,
  { kind, id }: { kind: AnnotationKind; id: string },
): Annotation | Refused {
  const found = state.annotations.get(id);
  return found?.kind === kind && stands(found) ? found : changeableFault(found, kind, id);
}

function changeableFault(found: Annotation | undefined, kind: AnnotationKind, id: string): Refused {
  return found?.kind !== kind
    ? refuse('annotation-unknown', `There is no ${kind} with this id in the incident.`, { kind, id })
    : refuse(
        'annotation-retracted',
        `The ${kind} was ${found.status}; it is kept as it was. Record a new one instead.`,
        found.retraction && { retraction: found.retraction },
      );
}

const stands = ({ status }: Annotation): boolean => status !== 'retracted' && status !== 'erased';

/** What a reference must point at; `label` is how a refusal names its place in the request. */
interface Reference {
  readonly id: string;
  readonly pointer: string;
  readonly kinds: readonly AnnotationKind[];
}

/** The ids of all annotations that an annotation points at, as it is. */
export function referencesOf(annotation: Annotation): string[] {
  if (annotation.fields === null) return [];
  const ids = referencesIn(annotation.kind, annotation.fields).map(({ id }) => id);
  if (!isKind(annotation, 'comment')) return ids;
  const { targetId, replyTo } = annotation.fields;
  return replyTo === undefined ? [targetId] : [targetId, replyTo];
}

const evidenceOf = (ids: readonly string[] | null | undefined, pointer: string): Reference[] =>
  (ids ?? []).map((id, index) => ({ id, pointer: `${pointer}/${index}`, kinds: ['claim'] }));

const DISPUTABLE: readonly AnnotationKind[] = ['claim', 'warning', 'attack', 'link', 'comment', 'dispute'];

/** Every annotation that these fields (whole, or only what changes) point at. */
function referencesIn(kind: AnnotationKind, fields: Partial<FieldsOf[AnnotationKind]>): Reference[] {
  switch (kind) {
    case 'claim':
    case 'comment':
      return [];
    case 'warning':
      return evidenceOf((fields as Partial<FieldsOf['warning']>).evidence, '/evidence');
    case 'attack': {
      const { evidence, casualties } = fields as Partial<FieldsOf['attack']>;
      return [
        ...evidenceOf(evidence, '/evidence'),
        ...evidenceOf(casualties?.killed?.evidence, '/casualties/killed/evidence'),
        ...evidenceOf(casualties?.wounded?.evidence, '/casualties/wounded/evidence'),
      ];
    }
    case 'link': {
      const { warningId, earlierAttackId, attackId, evidence } = fields as Partial<FieldsOf['link']>;
      const end = (id: string | undefined, pointer: string, wanted: AnnotationKind): Reference[] =>
        id === undefined ? [] : [{ id, pointer, kinds: [wanted] }];
      return [
        ...end(warningId, '/warningId', 'warning'),
        ...end(earlierAttackId, '/earlierAttackId', 'attack'),
        ...end(attackId, '/attackId', 'attack'),
        ...evidenceOf(evidence, '/evidence'),
      ];
    }
    case 'dispute': {
      const { targets, positions } = fields as Partial<FieldsOf['dispute']>;
      return [
        ...(targets ?? []).map((id, index) => ({ id, pointer: `/targets/${index}`, kinds: DISPUTABLE })),
        ...(positions ?? []).flatMap(({ evidence }, index) =>
          evidenceOf(evidence, `/positions/${index}/evidence`),
        ),
      ];
    }
  }
}

/**
 * Refuses fields that point at what is not there. In a revision (`before` given) only references that it adds are checked: a
 * reference that was good when it was made stays, even if its claim was retracted since.
 */
function referenceFault(
  state: OpenedIncident,
  kind: AnnotationKind,
  fields: Partial<FieldsOf[AnnotationKind]>,
  before?: Annotation,
): Refused | null {
  const known = new Set(before?.fields == null ? [] : referencesIn(kind, before.fields).map(({ id }) => id));

  for (const { id, pointer, kinds } of referencesIn(kind, fields)) {
    if (known.has(id)) continue;
    if (id === before?.id) {
      return refuse('reference-of-wrong-kind', `${pointer} names the ${kind} itself.`, { id, pointer, kind });
    }
    const target = state.annotations.get(id);
    if (target === undefined) {
      return refuse('reference-unknown', `${pointer} names no annotation of this incident.`, {
        id,
        pointer,
      });
    }
    if (!kinds.includes(target.kind)) {
      return refuse(
        'reference-of-wrong-kind',
        `${pointer} must name ${kinds.map(aKind).join(' or ')}; this is ${aKind(target.kind)}.`,
        {
          id,
          pointer,
          kind: target.kind,
        },
      );
    }
    if (!stands(target)) {
      return refuse(
        'reference-retracted',
        `${pointer} names ${aKind(target.kind)} that was ${target.status}.`,
        {
          id,
          pointer,
        },
      );
    }
  }

  if (kind === 'claim') {
    const anchor = (fields as Partial<FieldsOf['claim']>).anchor;
    if (anchor !== undefined && !state.documents.has(anchor.documentId)) {
      return refuse(
        'document-not-attached',
        'The document is not attached to this incident. Attach it first: POST …/documents of the incident.',
        {
          documentId: anchor.documentId,
          pointer: '/anchor/documentId',
        },
      );
    }
  }
  if (kind === 'comment' && before === undefined) return commentFault(state, fields as FieldsOf['comment']);
  return null;
}

function commentFault(state: OpenedIncident, fields: FieldsOf['comment']): Refused | null {
  const { targetId, replyTo } = fields;
  if (targetId !== state.id && !state.annotations.has(targetId)) {
    return refuse(
      'reference-unknown',
      '/targetId names neither an annotation of this incident nor the incident.',
      {
        id: targetId,
        pointer: '/targetId',
      },
    );
  }
  if (replyTo === undefined) return null;
  const parent = state.annotations.get(replyTo);
  if (parent === undefined || !isKind(parent, 'comment')) {
    return refuse('reference-unknown', '/replyTo names no comment of this incident.', {
      id: replyTo,
      pointer: '/replyTo',
    });
  }
  return parent.fields !== null && parent.fields.targetId !== targetId
    ? refuse('reference-of-wrong-kind', '/replyTo names a comment on something else than /targetId.', {
        id: replyTo,
        pointer: '/replyTo',
      })
    : null;
}

// ---- evolve ----

/** What the event makes of the state. Total: whatever is in the ledger can be folded, erased payloads included. */
export function evolve(state: IncidentState, event: RecordedEvent<IncidentEventType>): IncidentState {
  if (state.status === 'unopened') {
    return {
      status: 'open',
      id: event.subject,
      details: event.type === 'IncidentOpened' ? event.data : null,
      revision: 1,
      recordedBy: event.actor,
      recordedAt: event.at,
      revisedBy: event.actor,
      revisedAt: event.at,
      position: event.position,
      documents: PersistentMap(),
      annotations: PersistentMap(),
      suggestions: PersistentMap(),
    };
  }
  const next = { ...state, position: event.position };
  switch (event.type) {
    case 'IncidentOpened':
      return next;
    case 'IncidentRevised':
      return incidentRevised(next, event, {
        details: state.details && applied(state.details, event.data?.changes),
      });
    case 'IncidentClosed':
      return incidentRevised(next, event, { status: 'closed' });
    case 'IncidentReopened':
      return incidentRevised(next, event, { status: 'open' });
    case 'IncidentRestricted':
      // An erased restriction names nobody any more, so it lets in nobody but those who oversee.
      return incidentRevised(next, event, { restrictedTo: event.data?.members ?? [] });
    case 'IncidentUnrestricted':
      return incidentRevised(next, event, { restrictedTo: undefined });
    case 'DocumentAttached':
      return {
        ...next,
        documents: state.documents.set(event.subject, {
          documentId: event.subject,
          attachedBy: event.actor,
          attachedAt: event.at,
        }),
      };
    case 'DocumentDetached':
      return { ...next, documents: state.documents.delete(event.subject) };

    case 'ClaimTagged':
      return born(next, event, 'claim', event.data);
    case 'WarningRecorded':
      return born(next, event, 'warning', event.data);
    case 'AttackRecorded':
      return born(next, event, 'attack', event.data);
    case 'WarningLinked':
      return born(next, event, 'link', event.data);
    case 'DisputeRaised':
      return born(next, event, 'dispute', event.data);
    case 'CommentMade':
      return born(next, event, 'comment', event.data);

    case 'ClaimRevised':
    case 'WarningRevised':
    case 'AttackRevised':
    case 'LinkRevised':
    case 'DisputeRevised':
    case 'CommentRevised':
      return changed(next, event, (annotation) => ({
        fields: annotation.fields && applied(annotation.fields, event.data?.changes),
      }));

    case 'ClaimRetracted':
    case 'WarningRetracted':
    case 'AttackRetracted':
    case 'LinkRetracted':
    case 'DisputeRetracted':
    case 'CommentRetracted':
      return changed(next, event, () => ({
        status: 'retracted',
        retraction: { by: event.actor, at: event.at, ...because(event.data?.reason) },
      }));

    case 'ClaimReinstated':
    case 'WarningReinstated':
    case 'AttackReinstated':
    case 'LinkReinstated':
    case 'DisputeReinstated':
    case 'CommentReinstated':
      return changed(next, event, ({ standing }) => ({
        status: standing ?? 'active',
        retraction: undefined,
      }));

    case 'DisputeRestored':
      return changed(next, event, ({ status, standing, resolution }) =>
        event.data === null
          ? { status, standing, resolution }
          : {
              status: event.data.standing,
              standing: event.data.standing,
              resolution: event.data.resolution,
            },
      );

    case 'DisputeSettled':
      return changed(next, event, () => ({
        status: 'resolved',
        standing: 'resolved',
        resolution: event.data ? { ...event.data, decidedBy: event.actor, decidedAt: event.at } : undefined,
      }));
    case 'DisputeWithdrawn':
      return changed(next, event, () => ({ status: 'withdrawn', standing: 'withdrawn' }));
    case 'DisputeReopened':
      return changed(next, event, () => ({
        status: 'reopened',
        standing: 'reopened',
        resolution: undefined,
      }));

    case 'SuggestionAccepted':
    case 'SuggestionDismissed':
      return { ...next, suggestions: withDecision(next.suggestions, event) };
  }
}

function incidentRevised(
  next: OpenedIncident,
  event: RecordedEvent,
  change: Partial<OpenedIncident>,
): OpenedIncident {
  return { ...next, ...change, revision: next.revision + 1, revisedBy: event.actor, revisedAt: event.at };
}

/** The decisions about suggestions after one more: all of an incident's that there are follow from its events of these two types. */
export function withDecision(
  decisions: OpenedIncident['suggestions'],
  event: RecordedEvent<'SuggestionAccepted' | 'SuggestionDismissed'>,
): OpenedIncident['suggestions'] {
  const before = decisions.get(event.subject);
  const raised = event.type === 'SuggestionAccepted' ? event.data?.disputeId : undefined;
  const disputeId = raised ?? before?.disputeId;
  return decisions.set(event.subject, {
    id: event.subject,
    outcome: event.type === 'SuggestionAccepted' ? 'accepted' : 'dismissed',
    suggestion: event.data?.suggestion ?? null,
    ...(disputeId !== undefined && { disputeId }),
    ...because(event.data?.reason),
    by: event.actor,
    at: event.at,
    revision: (before?.revision ?? 0) + 1,
    position: event.position,
  });
}

function born<K extends AnnotationKind>(
  next: OpenedIncident,
  event: RecordedEvent,
  kind: K,
  fields: FieldsOf[K] | null,
): OpenedIncident {
  const isDispute = kind === 'dispute';
  const annotation: Annotation<K> = {
    kind,
    id: event.subject,
    revision: 1,
    status: fields === null ? 'erased' : isDispute ? 'open' : 'active',
    fields,
    recordedBy: event.actor,
    recordedAt: event.at,
    revisedBy: event.actor,
    revisedAt: event.at,
    recordedPosition: event.position,
    position: event.position,
    ...(isDispute && { standing: 'open' }),
  };
  return { ...next, annotations: next.annotations.set(annotation.id, annotation) };
}

function changed(
  next: OpenedIncident,
  event: RecordedEvent,
  change: (annotation: Annotation) => Partial<Annotation>,
): OpenedIncident {
  const before = next.annotations.get(event.subject);
  if (before === undefined) return next;
  const after: Annotation = {
    ...before,
    ...change(before),
    ...(before.fields === null && { status: 'erased' }),
    revision: before.revision + 1,
    revisedBy: event.actor,
    revisedAt: event.at,
    position: event.position,
  };
  return { ...next, annotations: next.annotations.set(after.id, after) };
}
