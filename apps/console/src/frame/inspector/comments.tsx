import { useCallback, useMemo, useRef } from 'react';
import { stands } from '../../data/annotations.js';
import { useNames } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { Comment, Incident } from '../../data/types.js';
import { useDraft } from '../../data/use-draft.js';
import { newKey, useRecord } from '../../data/writes.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { TextArea } from '../../parts/field.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import css from './inspector.module.css';

/** What members say to each other about an annotation, as threads, and where to add to them. */
export function Comments({ incident, about }: { readonly incident: Incident; readonly about: string }) {
  const writing = useWriting();
  const comments = incident.comments.filter((each) => each.targetId === about && stands(each));
  const roots = comments.filter(({ replyTo }) => !comments.some(({ id }) => id === replyTo));
  return (
    <section className={css['section']}>
      <h3>{strings.comments}</h3>
      {comments.length === 0 && writing && <p className={css['meta']}>{strings.noComments}</p>}
      <ol>
        {roots.map((comment) => (
          <Thread key={comment.id} comment={comment} all={comments} />
        ))}
      </ol>
      {writing && <NewComment incident={incident.id} about={about} />}
    </section>
  );
}

function Thread({ comment, all }: { readonly comment: Comment; readonly all: readonly Comment[] }) {
  const nameOf = useNames();
  const replies = all.filter(({ replyTo }) => replyTo === comment.id);
  return (
    <li className={css['comment']}>
      <span className={css['meta']}>
        {nameOf(comment.recordedBy)}, {atMinute(comment.recordedAt)}
      </span>
      <p dir="auto">{comment.body}</p>
      {replies.length > 0 && (
        <ol className={css['replies']}>
          {replies.map((reply) => (
            <Thread key={reply.id} comment={reply} all={all} />
          ))}
        </ol>
      )}
    </li>
  );
}

interface CommentDraft {
  readonly body: string;
  readonly key: string;
}

function NewComment({ incident, about }: { readonly incident: string; readonly about: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const initial = useMemo<CommentDraft>(() => ({ body: '', key: newKey() }), []);
  const draft = useDraft<CommentDraft>(
    `comment:${about}`,
    initial,
    useCallback(({ body }: CommentDraft) => body, []),
  );
  const record = useRecord('comment', incident);
  const { value = initial } = draft;
  useKey('reply', () => field.current?.focus());
  const send = async (): Promise<void> => {
    if (value.body.trim() === '' || record.isPending) return;
    await record.mutateAsync({ body: { targetId: about, body: value.body.trim() }, key: value.key });
    await draft.drop();
    draft.reset({ body: '', key: newKey() });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        send().catch(() => undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send().catch(() => undefined);
      }}
    >
      <TextArea
        ref={field}
        label={strings.addComment}
        value={value.body}
        onChange={(event) => draft.set({ ...value, body: event.target.value })}
      />
      {value.body.trim() !== '' && (
        <Button type="submit" look="primary" disabled={record.isPending} keyName="record">
          {strings.comment}
        </Button>
      )}
    </form>
  );
}
