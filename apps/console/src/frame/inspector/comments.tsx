import { useState } from 'react';
import { stands } from '../../data/annotations.js';
import { useNames } from '../../data/queries.js';
import { useMe, useWriting } from '../../data/session.js';
import type { Comment, Incident } from '../../data/types.js';
import { Button } from '../../parts/button.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import { EditComment, NewComment } from './comment-forms.js';
import css from './inspector.module.css';
import { RetractDialog } from './retract-dialog.js';

/** The comment threads of an annotation, with forms to add to them. */
export function Comments({ incident, about }: { readonly incident: Incident; readonly about: string }) {
  const writing = useWriting();
  const comments = incident.comments.filter((each) => each.targetId === about);
  const shown = comments.filter(
    (each) => stands(each) || comments.some((reply) => reply.replyTo === each.id && stands(reply)),
  );
  const roots = shown.filter(({ replyTo }) => !shown.some(({ id }) => id === replyTo));
  return (
    <section className={css['section']}>
      <h3>{strings.comments}</h3>
      {shown.length === 0 && writing && <p className={css['meta']}>{strings.noComments}</p>}
      <ol>
        {roots.map((comment) => (
          <Thread key={comment.id} incident={incident.id} comment={comment} all={shown} />
        ))}
      </ol>
      {writing && <NewComment incident={incident.id} about={about} />}
    </section>
  );
}

interface ThreadProps {
  readonly incident: string;
  readonly comment: Comment;
  readonly all: readonly Comment[];
}

type Doing = 'reply' | 'edit' | 'retract';

/** A comment with its replies. Its author may edit and retract it; a retracted one stays visible while it has a reply. */
function Thread({ incident, comment, all }: ThreadProps) {
  const nameOf = useNames();
  const { member } = useMe();
  const writing = useWriting() && stands(comment);
  const [doing, setDoing] = useState<Doing>();
  const replies = all.filter(({ replyTo }) => replyTo === comment.id);
  const { recordedBy, recordedAt, revision } = comment;
  const done = (): void => setDoing(undefined);
  const can: readonly Doing[] = recordedBy === member.id ? ['reply', 'edit', 'retract'] : ['reply'];
  return (
    <li className={css['comment']}>
      <span className={css['meta']}>
        {strings.commentBy(nameOf(recordedBy), atMinute(recordedAt), revision > 1)}
      </span>
      {!stands(comment) ? (
        <p className={css['meta']}>{strings.commentRetracted}</p>
      ) : doing === 'edit' ? (
        <EditComment incident={incident} comment={comment} onDone={done} />
      ) : (
        <p dir="auto">{comment.body}</p>
      )}
      {writing && doing === undefined && (
        <div className={css['commentActions']}>
          {can.map((each) => (
            <Button
              key={each}
              look="quiet"
              aria-label={strings.commentActionOn[each](nameOf(recordedBy))}
              onClick={() => setDoing(each)}
            >
              {strings.commentAction[each]}
            </Button>
          ))}
        </div>
      )}
      {doing === 'reply' && (
        <NewComment incident={incident} about={comment.targetId ?? ''} replyTo={comment} onDone={done} />
      )}
      {doing === 'retract' && (
        <RetractDialog incident={incident} annotation={{ ...comment, kind: 'comment' }} onClose={done} />
      )}
      {replies.length > 0 && (
        <ol className={css['replies']}>
          {replies.map((reply) => (
            <Thread key={reply.id} incident={incident} comment={reply} all={all} />
          ))}
        </ol>
      )}
    </li>
  );
}
