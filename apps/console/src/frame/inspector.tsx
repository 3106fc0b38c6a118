import { annotationIn } from '../data/annotations.js';
import { useIncident } from '../data/queries.js';
import { Loaded } from '../parts/states.js';
import { strings } from '../strings/inspector.js';
import css from './inspector.module.css';

/** Everything about the selected annotation, the same on every page. */
export function Inspector({
  incident,
  annotation,
}: {
  readonly incident: string;
  readonly annotation: string;
}) {
  return (
    <div className={css['inspector']}>
      <Loaded query={useIncident(incident)}>
        {(view) => {
          const found = annotationIn(view, annotation);
          return found === undefined ? <p>{strings.notThere}</p> : <h2>{found.kind}</h2>;
        }}
      </Loaded>
    </div>
  );
}
