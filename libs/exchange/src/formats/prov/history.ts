import { type ChangeView, isAnnotationEventType, ANNOTATION_EVENTS } from '@casebook/contracts';
import { sha256 } from '@casebook/ledger';

/** The effect of an event on one thing in terms of provenance: it made a revision of the thing from the previous one. */
export interface Step {
  readonly position: number;
  readonly at: string;
  readonly actor: string;
  readonly type: string;
  /** Its subject: an annotation or the incident itself; `undefined` if the subject has no revisions. */
  readonly thing?: { readonly id: string; readonly kind: string; readonly revision: number };
  /** The event it undoes: the previous one, whose changes it reverts. */
  readonly undoes?: number;
  /** The documents it quotes. */
  readonly quotes: readonly string[];
  /** Its author elsewhere, according to its source. */
  readonly author?: { readonly id?: string; readonly name?: string };
}

/** The change of the last event about a thing, as a digest of the replaced fields. */
interface Last {
  readonly revision: number;
  readonly position: number;
  readonly type: string;
  readonly replaced: string;
}

const digest = (fields: ChangeView['changes'], side: 'before' | 'after'): string =>
  sha256(
    JSON.stringify(
      fields.map((each) => [each.field, each[side]]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ),
  ).toString('base64');

/** The event type that undoes each of these. */
const TAKES_BACK: Readonly<Record<string, readonly string[]>> = {
  reinstated: ['retracted'],
  restored: ['settled', 'withdrawn', 'reopened'],
  reopened: ['settled', 'withdrawn'],
};

/** Turns the changes of an incident, in order, into steps. Keeps one digest per annotation. */
export class HistorySteps {
  private readonly last = new Map<string, Last>();

  constructor(private readonly incidentId: string) {}

  step(change: ChangeView): Step {
    const { position, at, actor, type, annotationId, changes } = change;
    const common = { position, at, actor, type, ...saidIn(changes) };
    const id = annotationId ?? (type.startsWith('Incident') ? this.incidentId : null);
    if (id === null) return common;
    const last = this.last.get(id);
    const revision = (last?.revision ?? 0) + 1;
    const undone = last !== undefined && takesBack(last, change) ? last.position : undefined;
    this.last.set(id, { revision, position, type, replaced: digest(changes, 'before') });
    const kind = isAnnotationEventType(type) ? ANNOTATION_EVENTS[type].kind : 'incident';
    return { ...common, thing: { id, kind, revision }, ...(undone !== undefined && { undoes: undone }) };
  }
}

function takesBack(last: Last, { type, changes }: ChangeView): boolean {
  const changeOf = (name: string): string =>
    isAnnotationEventType(name) ? ANNOTATION_EVENTS[name].change : '';
  const change = changeOf(type);
  if (TAKES_BACK[change]?.includes(changeOf(last.type)) === true) return true;
  return change === 'revised' && changes.length > 0 && digest(changes, 'after') === last.replaced;
}

function saidIn(changes: ChangeView['changes']): Pick<Step, 'quotes' | 'author'> {
  const valueOf = (field: string): unknown => changes.find((each) => each.field === field)?.after;
  const anchor = valueOf('anchor') as { documentId?: string } | null | undefined;
  const origin = valueOf('origin') as { attributedTo?: Step['author'] } | null | undefined;
  return {
    quotes: anchor?.documentId === undefined ? [] : [anchor.documentId],
    ...(origin?.attributedTo !== undefined && { author: origin.attributedTo }),
  };
}
