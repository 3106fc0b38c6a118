import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Conflict, conflictOf } from '../../../data/conflicts.js';
import { faultsOf, isRefusal, sentenceOf } from '../../../data/problems.js';
import type { Annotation, Incident, NewAnnotation } from '../../../data/types.js';
import { useDraft } from '../../../data/use-draft.js';
import { newKey, useRecord, useRecordQuoted, useRevise } from '../../../data/writes.js';
import { useKey } from '../../../keys/keyboard.js';
import { Button } from '../../../parts/button.js';
import { ConflictTable } from '../../../parts/conflict-table.js';
import { TextField } from '../../../parts/field.js';
import { useToasts } from '../../../parts/toast.js';
import { strings } from '../../../strings/incident.js';
import { FieldControl } from './field-control.js';
import { bodyOf, changesBetween, type FormKind, FORMS, type Values, valuesOf } from './form-fields.js';
import css from './forms.module.css';

const text = strings.form;

interface FormProps {
  readonly incident: Incident;
  readonly kind: FormKind;
  /** The annotation to revise; absent for a new one. */
  readonly annotation?: Annotation | undefined;
  /** Initial values of a new one. */
  readonly initial?: Values;
  /** Fixed fields that the form does not show, such as the ends of a link. */
  readonly fixed?: Values;
  /** A quote that becomes a claim in the same commit, as evidence. */
  readonly quote?: { readonly id: string; readonly claim: NewAnnotation['claim'] } | undefined;
  /** A line that describes the subject. */
  readonly about?: string | undefined;
  readonly onRecorded: (id: string) => void;
  readonly onClose: () => void;
}

interface FormDraft {
  readonly values: Values;
  readonly reason: string;
  /** The annotation when the member started editing, with which the service compares changes by others. */
  readonly base: { readonly revision: number; readonly values: Values };
  /** The command's key: it is recorded once, however often it is sent. */
  readonly key: string;
}

const titleOfValues = (values: Values): string =>
  [values['summary'], values['question']].find((text) => typeof text === 'string') ?? '';

function useFormDraft({ incident, kind, annotation, initial, fixed, quote }: FormProps) {
  const id =
    annotation === undefined
      ? `new:${kind}:${incident.id}:${quote?.id ?? JSON.stringify(fixed ?? {})}`
      : `edit:${annotation.id}`;
  const begun = useMemo<FormDraft>(() => {
    const values = annotation === undefined ? (initial ?? {}) : valuesOf(kind, annotation);
    return { values, reason: '', base: { revision: annotation?.revision ?? 0, values }, key: newKey() };
    // Set once: changes by others while the form is open must not change what is being edited.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id]);
  const heading = text[annotation === undefined ? 'new' : 'edit'][kind];
  const title = useCallback(({ values }: FormDraft) => text.draft(heading, titleOfValues(values)), [heading]);
  return { heading, draft: useDraft<FormDraft>(id, begun, title) };
}

/** Sends the draft: a new annotation, or changes to one, merged with changes by others. */
function useSend(props: FormProps, draft: ReturnType<typeof useFormDraft>['draft']) {
  const { incident, kind, annotation, fixed, quote, onRecorded, onClose } = props;
  const record = useRecord(kind, incident.id, { quiet: true });
  const recordQuoted = useRecordQuoted(kind === 'link' ? 'warning' : kind, incident.id, { quiet: true });
  const revise = useRevise(kind, incident.id, { quiet: true });
  const { failed } = useToasts();
  const [conflict, setConflict] = useState<Conflict>();
  const latest = useRef(draft.value);
  useEffect(() => {
    latest.current = draft.value;
  });
  const write = async (now: FormDraft, chosen?: ChosenFields): Promise<string | undefined> => {
    const { values, base, reason, key } = now;
    if (annotation === undefined) {
      const body = bodyOf<typeof kind>(values, fixed);
      if (quote === undefined) return (await record.mutateAsync({ body, key })).id;
      return (await recordQuoted.mutateAsync({ claim: quote.claim, body: body as Quoted, key })).id;
    }
    const changes = { ...changesBetween(base.values, values), ...chosen?.changes };
    if (Object.keys(changes).length === 0) return undefined;
    await revise.mutateAsync({
      annotation: annotation.id,
      revision: chosen?.revision ?? base.revision,
      changes: { ...changes, ...(reason.trim() !== '' && { reason: reason.trim() }) },
      merge: true,
      key,
    });
    return annotation.id;
  };
  const send = async (chosen?: ChosenFields): Promise<void> => {
    const now = latest.current;
    if (now === undefined) return;
    try {
      const id = await write(now, chosen);
      await draft.drop();
      if (id === undefined) onClose();
      else onRecorded(id);
    } catch (error) {
      // A refused command was not recorded, so the corrected one gets a new key.
      if (isRefusal(error)) draft.set({ ...now, key: newKey() });
      const met = conflictOf(error);
      if (met === undefined) failed(sentenceOf(error));
      setConflict(met);
    }
  };
  return {
    send,
    conflict,
    busy: record.isPending || recordQuoted.isPending || revise.isPending,
    faults: faultsOf(record.error ?? recordQuoted.error ?? revise.error),
  };
}

type Quoted = NewAnnotation['warning' | 'attack' | 'dispute'];

interface ChosenFields {
  readonly changes: Record<string, unknown>;
  readonly revision: number;
}

/** The form of a warning, an attack, a link or a dispute, new or revised. The input is stored as a draft on every keystroke. */
export function AnnotationForm(props: FormProps) {
  const { incident, kind, annotation, about, onClose } = props;
  const { heading, draft } = useFormDraft(props);
  const { send, conflict, busy, faults } = useSend(props, draft);
  const form = useRef<HTMLElement>(null);
  const { value } = draft;
  const record = (): void => {
    // A token that was typed but not entered yet counts as well: leaving its field enters it.
    const { activeElement } = document;
    if (activeElement instanceof HTMLInputElement && form.current?.contains(activeElement) === true) {
      activeElement.blur();
      activeElement.focus();
    }
    if (!busy) setTimeout(() => void send());
  };
  useKey('record', record);
  useKey('back', onClose);
  const ready = value !== undefined;
  useEffect(() => {
    if (ready) form.current?.scrollIntoView({ block: 'nearest' });
  }, [ready]);
  if (value === undefined) return null;
  return (
    <section className={css['form']} aria-label={heading} ref={form}>
      <header>
        <h2>{heading}</h2>
        {draft.restored && <span className={css['note']}>{text.restored}</span>}
      </header>
      {about !== undefined && (
        <p className={css['about']} dir="auto">
          {about}
        </p>
      )}
      {FORMS[kind].map((field, index) => (
        <FieldControl
          key={field.name}
          incident={incident}
          field={field}
          value={value.values[field.name]}
          faults={faults}
          focused={index === 0}
          onChange={(next) => draft.set({ ...value, values: { ...value.values, [field.name]: next } })}
        />
      ))}
      {annotation !== undefined && (
        <TextField
          label={text.reason}
          value={value.reason}
          onChange={(event) => draft.set({ ...value, reason: event.target.value })}
        />
      )}
      {conflict !== undefined && (
        <ConflictTable
          conflict={conflict}
          onChoose={(changes) => void send({ changes, revision: conflict.current })}
        />
      )}
      <footer>
        <Button look="primary" onClick={record} disabled={busy} keyName="record">
          {busy ? text.recording : text.record}
        </Button>
        <Button onClick={onClose} keyName="back">
          {text.later}
        </Button>
        <Button
          look="quiet"
          onClick={() => {
            void draft.drop();
            onClose();
          }}
        >
          {text.discard}
        </Button>
      </footer>
    </section>
  );
}
