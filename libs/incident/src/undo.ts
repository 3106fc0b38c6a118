import {
  ANNOTATION_EVENTS,
  type AnnotationEventType,
  type AnnotationKind,
  type ChangeView,
  type DecidedEvent,
  type DisputeStanding,
  type IncidentEventType,
  isAnnotationEvent,
  type RecordedEvent,
  type RevisedPayload,
  type UndoConflict,
} from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';
import { describeChange } from './changes.js';
import {
  type Annotation,
  annotationIn,
  decide,
  evolve,
  type IncidentCommand,
  type IncidentState,
  type OpenedIncident,
  referencesOf,
} from './incident/index.js';
import { asRequested } from './revision.js';

/*
 * The rules of undoing:
 *
 * - A further event restores what the undone event changed; both stay in the history. An undo can itself be undone.
 * - A change is undone only if it is still as the event left it. Otherwise there is a conflict with a code.
 * - Several events are undone from the last to the first, each on the state that the previous undo left.
 * - A retraction undoes a recording, unless the annotation changed since or a current annotation refers to it.
 * - An undo obeys the rules of the incident like any command: in a closed incident only the closing can be undone.
 * - The opening of an incident, its restriction, and decisions about suggestions cannot be undone.
 */

/** The effect of an event, as an undo needs it. It follows from the history alone, so it never changes. */
export interface RecordedChange {
  readonly position: number;
  readonly type: IncidentEventType;
  readonly actor: string;
  readonly at: string;
  readonly subject: string;
  readonly effect: Effect;
}

type Effect =
  | { readonly is: 'recording'; readonly kind: AnnotationKind; readonly fields: Fields }
  | {
      readonly is: 'revision';
      /** `undefined` for the incident itself. */
      readonly kind: AnnotationKind | undefined;
      readonly before: Fields;
      readonly left: Fields;
    }
  | { readonly is: 'retraction' | 'reinstatement'; readonly kind: AnnotationKind }
  | { readonly is: 'standing'; readonly before: DisputeState; readonly left: DisputeState }
  | { readonly is: 'attachment' | 'detachment' | 'closure' | 'reopening' }
  | { readonly is: 'final'; readonly why: string };

/** `null` for an absent field. */
type Fields = Readonly<Record<string, unknown>>;
interface DisputeState {
  readonly standing: DisputeStanding;
  readonly resolution: Annotation['resolution'];
}

/** The effect of the event on the state before it. */
export function recordedChangeOf(
  event: RecordedEvent<IncidentEventType>,
  before: IncidentState,
): RecordedChange {
  const { position, type, actor, at, subject } = event;
  return { position, type, actor, at, subject, effect: effectOf(event, before) };
}

const final = (why: string): Effect => ({ is: 'final', why });

function effectOf(event: RecordedEvent<IncidentEventType>, before: IncidentState): Effect {
  if (event.data === null) return final('Its payload was erased by law.');
  if (isAnnotationEvent(event)) return annotationEffect(event, before);
  switch (event.type) {
    case 'IncidentOpened':
      return final('An opened incident stays; close it instead.');
    case 'IncidentRestricted':
    case 'IncidentUnrestricted':
      return final('A restriction cannot be undone; restrict the incident or open it to all again.');
    case 'SuggestionAccepted':
    case 'SuggestionDismissed':
      return final('A decision about a suggestion cannot be undone; decide again.');
    case 'IncidentRevised':
      return revision(undefined, before.status === 'unopened' ? null : before.details, event.data.changes);
    case 'IncidentClosed':
      return { is: 'closure' };
    case 'IncidentReopened':
      return { is: 'reopening' };
    case 'DocumentAttached':
      return { is: 'attachment' };
    case 'DocumentDetached':
      return { is: 'detachment' };
  }
}

function annotationEffect(event: RecordedEvent<AnnotationEventType>, before: IncidentState): Effect {
  const { kind, change } = ANNOTATION_EVENTS[event.type];
  const annotation = annotationIn(before, event.subject);
  switch (change) {
    case 'recorded':
      return { is: 'recording', kind, fields: event.data as unknown as Fields };
    case 'revised':
      return revision(kind, annotation?.fields ?? null, (event.data as RevisedPayload<object>).changes);
    case 'retracted':
      return { is: 'retraction', kind };
    case 'reinstated':
      return { is: 'reinstatement', kind };
    case 'settled':
    case 'withdrawn':
    case 'reopened':
    case 'restored': {
      const left = annotationIn(evolve(before, event), event.subject);
      return { is: 'standing', before: standingOf(annotation), left: standingOf(left) };
    }
  }
}

const standingOf = (annotation: Annotation | undefined): DisputeState => ({
  standing: annotation?.standing ?? 'open',
  resolution: annotation?.resolution,
});

function revision(kind: AnnotationKind | undefined, before: object | null, changes: object): Effect {
  if (before === null) return final('The thing that it changed was erased by law.');
  const was = before as Fields;
  return {
    is: 'revision',
    kind,
    before: Object.fromEntries(Object.keys(changes).map((field) => [field, was[field] ?? null])),
    left: changes as Fields,
  };
}

/** The actor and time of an undo, and the position of its first compensating event. */
export interface Undoer {
  readonly actor: string;
  readonly at: string;
  readonly position: number;
  readonly reason: string;
}

/** The result of an undo. */
export interface Undoing<T extends IncidentEventType | 'DocumentDescribed' = IncidentEventType> {
  /** The compensating events in the order of recording, each with the event that it undoes. */
  readonly steps: readonly {
    readonly undoes: number;
    readonly event: DecidedEvent<T>;
    readonly change: ChangeView;
  }[];
  /** Events with nothing left to undo. */
  readonly already: readonly number[];
  readonly conflicts: readonly UndoConflict[];
}

/** Whether the event, and so its undo, requires permission to adjudicate. */
export const isAdjudication = ({ effect: { is } }: RecordedChange): boolean =>
  is === 'standing' || is === 'closure' || is === 'reopening';

/** Undoes recorded changes on the current incident. Pure: time, position and actor are inputs. */
export function undo(changes: readonly RecordedChange[], state: IncidentState, undoer: Undoer): Undoing {
  const steps: Undoing['steps'][number][] = [];
  const already: number[] = [];
  const conflicts: UndoConflict[] = [];
  const referrers = new Referrers();
  let working = state;
  for (const original of [...changes].sort((a, b) => b.position - a.position)) {
    const found: Compensation =
      working.status === 'unopened'
        ? conflict('event-unknown', 'There is no such event in this workspace.')
        : compensation(original, working, undoer.reason, referrers);
    if (found === 'nothing') {
      already.push(original.position);
      continue;
    }
    if ('code' in found) {
      conflicts.push({ position: original.position, ...found });
      continue;
    }
    const decision = decide(found, working);
    if (!decision.accepted) {
      const { code, detail } = decision.refusal;
      conflicts.push({ position: original.position, code, detail });
      continue;
    }
    if (decision.events.length === 0) already.push(original.position);
    for (const event of decision.events) {
      const position = undoer.position + steps.length;
      const recorded = {
        ...event,
        position,
        version: position,
        actor: undoer.actor,
        at: undoer.at,
      } as RecordedEvent<IncidentEventType>;
      steps.push({ undoes: original.position, event, change: describeChange(recorded, working) });
      const before = working;
      working = evolve(working, recorded);
      referrers.follow(before, working, event.subject);
    }
  }
  return { steps, already: already.sort((a, b) => a - b), conflicts: conflicts.reverse() };
}

type Compensation = IncidentCommand | Omit<UndoConflict, 'position'> | 'nothing';

const conflict = (
  code: string,
  detail: string,
  more: Pick<UndoConflict, 'fields' | 'referredToBy'> = {},
): Omit<UndoConflict, 'position'> => ({ code, detail, ...more });

/** The command that undoes the change in this state. */
function compensation(
  { subject: id, effect, actor, at }: RecordedChange,
  state: OpenedIncident,
  reason: string,
  referrers: Referrers,
): Compensation {
  const annotation = state.annotations.get(id);
  const changed = (what: string) =>
    conflict('changed-since', `${what} since, so the undo would overwrite that.`);
  switch (effect.is) {
    case 'final':
      return conflict('not-undoable', effect.why);
    case 'recording': {
      if (annotation === undefined || annotation.retraction !== undefined) return 'nothing';
      const fields = changedSince(effect.fields, annotation.fields ?? {});
      if (fields.length > 0) return conflict('changed-since', namedFields(fields), { fields });
      if (annotation.standing !== undefined && annotation.standing !== 'open') {
        return changed(`The dispute was ${annotation.standing}`);
      }
      return retraction(annotation, state, reason, referrers);
    }
    case 'reinstatement':
      // References to it existed before it was reinstated, or were allowed to.
      return annotation === undefined || annotation.retraction !== undefined
        ? 'nothing'
        : { type: 'RetractAnnotation', kind: effect.kind, id, reason };
    case 'retraction':
      if (annotation?.retraction === undefined) return 'nothing';
      return annotation.retraction.by === actor && annotation.retraction.at === at
        ? { type: 'ReinstateAnnotation', kind: effect.kind, id, reason }
        : changed(`The ${effect.kind} was reinstated and retracted again`);
    case 'revision': {
      const present: object | null | undefined =
        effect.kind === undefined ? state.details : annotation?.fields;
      if (present === null || present === undefined) return conflict('not-undoable', 'It was erased by law.');
      const now = present as Fields;
      const open = Object.keys(effect.left).filter(
        (field) => !isDeepStrictEqual(now[field] ?? null, effect.before[field] ?? null),
      );
      if (open.length === 0) return 'nothing';
      const fields = open
        .filter((field) => !isDeepStrictEqual(now[field] ?? null, effect.left[field] ?? null))
        .map((field) => ({ field, left: effect.left[field] ?? null, now: now[field] ?? null }));
      if (fields.length > 0) return conflict('changed-since', namedFields(fields), { fields });
      const changes = asRequested(Object.fromEntries(open.map((field) => [field, effect.before[field]])));
      return effect.kind === undefined
        ? { type: 'ReviseIncident', changes, reason }
        : ({
            type: 'ReviseAnnotation',
            kind: effect.kind,
            id,
            changes,
            reason,
          } as unknown as IncidentCommand);
    }
    case 'standing': {
      const now = standingOf(annotation);
      if (isDeepStrictEqual(now, effect.before)) return 'nothing';
      return isDeepStrictEqual(now, effect.left)
        ? { type: 'RestoreDispute', id, ...effect.before, reason }
        : changed(`The dispute was ${now.standing}`);
    }
    case 'attachment': {
      const attachment = state.documents.get(id);
      if (attachment === undefined) return 'nothing';
      return attachment.attachedBy === actor && attachment.attachedAt === at
        ? { type: 'DetachDocument', documentId: id, reason }
        : changed('The document was detached and attached again');
    }
    case 'detachment':
      return state.documents.has(id) ? 'nothing' : { type: 'AttachDocument', documentId: id, reason };
    case 'closure':
      return state.status === 'open' ? 'nothing' : { type: 'ReopenIncident', reason };
    case 'reopening':
      return state.status === 'closed' ? 'nothing' : { type: 'CloseIncident', reason };
  }
}

function retraction(
  { id, kind }: Annotation,
  state: OpenedIncident,
  reason: string,
  referrers: Referrers,
): Compensation {
  const referredToBy = referrers.of(state, id);
  return referredToBy.length > 0
    ? conflict(
        'referred-to',
        `${referredToBy.length === 1 ? 'An annotation refers' : `${referredToBy.length} annotations refer`} to the ${kind}; undo or retract ${referredToBy.length === 1 ? 'it' : 'them'} first.`,
        { referredToBy: referredToBy.slice(0, 100) },
      )
    : { type: 'RetractAnnotation', kind, id, reason };
}

function changedSince(left: Fields, now: object): { field: string; left: unknown; now: unknown }[] {
  const present = now as Fields;
  return Object.keys({ ...left, ...present })
    .filter((field) => !isDeepStrictEqual(left[field] ?? null, present[field] ?? null))
    .map((field) => ({ field, left: left[field] ?? null, now: present[field] ?? null }));
}

const namedFields = (fields: readonly { readonly field: string }[]): string =>
  `${fields.map(({ field }) => field).join(', ')} ${fields.length === 1 ? 'was' : 'were'} changed since, so the undo would overwrite that.`;

/** The current annotations that refer to an annotation; counted once, then updated. */
class Referrers {
  private to: Map<string, Set<string>> | null = null;

  of(state: OpenedIncident, id: string): string[] {
    if (this.to === null) {
      this.to = new Map();
      for (const annotation of state.annotations.values()) this.put(annotation, 'add');
    }
    return [...(this.to.get(id) ?? [])];
  }

  follow(before: IncidentState, after: IncidentState, id: string): void {
    if (this.to === null || before.status === 'unopened' || after.status === 'unopened') return;
    this.put(before.annotations.get(id), 'delete');
    this.put(after.annotations.get(id), 'add');
  }

  private put(annotation: Annotation | undefined, what: 'add' | 'delete'): void {
    if (annotation === undefined || annotation.retraction !== undefined) return;
    for (const target of referencesOf(annotation)) {
      const set = this.to?.get(target) ?? new Set();
      set[what](annotation.id);
      this.to?.set(target, set);
    }
  }
}
