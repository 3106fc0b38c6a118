import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { isRefusal, sentenceOf } from '../../data/problems.js';
import { type Conflict, conflictOf } from '../../data/conflicts.js';
import type { Claim } from '../../data/types.js';
import { useDraft } from '../../data/use-draft.js';
import { newKey, useRevise } from '../../data/writes.js';
import { ConflictTable } from '../../parts/conflict-table.js';
import { TextField } from '../../parts/field.js';
import { useToasts } from '../../parts/toast.js';
import { strings } from '../../strings/document.js';
import { changesBetween, type ClaimFields, fieldsOf } from './claim-fields.js';
import { ClaimForm } from './claim-form.js';
import { anchorOf, type DocumentText, type EdgeMove, moveEdge, type Span, toUnits } from './document-text.js';

interface EditClaimProps {
  readonly incident: string;
  readonly text: DocumentText;
  readonly claim: Claim;
  readonly known: { readonly names: readonly string[]; readonly tags: readonly string[] };
  /** An edge move that starts the change. */
  readonly firstMove: EdgeMove | undefined;
  readonly onSpan: (span: Span) => void;
  readonly onRecorded: (id: string) => void;
  readonly onClose: () => void;
}

interface EditDraft {
  readonly fields: ClaimFields;
  readonly span: Span;
  readonly reason: string;
  /** The claim when the member started editing, with which the service compares changes by others. */
  readonly base: { readonly revision: number; readonly fields: ClaimFields; readonly span: Span };
  readonly key: string;
}

/** A claim being edited. Changes by others are merged; for fields changed by both, the member chooses. */
export function EditClaim(props: EditClaimProps) {
  const { incident, text, claim, known, firstMove, onSpan, onRecorded, onClose } = props;
  const initial = useMemo<EditDraft>(() => {
    const span = {
      start: toUnits(text, claim.anchor?.start ?? 0),
      end: toUnits(text, claim.anchor?.end ?? 0),
    };
    const fields = fieldsOf(claim);
    return { fields, span, reason: '', base: { revision: claim.revision, fields, span }, key: newKey() };
    // Set once: changes by others while the form is open must not change what is being edited.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [claim.id, text]);
  const draft = useDraft<EditDraft>(
    `edit:${claim.id}`,
    initial,
    useCallback((value: EditDraft) => strings.editTitle(value.fields.statement), []),
  );
  const [conflict, setConflict] = useState<Conflict>();
  const revise = useRevise('claim', incident, { quiet: true });
  const { failed } = useToasts();
  const { value } = draft;
  const at = value?.span;
  useEffect(() => {
    if (at !== undefined) onSpan(at);
  }, [at, onSpan]);
  const move = ({ edge, step }: EdgeMove): void =>
    draft.update((now) => ({ ...now, span: moveEdge(text, now.span, edge, step) }));
  const first = useRef(firstMove);
  useEffect(() => {
    if (value === undefined || first.current === undefined) return;
    move(first.current);
    first.current = undefined;
  });

  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  /** `chosen`: the values for fields changed by both, on top of the conflicting revision. */
  const send = async (chosen?: { changes: Record<string, unknown>; revision: number }): Promise<void> => {
    const now = latest.current;
    if (now === undefined) return;
    const { fields, span, base, reason, key } = now;
    const moved = span.start !== base.span.start || span.end !== base.span.end;
    const changes = {
      ...changesBetween(base.fields, fields),
      ...(moved && { anchor: anchorOf(text, claim.anchor?.documentId ?? '', span) }),
      ...chosen?.changes,
    };
    if (Object.keys(changes).length === 0) {
      await draft.drop();
      return onClose();
    }
    try {
      await revise.mutateAsync({
        annotation: claim.id,
        revision: chosen?.revision ?? base.revision,
        changes: { ...changes, ...(reason.trim() !== '' && { reason: reason.trim() }) },
        merge: true,
        key,
      });
      await draft.drop();
      onRecorded(claim.id);
    } catch (error) {
      if (isRefusal(error)) draft.set({ ...now, key: newKey() });
      const met = conflictOf(error);
      if (met === undefined) failed(sentenceOf(error));
      setConflict(met);
    }
  };

  if (value === undefined) return null;
  return (
    <ClaimForm
      title={strings.editClaim}
      fields={value.fields}
      onChange={(fields) => draft.set({ ...value, fields })}
      known={known}
      onMove={move}
      restored={draft.restored}
      busy={revise.isPending}
      error={revise.error}
      onRecord={() => void send()}
      onClose={onClose}
      onDiscard={() => {
        void draft.drop();
        onClose();
      }}
    >
      <TextField
        label={strings.reason}
        value={value.reason}
        onChange={(event) => draft.set({ ...value, reason: event.target.value })}
      />
      {conflict !== undefined && (
        <ConflictTable
          conflict={conflict}
          onChoose={(changes) => void send({ changes, revision: conflict.current })}
        />
      )}
    </ClaimForm>
  );
}
