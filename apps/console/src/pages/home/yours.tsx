import { useQueryClient } from '@tanstack/react-query';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { useMentions, useMyDisputes } from '../../data/board.js';
import { dropDraft } from '../../data/drafts.js';
import { useNames } from '../../data/queries.js';
import { useMe } from '../../data/session.js';
import { useDrafts } from '../../data/use-draft.js';
import { Button } from '../../parts/button.js';
import { Loaded } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/home.js';
import css from './home.module.css';

/** The member's drafts, with links to continue them. */
export function Drafts() {
  const queries = useQueryClient();
  const { data: drafts = [] } = useDrafts();
  return (
    <section className={css['section']}>
      <h2>{strings.continue}</h2>
      {drafts.length === 0 && <p className={css['quiet']}>{strings.noDrafts}</p>}
      <ul>
        {drafts.map(({ id, owner, title, address, savedAt }) => (
          <li key={id} className={css['row']}>
            <div>
              <Link href={address} dir="auto">
                {title}
              </Link>
              <span className={css['meta']}>
                {strings.draftFrom(atMinute(new Date(savedAt).toISOString()))}
              </span>
            </div>
            <Button
              look="quiet"
              aria-label={strings.discardOf(title)}
              onClick={() =>
                void dropDraft(owner, id).then(() => queries.invalidateQueries({ queryKey: ['drafts'] }))
              }
            >
              {strings.discard}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function MyDisputes() {
  const { to } = useAddress();
  return (
    <section className={css['section']}>
      <h2>{strings.disputes}</h2>
      <Loaded query={useMyDisputes()}>
        {(disputes) =>
          disputes.length === 0 ? (
            <p className={css['quiet']}>{strings.noDisputes}</p>
          ) : (
            <ul>
              {disputes.map(({ disputeId, incidentId, incidentTitle, question, ageDays }) => (
                <li key={disputeId} className={css['row']}>
                  <div>
                    <Link href={to(pathTo.incident(incidentId, 'disputes'), { on: disputeId })} dir="auto">
                      {question}
                    </Link>
                    <span className={css['meta']}>
                      <bdi>{incidentTitle}</bdi>, {strings.age(ageDays)}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

export function Mentions() {
  const { to } = useAddress();
  const { member } = useMe();
  const nameOf = useNames();
  return (
    <section className={css['section']}>
      <h2>{strings.mentions}</h2>
      <Loaded query={useMentions()}>
        {(mentions) =>
          mentions.length === 0 ? (
            <p className={css['quiet']}>{strings.noMentions(member.id)}</p>
          ) : (
            <ul>
              {mentions.map(({ id, incidentId, title, recordedBy, recordedAt }) => (
                <li key={id} className={css['row']}>
                  <div>
                    <Link href={to(pathTo.incident(incidentId ?? ''), { on: id })} dir="auto">
                      {title}
                    </Link>
                    <span className={css['meta']}>
                      {nameOf(recordedBy)}, {atMinute(recordedAt)}
                    </span>
                  </div>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
