import { Link } from 'wouter';
import { pathTo, useAddress } from '../../../address/address.js';
import { type Support, useSources } from '../../../data/analysis.js';
import { annotationIn } from '../../../data/annotations.js';
import { sentenceOfLink } from '../../../data/describe.js';
import type { Incident } from '../../../data/types.js';
import { Chip } from '../../../parts/chip.js';
import { Loaded } from '../../../parts/states.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings } from '../../../strings/incident.js';
import drawn from '../drawn/drawn.module.css';
import css from '../incident.module.css';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

const text = strings.sources;
/** The height of a document's line; curves meet lines at their middle. */
const LINE = 34;
const CURVE = 90;

/** Documents flowing into their upstream sources, for each position of a dispute and the evidence of each annotation. */
export function SourcesTab({ incident }: TabProps) {
  const { list } = useRows<HTMLDivElement>(ROWS);
  const titleOfLink = (id: string, otherwise: string): string => {
    const found = annotationIn(incident, id);
    return found?.kind === 'link' ? sentenceOfLink(incident, found) : otherwise;
  };
  return (
    <Loaded query={useSources(incident.id)}>
      {({ positions, evidence }) => {
        const supported = evidence.filter(({ support, kind }) => support.claimCount > 0 && kind !== 'claim');
        return (
          <div ref={list} className={css['cards']}>
            {positions.length + supported.length === 0 && <Nothing>{text.empty}</Nothing>}
            {positions.length > 0 && <h2>{text.positions}</h2>}
            {positions.map(({ disputeId, index, statement, support }) => (
              <Flow
                key={`${disputeId} ${index}`}
                incident={incident}
                id={disputeId}
                title={statement}
                support={support}
              />
            ))}
            {supported.length > 0 && <h2>{text.evidence}</h2>}
            {supported.map(({ annotationId, words, support }) => (
              <Flow
                key={annotationId}
                incident={incident}
                id={annotationId}
                title={titleOfLink(annotationId, words)}
                support={support}
              />
            ))}
          </div>
        );
      }}
    </Loaded>
  );
}

interface FlowProps {
  readonly incident: Incident;
  readonly id: string;
  readonly title: string;
  readonly support: Support;
}

function Flow({ incident, id, title, support }: FlowProps) {
  const { to } = useAddress();
  const { documentCount, sourceCount, voiceCount, sources, voices } = support;
  const attached = new Map(incident.documents.map((each) => [each.id, each]));
  return (
    <article className={css['card']} aria-label={title}>
      <header>
        <h3>
          <Picked id={id}>{title}</Picked>
        </h3>
        <p className={css['meta']}>
          <strong>{text.counts(documentCount, sourceCount, voiceCount)}</strong>
          {sourceCount < documentCount && <Chip status="hedged">{text.circular}</Chip>}
        </p>
      </header>
      <ul className={drawn['roots']}>
        {sources.map(({ name, documents }) => (
          <li key={name + documents.join()}>
            <ul className={drawn['papers']}>
              {documents.map((document) => (
                <li key={document}>
                  <Link
                    href={to(pathTo.document(incident.id, document))}
                    dir="auto"
                    title={attached.get(document)?.title}
                  >
                    {attached.get(document)?.title ?? document}
                  </Link>
                </li>
              ))}
            </ul>
            <Curves count={documents.length} />
            <p className={drawn['root']} data-shared={documents.length > 1 ? '' : undefined}>
              <span dir="auto">{name}</span>
              <small>{documents.length > 1 ? text.oneSource(documents.length) : text.ownSource}</small>
            </p>
          </li>
        ))}
      </ul>
      {voices.length > 0 && (
        <p className={css['soft']} dir="auto">
          {text.voices(voices.join(', '))}
        </p>
      )}
    </article>
  );
}

function Curves({ count }: { readonly count: number }) {
  const height = count * LINE;
  const root = height / 2;
  return (
    <svg
      className={drawn['curves']}
      width={CURVE}
      height={height}
      viewBox={`0 0 ${CURVE} ${height}`}
      data-shared={count > 1 ? '' : undefined}
      aria-hidden="true"
    >
      {Array.from({ length: count }, (_, index) => {
        const y = index * LINE + LINE / 2;
        return <path key={index} d={`M0 ${y} C${CURVE / 2} ${y} ${CURVE / 2} ${root} ${CURVE} ${root}`} />;
      })}
    </svg>
  );
}
