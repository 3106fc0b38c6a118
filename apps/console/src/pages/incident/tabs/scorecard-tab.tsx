import { scaleLinear } from 'd3-scale';
import { type LeadTime, type Scorecard, useScorecard } from '../../../data/analysis.js';
import { Chip } from '../../../parts/chip.js';
import { Loaded } from '../../../parts/states.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import drawn from '../drawn/drawn.module.css';
import { Squares } from '../forms/specificity.js';
import css from '../incident.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

const text = strings.scorecard;
const LEAD = { width: 320, height: 30, edge: 16 };

/** Each warning beside its attacks: its specificity, its lead time, and its disputes. */
export function ScorecardTab({ incident }: TabProps) {
  const { list } = useRows<HTMLDivElement>(ROWS);
  return (
    <Loaded query={useScorecard(incident.id)}>
      {({ warnings }) => {
        const days = warnings
          .flatMap(({ links }) => links.map(({ leadTime }) => [leadTime?.minDays, leadTime?.maxDays]))
          .flat()
          .filter((each) => each != null);
        // One scale for all, so that the intervals can be compared; it includes the day of the attack.
        const scale = scaleLinear()
          .domain([Math.max(1, ...days), Math.min(0, ...days)])
          .range([LEAD.edge, LEAD.width - LEAD.edge]);
        return (
          <div ref={list} className={css['cards']}>
            {warnings.length === 0 && <Nothing>{text.empty}</Nothing>}
            {warnings.map((warning) => (
              <Card key={warning.warningId} warning={warning} scale={scale} />
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

interface CardProps {
  readonly warning: Scorecard['warnings'][number];
  readonly scale: (days: number) => number;
}

function Card({ warning, scale }: CardProps) {
  const { warningId, summary, issuedBy, issuedAt, channel, told, disclosed, contested } = warning;
  return (
    <article className={css['card']} aria-label={summary}>
      <header>
        <h2>
          <Picked id={warningId}>{summary}</Picked>
        </h2>
        <p className={css['meta']} dir="auto">
          <span>{text.issued(issuedBy ?? '', issuedAt?.edtf ?? issuedAt?.asPrinted ?? '')}</span>
          {channel !== undefined && <span>{channel}</span>}
          {told.length > 0 && <span>{text.told(told.join(', '))}</span>}
          {disclosed !== null && <span>{text.disclosed(words.disclosed[disclosed])}</span>}
          {contested !== 'uncontested' && (
            <Chip status={contested === 'contested' ? 'disputed' : 'settled'}>
              {text.contested[contested]}
            </Chip>
          )}
        </p>
      </header>
      <div className={css['pair']}>
        <section>
          <h3>{text.specificity}</h3>
          <Squares value={warning.specificity} />
          <p className={css['soft']}>{text.stated(warning.stated)}</p>
        </section>
        <section>
          <h3>{text.lead}</h3>
          {warning.links.length === 0 && <Nothing>{text.noLinks}</Nothing>}
          <ul className={css['rows']}>
            {warning.links.map(({ linkId, attack, relation, assessment, leadTime }) => (
              <li key={linkId}>
                <Picked id={linkId}>
                  {`${relation === undefined ? '→' : words.relation[relation]} ${attack}`}
                </Picked>
                <Lead lead={leadTime} scale={scale} />
                <p className={css['meta']}>
                  <span>
                    {leadTime === null
                      ? strings.lead.unknown
                      : strings.lead.days(leadTime.minDays, leadTime.maxDays)}
                  </span>
                  {leadTime !== null && <span>{strings.lead.order[leadTime.order]}</span>}
                  {leadTime !== null && (
                    <span>{leadTime.certain ? strings.lead.certain : strings.lead.notCertain}</span>
                  )}
                  {assessment !== undefined && <Chip>{words.assessment[assessment]}</Chip>}
                </p>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </article>
  );
}

/** The days between a warning and its attack at 0; the words below say the same. */
function Lead({ lead, scale }: { readonly lead: LeadTime | null; readonly scale: (days: number) => number }) {
  if (lead === null) return null;
  const { width, height } = LEAD;
  const y = 12;
  const { minDays, maxDays, certain } = lead;
  const [from, to] = [maxDays === null ? 2 : scale(maxDays), minDays === null ? width - 2 : scale(minDays)];
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={drawn['lead']}
      data-certain={certain ? '' : undefined}
      aria-hidden="true"
    >
      <line x1={0} x2={width} y1={y} y2={y} className={drawn['guide']} />
      <line x1={scale(0)} x2={scale(0)} y1={2} y2={22} className={drawn['zero']} />
      <text x={scale(0)} y={height} textAnchor={scale(0) > width - 40 ? 'end' : 'middle'}>
        {words.kind.attack.toLowerCase()}
      </text>
      <line x1={from} x2={Math.max(to, from + 0.1)} y1={y} y2={y} className={drawn['range']} />
      {maxDays !== null && <circle cx={from} cy={y} r={4} />}
      {minDays !== null && <circle cx={to} cy={y} r={4} />}
    </svg>
  );
}
