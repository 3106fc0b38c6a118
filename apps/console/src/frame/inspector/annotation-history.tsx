import { useAddress } from '../../address/address.js';
import { sentenceOfChange } from '../../data/describe.js';
import { useHistory, useNames } from '../../data/queries.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import css from './inspector.module.css';

/** Every change of the annotation, latest first; each links to the page as it was then. */
export function AnnotationHistory({
  incident,
  annotation,
}: {
  readonly incident: string;
  readonly annotation: string;
}) {
  const { data: history = [] } = useHistory(incident);
  const nameOf = useNames();
  const { change } = useAddress();
  const changes = history.filter(({ annotationId }) => annotationId === annotation).reverse();
  return (
    <section className={css['section']}>
      <h3>{strings.history}</h3>
      <ol className={css['history']}>
        {changes.map(({ position, at, actor, sentence, reason }) => (
          <li key={position}>
            <span className={css['meta']}>{atMinute(at)}</span>
            <button
              type="button"
              className={css['plain']}
              dir="auto"
              title={strings.goThere}
              onClick={() => change({ asOf: String(position) }, { push: true })}
            >
              {sentenceOfChange({ actor, sentence }, nameOf)}
            </button>
            {reason !== undefined && <q dir="auto">{reason}</q>}
          </li>
        ))}
      </ol>
    </section>
  );
}
