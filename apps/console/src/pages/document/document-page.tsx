import { useMemo, useRef, useState } from 'react';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { stands } from '../../data/annotations.js';
import { disputedIn, toneOf } from '../../data/disputed.js';
import { useDocument, useDocumentText, useHistory, useIncident } from '../../data/queries.js';
import { useMay, useWriting } from '../../data/session.js';
import type { Document, Incident } from '../../data/types.js';
import { useTitle } from '../../frame/page.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { Chip } from '../../parts/chip.js';
import { Failure } from '../../parts/states.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/document.js';
import { strings as frame } from '../../strings/frame.js';
import { words } from '../../strings/vocabulary.js';
import { useCaret } from './caret.js';
import { ClaimList, type ListedClaim } from './claim-list.js';
import css from './document.module.css';
import { type DocumentText, readText, type Span, toUnits } from './document-text.js';
import { EditClaim } from './edit-claim.js';
import { layOut, type Marked } from './lanes.js';
import { NewClaim } from './new-claim.js';
import { rangesOf } from './ranges.js';
import { TextView } from './text-view.js';
import { type Selected, selectedNow, useSelection } from './use-selection.js';

interface DocumentPageProps {
  readonly incident: string;
  readonly document: string;
}

/** A document as it is read in an incident, with the incident's claims in place. */
export function DocumentPage({ incident, document: id }: DocumentPageProps) {
  const document = useDocument(id);
  const text = useDocumentText(id);
  const view = useIncident(incident);
  const read = useMemo(() => (text.data === undefined ? undefined : readText(text.data)), [text.data]);
  useTitle(document.data?.title ?? '');
  const error = document.error ?? text.error ?? view.error;
  if (error !== null && (document.data === undefined || read === undefined || view.data === undefined))
    return (
      <Failure
        error={error}
        retry={() => Promise.all([document.refetch(), text.refetch(), view.refetch()])}
      />
    );
  if (document.data === undefined || read === undefined || view.data === undefined)
    return (
      <p className={css['page']} aria-busy="true">
        {frame.loading}
      </p>
    );
  return <Reader document={document.data} text={read} incident={view.data} />;
}

interface ReaderProps {
  readonly document: Document;
  readonly text: DocumentText;
  readonly incident: Incident;
}

/** The claims of the document in the order of its text, and how the text marks them. */
function useClaims({ document, text, incident }: ReaderProps, changedId: string | null | undefined) {
  return useMemo(() => {
    const disputed = disputedIn(incident);
    const claims: ListedClaim[] = incident.claims
      .filter((claim) => claim.anchor?.documentId === document.id && stands(claim))
      .sort((a, b) => (a.anchor?.start ?? 0) - (b.anchor?.start ?? 0))
      .map((claim) => ({ claim, tone: toneOf(claim, disputed), changed: claim.id === changedId }));
    const spans = layOut(
      claims.map(({ claim: { id, anchor }, tone }): Marked => ({
        id,
        tone,
        start: toUnits(text, anchor?.start ?? 0),
        end: toUnits(text, anchor?.end ?? 0),
      })),
    );
    return { claims, spans, changed: spans.filter(({ id }) => id === changedId) };
  }, [document.id, text, incident, changedId]);
}

/** The annotation that the event of this moment changed; none now. */
function useChangedHere(incident: string): string | null | undefined {
  const { asOf } = useAddress();
  const { data: history } = useHistory(incident);
  return asOf === undefined
    ? undefined
    : history?.find(({ position }) => String(position) === asOf)?.annotationId;
}

/** What completes names and tags: those of this incident. */
function useKnown(incident: Incident) {
  return useMemo(() => {
    const unique = (values: readonly string[]) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
    return {
      names: unique(incident.claims.flatMap(({ asserters = [] }) => asserters.map(({ name }) => name))),
      tags: unique(incident.claims.flatMap(({ tags = [] }) => tags)),
    };
  }, [incident]);
}

/** The span that a claim is being tagged on stands in the address, so that a reload finds the form again. */
function useOpenForm() {
  const { parameter, change, on } = useAddress();
  const [, start, end] = /^(\d+)-(\d+)$/.exec(parameter('draft') ?? '') ?? [];
  const span = useMemo<Span | null>(
    () => (start === undefined || end === undefined ? null : { start: Number(start), end: Number(end) }),
    [start, end],
  );
  return {
    span,
    editing: parameter('edit') !== undefined ? on : undefined,
    begin: ({ start, end }: Span) => change({ draft: `${start}-${end}`, on: undefined, edit: undefined }),
    edit: (id: string) => change({ on: id, edit: '1', draft: undefined }),
    close: () => change({ draft: undefined, edit: undefined }),
    recorded: (id: string) => change({ draft: undefined, edit: undefined, on: id }),
  };
}

function Reader(props: ReaderProps) {
  const { document, text, incident } = props;
  const { on, change } = useAddress();
  const writing = useWriting();
  const mayAnnotate = useMay('annotate');
  const container = useRef<HTMLDivElement>(null);
  const selected = useSelection(container, text);
  const [caret, setCaret] = useState(false);
  const [moved, setMoved] = useState<Span | null>(null);
  const form = useOpenForm();
  const { claims, spans, changed } = useClaims(props, useChangedHere(incident.id));
  const known = useKnown(incident);
  useCaret(container, text, caret);

  const pick = (id: string | undefined): void => {
    change({ on: id, edit: undefined });
    const span = spans.find((each) => each.id === id);
    const [range] =
      span === undefined || container.current === null ? [] : rangesOf(container.current, text, span);
    range?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
  };
  /** Opens the form on what is selected; returns whether something is. */
  const begin = (): boolean => {
    // Keys may be pressed faster than the page is rendered, so the selection itself counts.
    const span = selectedNow(container.current, text) ?? selected?.span;
    if (span === undefined) return false;
    setCaret(false);
    window.getSelection()?.removeAllRanges();
    form.begin(span);
    return true;
  };
  useReadingKeys({ claims, pick, begin, edit: form.edit, caret, setCaret, writing });

  const formSpan = form.span !== null && form.span.end <= text.text.length ? form.span : null;
  const editing = claims.find(({ claim }) => claim.id === form.editing)?.claim;
  const editedAt = spans.find(({ id }) => id === form.editing);
  const drafted = formSpan !== null || editing !== undefined ? (moved ?? formSpan) : null;
  const content =
    writing && formSpan !== null ? (
      <NewClaim
        key={`${formSpan.start}-${formSpan.end}`}
        incident={incident.id}
        document={document.id}
        text={text}
        publisher={document.publisher}
        span={formSpan}
        known={known}
        onSpan={setMoved}
        onRecorded={form.recorded}
        onClose={form.close}
      />
    ) : writing && editing !== undefined ? (
      <EditClaim
        key={editing.id}
        incident={incident.id}
        text={text}
        claim={editing}
        known={known}
        onSpan={setMoved}
        onRecorded={form.recorded}
        onClose={form.close}
      />
    ) : null;
  return (
    <article className={css['page']}>
      <Heading document={document} incident={incident} />
      <TextView
        container={container}
        text={text}
        language={document.language}
        spans={spans}
        chosen={on}
        changed={changed}
        drafted={drafted}
        onPick={pick}
        card={content === null ? null : { at: (drafted ?? editedAt)?.end ?? 0, content }}
      >
        {selected !== null && content === null && writing && (
          <SelectionBar selected={selected} begin={begin} />
        )}
        {caret && <p className={css['caretHint']}>{strings.caret}</p>}
      </TextView>
      <ClaimList
        claims={claims}
        chosen={on}
        empty={writing ? strings.noClaims : mayAnnotate ? strings.noClaimsThen : strings.noClaimsReader}
        onPick={pick}
      />
    </article>
  );
}

interface ReadingKeys {
  readonly claims: readonly ListedClaim[];
  readonly pick: (id: string) => void;
  readonly begin: () => boolean;
  readonly edit: (id: string) => void;
  readonly caret: boolean;
  readonly setCaret: (on: boolean) => void;
  readonly writing: boolean;
}

function useReadingKeys({ claims, pick, begin, edit, caret, setCaret, writing }: ReadingKeys): void {
  const { on } = useAddress();
  const { told } = useToasts();
  const step = (by: 1 | -1): void => {
    const at = claims.findIndex(({ claim }) => claim.id === on);
    const next = claims[at < 0 ? (by > 0 ? 0 : claims.length - 1) : at + by];
    if (next !== undefined) pick(next.claim.id);
  };
  useKey('next', () => step(1));
  useKey('previous', () => step(-1));
  useKey('claim', () => void (begin() || told(strings.selectFirst)), writing);
  useKey('edit', () => (on === undefined ? false : edit(on)), writing);
  useKey('caret', () => setCaret(!caret));
  useKey(
    'back',
    () => {
      setCaret(false);
      window.getSelection()?.removeAllRanges();
    },
    caret,
  );
}

function Heading({ document, incident }: Pick<ReaderProps, 'document' | 'incident'>) {
  const { to } = useAddress();
  const { publisher, published, upstream, reliability, tlp } = document;
  return (
    <header className={css['head']}>
      <p className={css['above']}>
        <Link href={to(pathTo.incident(incident.id))} dir="auto">
          {incident.title}
        </Link>
      </p>
      <h1 dir="auto">{document.title ?? strings.untitled}</h1>
      <p className={css['source']}>
        {publisher !== undefined && <span dir="auto">{publisher}</span>}
        {published !== undefined && <span>{strings.published(published)}</span>}
        {upstream !== undefined && <span dir="auto">{strings.upstream(upstream)}</span>}
        {reliability !== undefined && (
          <Chip>{strings.reliability(reliability, words.reliability[reliability])}</Chip>
        )}
        {tlp !== undefined && <Chip>TLP:{tlp.toUpperCase()}</Chip>}
      </p>
    </header>
  );
}

/** The keys as buttons beside a selection, for the mouse and for touch. */
function SelectionBar({
  selected: { x, y },
  begin,
}: {
  readonly selected: Selected;
  readonly begin: () => void;
}) {
  return (
    <div
      className={css['selection']}
      style={{ left: Math.min(x, 420), top: y + 6 }}
      role="group" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
      aria-label={strings.selection}
      // Pressing a button must not lose the selection that it is about.
      onMouseDown={(event) => event.preventDefault()}
    >
      <Button look="quiet" keyName="claim" onClick={begin}>
        {strings.claim}
      </Button>
    </div>
  );
}
