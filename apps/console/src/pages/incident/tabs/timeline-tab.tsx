import { useMemo } from 'react';
import { type Bounds, useScorecard, useTimeline } from '../../../data/analysis.js';
import { Loaded } from '../../../parts/states.js';
import { useRows } from '../../../parts/use-rows.js';
import { onDay } from '../../../parts/when.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import drawn from '../drawn/drawn.module.css';
import { TimelineDrawing } from '../drawn/timeline-drawing.js';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

const text = strings.timeline;

export function TimelineTab({ incident }: TabProps) {
  const timeline = useTimeline(incident.id);
  const { data: scorecard } = useScorecard(incident.id);
  const { list } = useRows<HTMLTableSectionElement>(ROWS);
  const learnedAt = useMemo(
    () => new Map([...incident.warnings, ...incident.attacks].map(({ id, recordedAt }) => [id, recordedAt])),
    [incident.warnings, incident.attacks],
  );
  const leadOf = (id: string): string =>
    (scorecard?.warnings.find(({ warningId }) => warningId === id)?.links ?? [])
      .map(({ leadTime }) =>
        leadTime === null ? strings.lead.unknown : strings.lead.days(leadTime.minDays, leadTime.maxDays),
      )
      .join('; ');
  return (
    <Loaded query={timeline}>
      {(data) =>
        data.entries.length === 0 ? (
          <Nothing>{strings.graph.empty}</Nothing>
        ) : (
          <>
            <TimelineDrawing timeline={data} scorecard={scorecard} learnedAt={learnedAt} />
            <p className={drawn['legend']}>{Object.values(text.legend).join(' · ')}</p>
            <div className={drawn['scroll']}>
              <table className={drawn['table']}>
                <caption>{text.table}</caption>
                <thead>
                  <tr>
                    <th scope="col">{text.what}</th>
                    <th scope="col">{text.when}</th>
                    <th scope="col">{text.bounds}</th>
                    <th scope="col">{text.linked}</th>
                    <th scope="col">{text.recorded}</th>
                  </tr>
                </thead>
                <tbody ref={list}>
                  {data.entries.map(({ id, kind, summary, date, bounds, window }) => (
                    <tr key={id}>
                      <td>
                        <Picked id={id}>{summary}</Picked>
                        <small>
                          {words.kind[kind]}
                          {window !== undefined && `, ${text.window(window.edtf ?? window.asPrinted ?? '')}`}
                        </small>
                      </td>
                      <td className={drawn['day']} dir="auto">
                        {date?.edtf ?? date?.asPrinted ?? strings.undated}
                      </td>
                      <td className={drawn['day']}>{bounds === null ? '' : boundsText(bounds)}</td>
                      <td className={drawn['day']}>{leadOf(id)}</td>
                      <td className={drawn['day']}>{learnedAt.has(id) ? onDay(learnedAt.get(id)!) : ''}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )
      }
    </Loaded>
  );
}

/** The days that a date allows, and their certainty, in words. Bounds are UTC days. */
function boundsText({ earliest, latest, approximate, uncertain }: Bounds): string {
  const day = (bound: string | null): string => bound?.replace(/T.*$/, '') ?? text.open;
  return [
    day(earliest) === day(latest) ? day(earliest) : text.between(day(earliest), day(latest)),
    ...(approximate ? [text.approximate] : []),
    ...(uncertain ? [text.uncertain] : []),
  ].join(', ');
}
