import { scaleLinear } from 'd3-scale';
import { type StatedFigure, type TollLedger, useCasualties } from '../../../data/analysis.js';
import { figureText } from '../../../data/describe.js';
import { useDocuments } from '../../../data/queries.js';
import { Chip } from '../../../parts/chip.js';
import { Loaded } from '../../../parts/states.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import drawn from '../drawn/drawn.module.css';
import css from '../incident.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

const text = strings.tolls;
/** The coordinate system of a lane, which is stretched to the width in the table. */
const LANE = { width: 300, height: 28, edge: 14 };

/** When and where the document of a figure was published. */
type SourceOf = (figure: StatedFigure) => { readonly published: string; readonly publisher: string };

/** Each toll of each attack: a lane for every stated figure, by date of publication, over the band of the best. */
export function TollsTab({ incident }: TabProps) {
  const { list } = useRows<HTMLDivElement>(ROWS);
  const { data: documents } = useDocuments();
  const attached = new Map(incident.documents.map((each) => [each.id, each]));
  const sourceOf: SourceOf = ({ documentId, asserters }) => {
    const document = documents?.find(({ id }) => id === documentId);
    return {
      published: document?.published ?? '',
      publisher:
        attached.get(documentId)?.publisher ?? document?.publisher ?? asserters.at(-1)?.name ?? documentId,
    };
  };
  return (
    <Loaded query={useCasualties(incident.id)}>
      {({ attacks, ofNoAttack }) => (
        <div ref={list} className={css['cards']}>
          {attacks.length === 0 && <Nothing>{text.empty}</Nothing>}
          {attacks.some(({ tolls }) => tolls.length > 0) && <p className={drawn['legend']}>{text.legend}</p>}
          {attacks.map(({ attackId, summary, tolls }) => (
            <article key={attackId} className={css['card']} aria-label={summary}>
              <h2>
                <Picked id={attackId}>{summary}</Picked>
              </h2>
              {tolls.length === 0 && <Nothing>{text.noFigures}</Nothing>}
              {tolls.map((toll) => (
                <Toll key={toll.counts} toll={toll} sourceOf={sourceOf} />
              ))}
            </article>
          ))}
          {ofNoAttack.length > 0 && (
            <section>
              <h2>{text.ofNoAttack}</h2>
              <p className={css['soft']}>{text.ofNoAttackHelp}</p>
              <FigureList figures={ofNoAttack} />
            </section>
          )}
        </div>
      )}
    </Loaded>
  );
}

function FigureList({ figures }: { readonly figures: readonly StatedFigure[] }) {
  return (
    <ul className={css['rows']}>
      {figures.map((figure) => (
        <li key={figure.claimId}>
          <Picked id={figure.claimId}>{figure.exact}</Picked>
          <p className={css['meta']}>{figureText(figure)}</p>
        </li>
      ))}
    </ul>
  );
}

interface TollProps {
  readonly toll: TollLedger;
  readonly sourceOf: SourceOf;
}

function Toll({ toll, sourceOf }: TollProps) {
  const { counts, low, high, openBelow, openAbove, best, support, figures, retracted } = toll;
  const ordered = figures
    .map((figure) => ({ figure, source: sourceOf(figure) }))
    .sort((a, b) => a.source.published.localeCompare(b.source.published));
  const numbers = figures.flatMap(({ min, max }) => [min, max].filter((each) => each !== null));
  const ends = [...numbers, best?.min, best?.max].filter((each) => each != null);
  const scale = scaleLinear()
    .domain([Math.min(...ends), Math.max(...ends, Math.min(...ends) + 1)])
    .range([LANE.edge, LANE.width - LANE.edge]);
  const bound = (n: number | null, open: boolean, more: (n: number) => string) =>
    n === null ? strings.timeline.open : open ? more(n) : String(n);
  return (
    <div className={drawn['scroll']}>
      <table className={`${drawn['table']} ${drawn['lanes']}`}>
        <caption>
          <strong>{counts}</strong>{' '}
          {text.summary(bound(low, openBelow, text.orLess), bound(high, openAbove, text.orMore))},{' '}
          {best === null
            ? text.noBest
            : `${figureText({ counts: text.best[best.basis], min: best.min, max: best.max })}`}
          , {text.support(support.documentCount, support.sourceCount)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{text.published}</th>
            <th scope="col">{text.by}</th>
            <th scope="col">{text.figure}</th>
            <th scope="col">
              <span className="visually-hidden">{text.drawn}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered.map(({ figure, source }) => (
            <tr key={figure.claimId}>
              <td className={drawn['day']}>
                {source.published === '' ? text.undated : source.published.slice(0, 10)}
              </td>
              <td dir="auto">{source.publisher}</td>
              <td>
                <Picked id={figure.claimId}>{figureText(figure).replace(`${counts}: `, '')}</Picked>
                {!figure.counted && figure.modality !== undefined && (
                  <Chip status="hedged">{text.notCounted(words.modality[figure.modality])}</Chip>
                )}
              </td>
              <td>
                <Lane figure={figure} best={best} scale={scale} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {retracted.length > 0 && (
        <details>
          <summary>{text.retracted}</summary>
          <FigureList figures={retracted} />
        </details>
      )}
    </div>
  );
}

interface LaneProps {
  readonly figure: StatedFigure;
  readonly best: TollLedger['best'];
  readonly scale: (value: number) => number;
}

/** A dot for an exact figure, a bar for a range, an arrow for an open end; the cells beside it say the same. */
function Lane({ figure: { min, max, counted }, best, scale }: LaneProps) {
  const { width, height, edge } = LANE;
  const y = height / 2;
  const from = min === null ? 4 : scale(min);
  const to = max === null ? width - 4 : scale(max);
  const bestFrom = best?.min == null ? edge : scale(best.min);
  const bestTo = best?.max == null ? width - edge : scale(best.max);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      className={drawn['lane']}
      data-counted={counted ? '' : undefined}
      aria-hidden="true"
    >
      {best !== null && (
        <rect
          x={bestFrom - 4}
          width={bestTo - bestFrom + 8}
          y={0}
          height={height}
          className={drawn['best']}
        />
      )}
      <line x1={0} x2={width} y1={y} y2={y} className={drawn['guide']} />
      {from !== to && <line x1={from} x2={to} y1={y} y2={y} className={drawn['range']} />}
      {min !== null && <circle cx={from} cy={y} r={5} />}
      {max !== null && max !== min && <circle cx={to} cy={y} r={5} />}
      {max === null && <path d={`M${to - 7} ${y - 5} L${to} ${y} L${to - 7} ${y + 5}`} />}
      {min === null && <path d={`M${from + 7} ${y - 5} L${from} ${y} L${from + 7} ${y + 5}`} />}
    </svg>
  );
}
