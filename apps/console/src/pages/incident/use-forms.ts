import { pathTo, useAddress } from '../../address/address.js';
import { annotationIn, annotationsOf, stands } from '../../data/annotations.js';
import { titleOf } from '../../data/describe.js';
import { useWriting } from '../../data/session.js';
import type { Annotation, Incident } from '../../data/types.js';
import { useKey } from '../../keys/keyboard.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/incident.js';
import type { FormKind, Values } from './forms/form-fields.js';

/** The purpose of the open form. */
export interface OpenForm {
  readonly kind: FormKind;
  readonly annotation?: Annotation;
  readonly initial?: Values;
  readonly fixed?: Values;
  readonly about?: string;
}

/** The address parameters of a form; without them none is open. */
const CLOSED = { new: undefined, edit: undefined, quote: undefined, draft: undefined } as const;

const KINDS: readonly string[] = ['warning', 'attack', 'link', 'dispute'] satisfies FormKind[];
const isFormKind = (kind: string | undefined): kind is FormKind => kind !== undefined && KINDS.includes(kind);

/** The ends of a link between two annotations in either order; undefined if these kinds cannot be linked. */
function endsOf(marked: Annotation | undefined, other: Annotation | undefined): Values | undefined {
  if (marked === undefined || other === undefined || marked.id === other.id) return undefined;
  if (marked.kind === 'warning' && other.kind === 'attack')
    return { warningId: marked.id, attackId: other.id };
  if (marked.kind === 'attack' && other.kind === 'warning')
    return { warningId: other.id, attackId: marked.id };
  if (marked.kind === 'attack' && other.kind === 'attack')
    return { earlierAttackId: marked.id, attackId: other.id };
  return undefined;
}

/** The open form is in the address, so that a reload or a draft restores it. */
function formIn(incident: Incident, { on, parameter }: ReturnType<typeof useAddress>): OpenForm | undefined {
  const find = (id: string | undefined) => (id === undefined ? undefined : annotationIn(incident, id));
  const selected = find(on);
  if (parameter('edit') !== undefined)
    return selected !== undefined && isFormKind(selected.kind)
      ? { kind: selected.kind, annotation: selected }
      : undefined;
  const kind = parameter('new');
  if (!isFormKind(kind)) return undefined;
  const isQuoted = parameter('quote') !== undefined;
  if (kind === 'link') {
    const marked = find(parameter('link'));
    const fixed = endsOf(marked, selected);
    if (fixed === undefined || marked === undefined || selected === undefined) return undefined;
    const [from, to] = fixed['attackId'] === selected.id ? [marked, selected] : [selected, marked];
    return {
      kind,
      fixed,
      initial: { relation: 'warningId' in fixed ? 'warned-of' : 'led-to' },
      about: strings.form.linkOf(titleOf(from), titleOf(to)),
    };
  }
  if (kind === 'dispute')
    return selected === undefined && !isQuoted
      ? undefined
      : { kind, initial: { targets: selected === undefined ? [] : [selected.id] } };
  return { kind, initial: selected?.kind === 'claim' ? { evidence: [selected.id] } : {} };
}

/** The target of `l`: the selected warning or attack, or the only one with the selected claim as evidence. */
function linkableOf(incident: Incident, selected: Annotation | undefined): Annotation | undefined {
  if (selected?.kind === 'warning' || selected?.kind === 'attack') return selected;
  if (selected?.kind !== 'claim') return undefined;
  const resting = annotationsOf(incident).filter(
    (each) =>
      (each.kind === 'warning' || each.kind === 'attack') &&
      stands(each) &&
      each.evidence?.includes(selected.id) === true,
  );
  return resting.length === 1 ? resting[0] : undefined;
}

/**
 * The open form on a page of an incident, the link mark, and the keys that open forms. `quoted` is the selected text
 * in the form of the address: it becomes the evidence of what is recorded.
 */
export function useForms(incident: Incident, quoted: () => string | undefined = () => undefined) {
  const address = useAddress();
  const { on, change, go, parameter } = address;
  const writing = useWriting();
  const { told } = useToasts();
  const selected = on === undefined ? undefined : annotationIn(incident, on);
  const markedId = parameter('link');
  const marked = markedId === undefined ? undefined : annotationIn(incident, markedId);
  const begin = (kind: FormKind): void => {
    const quote = quoted();
    if (quote !== undefined) window.getSelection()?.removeAllRanges();
    change({ ...CLOSED, new: kind, quote, ...(quote !== undefined && { on: undefined }) });
  };

  const link = (): void => {
    const end = linkableOf(incident, selected);
    if (end === undefined) return told(strings.markFirst);
    if (marked === undefined || marked.id === end.id) return change({ link: end.id });
    if (endsOf(marked, end) === undefined) return told(strings.cannotLink);
    return change({ ...CLOSED, new: 'link', on: end.id });
  };
  useKey('warning', () => begin('warning'), writing);
  useKey('attack', () => begin('attack'), writing);
  useKey('link', link, writing);
  useKey(
    'dispute',
    // The selection may be newer than the loaded incident; the form opens once both are there.
    () => (on === undefined && quoted() === undefined ? told(strings.selectToDispute) : begin('dispute')),
    writing,
  );
  useKey(
    'edit',
    () => {
      if (on === undefined) return false;
      if (selected?.kind === 'claim' && selected.anchor !== undefined)
        go(pathTo.document(incident.id, selected.anchor.documentId), { on: selected.id, edit: '1' });
      else if (selected === undefined || isFormKind(selected.kind)) change({ ...CLOSED, edit: '1' });
      return undefined;
    },
    writing,
  );
  return {
    form: writing ? formIn(incident, address) : undefined,
    marked: writing ? marked : undefined,
    begin,
    unmark: () => change({ link: undefined }),
    close: () => change(CLOSED),
    // The mark stays until it is linked.
    recorded: (id: string) =>
      change({ ...CLOSED, ...(parameter('new') === 'link' && { link: undefined }), on: id }),
  };
}
