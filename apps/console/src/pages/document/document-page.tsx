import { useMemo, useRef, useState } from 'react';
import { useAddress } from '../../address/address.js';
import { stands } from '../../data/annotations.js';
import { useChangedHere } from '../../data/changed-here.js';
import { disputedIn, toneOf } from '../../data/disputed.js';
import { useDocument, useDocumentText, useIncident } from '../../data/queries.js';
import { useMay, useWriting } from '../../data/session.js';
import type { Document, Incident } from '../../data/types.js';
import { useTitle } from '../../frame/page.js';
import { Failure } from '../../parts/states.js';
import { strings } from '../../strings/document.js';
import { strings as frame } from '../../strings/frame.js';
import { LinkMark } from '../incident/link-mark.js';
import { useCaret } from './caret.js';
import { ClaimList, type ListedClaim } from './claim-list.js';
import css from './document.module.css';
import { type DocumentText, readText, toUnits } from './document-text.js';
import { Heading } from './heading.js';
import { layOut, type Marked } from './lanes.js';
import { useOpenForm } from './open-forms.js';
import { rangesOf } from './ranges.js';
import { useReadingKeys } from './reading-keys.js';
import { SelectionBar } from './selection-bar.js';
import { TextView } from './text-view.js';
import { selectedNow, useSelection } from './use-selection.js';

interface DocumentPageProps {
  readonly incident: string;
  readonly document: string;
}

/** A document in an incident, with the incident's claims marked in the text. */
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

/** The claims of the document in text order, with their marks. */
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

function Reader(props: ReaderProps) {
  const { document, text, incident } = props;
  const { on, change } = useAddress();
  const writing = useWriting();
  const mayAnnotate = useMay('annotate');
  const container = useRef<HTMLDivElement>(null);
  const selected = useSelection(container, text);
  const [caret, setCaret] = useState(false);
  const { claims, spans, changed } = useClaims(props, useChangedHere(incident.id)?.annotationId);
  useCaret(container, text, caret);
  // Typing can be faster than rendering, so read the selection itself.
  const selectedSpan = () => selectedNow(container.current, text) ?? selected?.span;

  const pick = (id: string | undefined): void => {
    change({ on: id, edit: undefined });
    const span = spans.find((each) => each.id === id);
    const [range] =
      span === undefined || container.current === null ? [] : rangesOf(container.current, text, span);
    range?.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
  };
  const form = useOpenForm({ ...props, claims, spans, selectedSpan });
  const beginClaim = (): boolean => {
    const span = selectedSpan();
    if (span === undefined) return false;
    setCaret(false);
    window.getSelection()?.removeAllRanges();
    form.beginClaim(span);
    return true;
  };
  useReadingKeys({ claims, pick, begin: beginClaim, moveEdge: form.moveEdge, caret, setCaret, writing });
  return (
    <article className={css['page']}>
      <Heading document={document} incident={incident} />
      {form.marked !== undefined && <LinkMark marked={form.marked} unmark={form.unmark} />}
      <TextView
        container={container}
        text={text}
        language={document.language}
        spans={spans}
        chosen={on}
        changed={changed}
        drafted={form.drafted}
        onPick={pick}
        card={form.card}
      >
        {selected !== null && form.card === null && writing && (
          <SelectionBar
            selected={selected}
            begin={(what) => (what === 'claim' ? beginClaim() : form.begin(what))}
          />
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
