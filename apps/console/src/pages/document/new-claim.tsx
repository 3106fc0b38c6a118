import { useCallback, useEffect, useMemo, useRef } from 'react';
import { isRefusal, sentenceOf } from '../../data/problems.js';
import { useDraft } from '../../data/use-draft.js';
import { newKey, useRecord } from '../../data/writes.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/document.js';
import { bodyOf, type ClaimFields, fieldsFor } from './claim-fields.js';
import { ClaimForm } from './claim-form.js';
import { anchorOf, type DocumentText, type EdgeMove, moveEdge, type Span } from './document-text.js';
import { rememberTags, rememberedTags } from './last-tags.js';

interface NewClaimProps {
  readonly incident: string;
  readonly document: string;
  readonly text: DocumentText;
  readonly publisher: string | undefined;
  /** The span that the form was opened for; its edges may have been moved since. */
  readonly span: Span;
  readonly known: { readonly names: readonly string[]; readonly tags: readonly string[] };
  readonly onSpan: (span: Span) => void;
  readonly onRecorded: (id: string) => void;
  readonly onClose: () => void;
}

interface NewClaimDraft {
  readonly span: Span;
  readonly fields: ClaimFields;
  /** The command's key: it is recorded once, however often it is sent, even across a crash. */
  readonly key: string;
}

/** A new claim. */
export function NewClaim(props: NewClaimProps) {
  const { incident, document, text, publisher, span, known, onSpan, onRecorded, onClose } = props;
  const quoteOf = useCallback((of: Span) => text.text.slice(of.start, of.end), [text]);
  const initial = useMemo<NewClaimDraft>(
    () => ({ span, fields: fieldsFor(quoteOf(span), publisher, rememberedTags(incident)), key: newKey() }),
    [span, quoteOf, publisher, incident],
  );
  const id = `claim:${incident}:${document}:${span.start}-${span.end}`;
  const draft = useDraft<NewClaimDraft>(
    id,
    initial,
    useCallback((value: NewClaimDraft) => strings.draftTitle(quoteOf(value.span)), [quoteOf]),
  );
  const record = useRecord('claim', incident, { quiet: true });
  const { failed } = useToasts();
  const { value } = draft;
  const at = value?.span;
  useEffect(() => {
    if (at !== undefined) onSpan(at);
  }, [at, onSpan]);

  const move = ({ edge, step }: EdgeMove): void =>
    draft.update((now) => ({ ...now, span: moveEdge(text, now.span, edge, step) }));
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  const send = async (): Promise<void> => {
    const now = latest.current;
    if (now === undefined) return;
    try {
      const body = { anchor: anchorOf(text, document, now.span), ...bodyOf(now.fields) };
      const { id: recorded } = await record.mutateAsync({ body, key: now.key });
      rememberTags(incident, now.fields.tags);
      await draft.drop();
      onRecorded(recorded);
    } catch (error) {
      failed(sentenceOf(error));
      // A refused command was not recorded, so the corrected one gets a new key. One without an answer may have been recorded.
      if (isRefusal(error)) draft.set({ ...now, key: newKey() });
    }
  };

  if (value === undefined) return null;
  return (
    <ClaimForm
      title={strings.newClaim}
      fields={value.fields}
      onChange={(fields) => draft.set({ ...value, fields })}
      known={known}
      onMove={move}
      restored={draft.restored}
      busy={record.isPending}
      error={record.error}
      onRecord={() => void send()}
      onClose={onClose}
      onDiscard={() => {
        void draft.drop();
        onClose();
      }}
    />
  );
}
