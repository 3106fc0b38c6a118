import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { useAddress } from '../../address/address.js';
import { useWriting } from '../../data/session.js';
import type { Document, Incident } from '../../data/types.js';
import { later } from '../../parts/later.js';
import { strings } from '../../strings/document.js';
import { type OpenForm, useForms } from '../incident/use-forms.js';
import { bodyOf, fieldsFor } from './claim-fields.js';
import type { ListedClaim } from './claim-list.js';
import { anchorOf, type DocumentText, type EdgeMove, type Span } from './document-text.js';
import { EditClaim } from './edit-claim.js';
import type { Laid } from './lanes.js';
import { NewClaim } from './new-claim.js';

const AnnotationForm = later(
  async () => (await import('../incident/forms/annotation-form.js')).AnnotationForm,
);

interface Read {
  readonly document: Document;
  readonly text: DocumentText;
  readonly incident: Incident;
  readonly claims: readonly ListedClaim[];
  readonly spans: readonly Laid[];
  /** The currently selected span. */
  readonly selectedSpan: () => Span | undefined;
}

const named = ({ start, end }: Span): string => `${start}-${end}`;

/** The span in an address parameter, if it is valid in this text. */
function useSpan(name: string, { text }: DocumentText): Span | null {
  const [, start, end] = /^(\d+)-(\d+)$/.exec(useAddress().parameter(name) ?? '') ?? [];
  return useMemo(() => {
    const span = { start: Number(start ?? 0), end: Number(end ?? 0) };
    return span.start < span.end && span.end <= text.length ? span : null;
  }, [start, end, text]);
}

/** Completions for names and tags, from this incident. */
function useKnown(incident: Incident) {
  return useMemo(() => {
    const unique = (values: readonly string[]) => [...new Set(values)].sort((a, b) => a.localeCompare(b));
    return {
      names: unique(incident.claims.flatMap(({ asserters = [] }) => asserters.map(({ name }) => name))),
      tags: unique(incident.claims.flatMap(({ tags = [] }) => tags)),
    };
  }, [incident]);
}

interface FormOnQuoteProps extends Pick<Read, 'document' | 'text' | 'incident'> {
  readonly form: OpenForm;
  readonly quote: Span | null;
  readonly onRecorded: (id: string) => void;
  readonly onClose: () => void;
}

/** The form of a kind other than a claim. Text selected for it becomes a claim as its evidence. */
function FormOnQuote({ document, text, incident, form, quote, onRecorded, onClose }: FormOnQuoteProps) {
  const words = quote === null ? undefined : text.text.slice(quote.start, quote.end);
  const quoted =
    quote === null || words === undefined
      ? undefined
      : {
          id: `${document.id}:${named(quote)}`,
          claim: {
            anchor: anchorOf(text, document.id, quote),
            // No figure is read from the text without being shown.
            ...bodyOf({ ...fieldsFor(words, document.publisher), figure: null }),
          },
        };
  return (
    <Suspense fallback={null}>
      <AnnotationForm
        key={`${form.kind} ${form.annotation?.id ?? quoted?.id ?? JSON.stringify(form.fixed ?? {})}`}
        incident={incident}
        kind={form.kind}
        annotation={form.annotation}
        initial={form.initial ?? {}}
        fixed={form.fixed ?? {}}
        about={words === undefined ? form.about : strings.onQuote(words)}
        quote={quoted}
        onRecorded={onRecorded}
        onClose={onClose}
      />
    </Suspense>
  );
}

/**
 * The open form in a document, as a card at its span. It is in the address, so that a reload restores it: `draft` is
 * the span of a new claim, `edit` opens the selected annotation, `new` another kind, on the span `quote` if text was
 * selected.
 */
export function useOpenForm({ document, text, incident, claims, spans, selectedSpan }: Read) {
  const { parameter, change, on } = useAddress();
  const writing = useWriting();
  const [moved, setMoved] = useState<Span | null>(null);
  const [firstMove, setFirstMove] = useState<EdgeMove>();
  const draft = useSpan('draft', text);
  const quote = useSpan('quote', text);
  const known = useKnown(incident);
  const forms = useForms(incident, () => {
    const span = selectedSpan();
    return span && named(span);
  });
  const editing =
    parameter('edit') === undefined ? undefined : claims.find(({ claim }) => claim.id === on)?.claim;
  const close = (): void => {
    setFirstMove(undefined);
    setMoved(null);
    forms.close();
  };
  const recorded = (id: string): void => {
    close();
    forms.recorded(id);
  };
  const shared = { text, known, onSpan: setMoved, onRecorded: recorded, onClose: close };
  const chosenAt = spans.find(({ id }) => id === on);
  let content: ReactNode = null;
  let drafted: Span | null = null;
  if (writing && draft !== null) {
    drafted = moved ?? draft;
    content = (
      <NewClaim
        key={named(draft)}
        incident={incident.id}
        document={document.id}
        publisher={document.publisher}
        span={draft}
        {...shared}
      />
    );
  } else if (writing && editing !== undefined) {
    drafted = moved ?? chosenAt ?? null;
    content = (
      <EditClaim key={editing.id} incident={incident.id} claim={editing} firstMove={firstMove} {...shared} />
    );
  } else if (forms.form !== undefined) {
    drafted = quote;
    content = (
      <FormOnQuote
        {...{ document, text, incident, quote }}
        form={forms.form}
        onRecorded={recorded}
        onClose={close}
      />
    );
  }
  return {
    card: content === null ? null : { at: (drafted ?? chosenAt)?.end ?? 0, content },
    drafted,
    marked: forms.form === undefined ? forms.marked : undefined,
    unmark: forms.unmark,
    begin: forms.begin,
    beginClaim: (span: Span) =>
      change({ draft: named(span), on: undefined, edit: undefined, new: undefined, quote: undefined }),
    moveEdge: (id: string, move: EdgeMove) => {
      setFirstMove(move);
      change({ on: id, edit: '1', draft: undefined, new: undefined, quote: undefined });
    },
  };
}
