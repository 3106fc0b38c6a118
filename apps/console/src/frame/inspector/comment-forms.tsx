import { type ReactNode, type Ref, useCallback, useMemo, useRef } from 'react';
import { useNames } from '../../data/queries.js';
import type { Comment } from '../../data/types.js';
import { useDraft } from '../../data/use-draft.js';
import { newKey, useRecord, useRevise } from '../../data/writes.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { strings } from '../../strings/inspector.js';
import css from './inspector.module.css';

interface CommentDraft {
  readonly body: string;
  /** The command's key: it is recorded once, however often it is sent. */
  readonly key: string;
}

/** The text of a comment, stored as a draft. */
function useCommentDraft(id: string, body: string) {
  const initial = useMemo<CommentDraft>(() => ({ body, key: newKey() }), [body]);
  const draft = useDraft<CommentDraft>(
    id,
    initial,
    useCallback((value: CommentDraft) => value.body, []),
  );
  return { ...draft, value: draft.value ?? initial };
}

interface CommentFieldProps {
  readonly label: string;
  readonly draft: ReturnType<typeof useCommentDraft>;
  readonly send: () => Promise<void>;
  readonly onCancel?: (() => void) | undefined;
  readonly field?: Ref<HTMLTextAreaElement>;
  readonly children: ReactNode;
}

/** One field, recorded with Ctrl-Enter or its button. */
function CommentField({ label, draft, send, onCancel, field, children }: CommentFieldProps) {
  const { value, set } = draft;
  const submit = (): void => void send().catch(() => undefined);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event) => {
        const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
        const cancels = event.key === 'Escape' && onCancel !== undefined;
        if (!sends && !cancels) return;
        // Another open form may use the same keys.
        event.preventDefault();
        if (sends) submit();
        else onCancel?.();
      }}
    >
      <TextArea
        ref={field}
        label={label}
        autoFocus={onCancel !== undefined}
        value={value.body}
        onChange={(event) => set({ ...value, body: event.target.value })}
      />
      <div className={css['actions']}>
        {value.body.trim() !== '' && children}
        {onCancel !== undefined && <Button onClick={onCancel}>{strings.cancel}</Button>}
      </div>
    </form>
  );
}

interface NewCommentProps {
  readonly incident: string;
  readonly about: string;
  readonly replyTo?: Comment;
  /** For an inline reply: called when it was recorded or discarded. */
  readonly onDone?: () => void;
}

/** A comment on an annotation, or a reply to one. */
export function NewComment({ incident, about, replyTo, onDone }: NewCommentProps) {
  const nameOf = useNames();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useCommentDraft(`comment:${replyTo?.id ?? about}`, '');
  const record = useRecord('comment', incident);
  const { value } = draft;
  useKey('reply', () => field.current?.focus(), replyTo === undefined);
  const send = async (): Promise<void> => {
    const body = value.body.trim();
    if (body === '' || record.isPending) return;
    const reply = replyTo && { replyTo: replyTo.id };
    await record.mutateAsync({ body: { targetId: about, body, ...reply }, key: value.key });
    await draft.drop();
    draft.reset({ body: '', key: newKey() });
    onDone?.();
  };
  const label = replyTo === undefined ? strings.addComment : strings.replyTo(nameOf(replyTo.recordedBy));
  return (
    <CommentField label={label} draft={draft} send={send} onCancel={onDone} field={field}>
      <Button type="submit" look="primary" disabled={record.isPending} keyName="record">
        {replyTo === undefined ? strings.comment : strings.reply}
      </Button>
    </CommentField>
  );
}

interface EditCommentProps {
  readonly incident: string;
  readonly comment: Comment;
  readonly onDone: () => void;
}

/** A comment being edited by its author. */
export function EditComment({ incident, comment, onDone }: EditCommentProps) {
  const draft = useCommentDraft(`edit:${comment.id}`, comment.body ?? '');
  const revise = useRevise('comment', incident);
  const { value } = draft;
  const send = async (): Promise<void> => {
    const body = value.body.trim();
    if (body === '' || revise.isPending) return;
    const { id: annotation, revision } = comment;
    if (body !== comment.body)
      await revise.mutateAsync({ annotation, revision, changes: { body }, key: value.key });
    await draft.drop();
    onDone();
  };
  return (
    <CommentField label={strings.editComment} draft={draft} send={send} onCancel={onDone}>
      <Button type="submit" look="primary" disabled={revise.isPending} keyName="record">
        {strings.saveComment}
      </Button>
    </CommentField>
  );
}
