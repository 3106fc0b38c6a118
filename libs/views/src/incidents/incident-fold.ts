import {
  type AnnotationKind,
  annotationKind,
  decodeEvent,
  type IncidentEventType,
  type RecordedEvent,
} from '@casebook/contracts';
import {
  type Annotation,
  annotationIn,
  evolve,
  initialIncident,
  type OpenedIncident,
} from '@casebook/incident';
import type { StreamFold } from '@casebook/ledger';
import { Map as PersistentMap } from 'immutable';

/** The number of active annotations of each kind: retracted and erased ones are left out. */
export type Counts = Readonly<Record<AnnotationKind, number>>;

/**
 * An incident with the counts and tags that lists show. Maintained event by event, since counting would make
 * every commit pay for the size of its incident.
 */
export type CountedIncident =
  | { readonly status: 'unopened' }
  | (OpenedIncident & {
      readonly counts: Counts;
      /** The number of active claims per tag; tags without claims are absent. */
      readonly tags: PersistentMap<string, number>;
    });

const NONE = Object.fromEntries(annotationKind.options.map((kind) => [kind, 0])) as Record<
  AnnotationKind,
  number
>;

export const isStanding = (annotation: Annotation | undefined): annotation is Annotation =>
  annotation !== undefined && annotation.status !== 'retracted' && annotation.status !== 'erased';

/** The tags that find a claim: none once it is retracted. */
export const tagsInUse = (annotation: Annotation | undefined): readonly string[] =>
  isStanding(annotation) && annotation.kind === 'claim'
    ? ((annotation as Annotation<'claim'>).fields?.tags ?? [])
    : [];

/** An incident's fold, used to decide commands, to render views and to answer as-of reads. */
export const incidentFold: StreamFold<CountedIncident> = {
  name: 'incident',
  initial: initialIncident as { status: 'unopened' },
  evolve(before, stored) {
    const event = decodeEvent(stored) as RecordedEvent<IncidentEventType>;
    const { counts = NONE, tags = PersistentMap<string, number>() } =
      before.status === 'unopened' ? {} : before;
    // Read before the event is applied: a state with a single owner may change its annotations in place.
    const was = annotationIn(before, event.subject);
    const after = evolve(before, event);
    if (after.status === 'unopened') return after;
    const is = after.annotations.get(event.subject);
    return was === is
      ? { ...after, counts, tags }
      : { ...after, counts: recounted(counts, was, is), tags: retagged(tags, tagsInUse(was), tagsInUse(is)) };
  },
  own: (state) =>
    state.status === 'unopened'
      ? state
      : {
          ...state,
          documents: state.documents.asMutable(),
          annotations: new Map(state.annotations),
          suggestions: state.suggestions.asMutable(),
          tags: state.tags.asMutable(),
        },
};

function recounted(counts: Counts, was: Annotation | undefined, is: Annotation | undefined): Counts {
  const kind = (is ?? was)?.kind;
  const change = Number(isStanding(is)) - Number(isStanding(was));
  return kind === undefined || change === 0 ? counts : { ...counts, [kind]: counts[kind] + change };
}

function retagged(
  tags: PersistentMap<string, number>,
  was: readonly string[],
  is: readonly string[],
): PersistentMap<string, number> {
  if (was === is) return tags;
  return tags.withMutations((next) => {
    // Not `update`, which ignores the key __proto__.
    for (const tag of is) next.set(tag, (next.get(tag) ?? 0) + 1);
    for (const tag of was) {
      const count = (next.get(tag) ?? 0) - 1;
      if (count > 0) next.set(tag, count);
      else next.delete(tag);
    }
  });
}
