import { type Support, useSources } from '../../../data/analysis.js';
import { annotationIn, stands } from '../../../data/annotations.js';
import { titleOf } from '../../../data/describe.js';
import { useNames } from '../../../data/queries.js';
import type { Dispute, Incident } from '../../../data/types.js';
import { Chip } from '../../../parts/chip.js';
import { useRows } from '../../../parts/use-rows.js';
import { atMinute } from '../../../parts/when.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import css from '../incident.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';
import { DisputeActions } from './dispute-actions.js';

const text = strings.dispute;

/** Each dispute with its positions side by side: a column whose height is its number of independent sources, with its quotes underneath. */
export function DisputesTab({ incident }: TabProps) {
  const { list } = useRows<HTMLDivElement>(ROWS);
  const sources = useSources(incident.id);
  const disputes = incident.disputes.filter(stands);
  const supportOf = (dispute: string, index: number): Support | undefined =>
    sources.data?.positions.find((each) => each.disputeId === dispute && each.index === index)?.support;
  return (
    <div ref={list} className={css['cards']}>
      {disputes.length === 0 && <Nothing>{strings.none.dispute}</Nothing>}
      {disputes.map((dispute) => (
        <DisputeCard
          key={dispute.id}
          incident={incident}
          dispute={dispute}
          supportOf={(index) => supportOf(dispute.id, index)}
        />
      ))}
    </div>
  );
}

interface CardProps {
  readonly incident: Incident;
  readonly dispute: Dispute;
  readonly supportOf: (index: number) => Support | undefined;
}

function DisputeCard({ incident, dispute, supportOf }: CardProps) {
  const nameOf = useNames();
  const { id, question, state = 'open', positions = [], targets = [], owner, grounds, resolution } = dispute;
  const most = Math.max(1, ...positions.map((_, index) => supportOf(index)?.sourceCount ?? 0));
  return (
    <article className={css['card']} data-state={state} aria-label={question}>
      <header>
        <h2>
          <Picked id={id}>{question}</Picked>
        </h2>
        <p className={css['meta']}>
          <Chip status={state === 'resolved' ? 'settled' : state === 'withdrawn' ? undefined : 'disputed'}>
            {words.status[state]}
          </Chip>
          <span>{owner === undefined ? text.noOwner : text.owner(nameOf(owner))}</span>
        </p>
      </header>
      <div className={css['about']}>
        <span>{text.about}</span>
        <ul>
          {targets.map((target) => {
            const found = annotationIn(incident, target);
            return (
              <li key={target}>
                <Picked id={target}>{found === undefined ? target : titleOf(found)}</Picked>
              </li>
            );
          })}
        </ul>
      </div>
      {grounds !== undefined && <p dir="auto">{grounds}</p>}
      {positions.length === 0 && <Nothing>{text.noPositions}</Nothing>}
      <ol className={css['columns']}>
        {positions.map((position, index) => (
          <Column
            key={index}
            incident={incident}
            position={position}
            support={supportOf(index)}
            most={most}
            prevails={resolution?.prevailing === index}
          />
        ))}
      </ol>
      {resolution !== undefined && (
        <p className={css['resolution']}>
          {text.settled(
            words.outcome[resolution.outcome],
            nameOf(resolution.decidedBy),
            atMinute(resolution.decidedAt),
          )}
          <q dir="auto">{resolution.reason}</q>
        </p>
      )}
      <DisputeActions incident={incident} dispute={dispute} />
    </article>
  );
}

interface ColumnProps {
  readonly incident: Incident;
  readonly position: NonNullable<Dispute['positions']>[number];
  readonly support: Support | undefined;
  /** The largest number of sources of any position of the dispute. */
  readonly most: number;
  readonly prevails: boolean;
}

function Column({ incident, position, support, most, prevails }: ColumnProps) {
  const { statement, heldBy, evidence = [] } = position;
  const sources = support?.sourceCount ?? 0;
  const titles = new Map(incident.documents.map(({ id, title }) => [id, title]));
  return (
    <li data-prevails={prevails ? '' : undefined}>
      <div className={css['stack']} style={{ height: most * 14 }} aria-hidden="true">
        {Array.from({ length: sources }, (_, index) => (
          <i key={index} />
        ))}
      </div>
      <p className={css['count']}>
        {text.sources(sources)}, {text.documents(support?.documentCount ?? 0)}
      </p>
      <h3 dir="auto">{statement}</h3>
      <p className={css['meta']}>
        {heldBy !== undefined && <span dir="auto">{text.heldBy(heldBy)}</span>}
        {prevails && <Chip status="settled">{text.prevails}</Chip>}
      </p>
      {evidence.length === 0 && <p className={css['soft']}>{text.noEvidence}</p>}
      <ul className={css['quotes']}>
        {evidence.map((id) => {
          const claim = incident.claims.find((each) => each.id === id);
          return (
            <li key={id}>
              <Picked id={id}>{claim?.anchor?.exact ?? claim?.statement ?? id}</Picked>
              <small dir="auto">{titles.get(claim?.anchor?.documentId ?? '') ?? ''}</small>
            </li>
          );
        })}
      </ul>
    </li>
  );
}
