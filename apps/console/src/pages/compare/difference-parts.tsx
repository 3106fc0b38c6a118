import { Link } from 'wouter';
import { pathTo } from '../../address/address.js';
import { annotationIn } from '../../data/annotations.js';
import { sentenceOfChange, titleOf } from '../../data/describe.js';
import type { AnnotationDifference, FieldDifference, IncidentDifference } from '../../data/difference.js';
import { useNames } from '../../data/queries.js';
import type { Incident } from '../../data/types.js';
import { Chip } from '../../parts/chip.js';
import { Value } from '../../parts/value.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/compare.js';
import { strings as inspector } from '../../strings/inspector.js';
import { words } from '../../strings/vocabulary.js';
import css from './compare.module.css';

type OfIncident = Pick<
  IncidentDifference,
  'incidentId' | 'opened' | 'fields' | 'documents' | 'annotations' | 'changes'
>;

interface FoundProps {
  readonly difference: OfIncident;
  /** The current incident, for the titles of named annotations; undefined if it is not loaded. */
  readonly incident: Incident | undefined;
}

/** The changes in one incident, and beside them the events that led to them. */
export function Found({ difference, incident }: FoundProps) {
  const { fields, documents, annotations, changes } = difference;
  return (
    <div className={css['columns']}>
      <div>
        {fields.length > 0 && (
          <section className={css['section']}>
            <h2>{strings.incident}</h2>
            <Fields fields={fields} added={difference.opened} incident={incident} />
          </section>
        )}
        {documents.length > 0 && (
          <section className={css['section']}>
            <h2>{strings.documents}</h2>
            {documents.map(({ id, change }) => (
              <article key={id} className={css['item']}>
                <header>
                  <Chip>{strings.change[change]}</Chip>
                  <h3 dir="auto">{incident?.documents.find((each) => each.id === id)?.title ?? id}</h3>
                </header>
              </article>
            ))}
          </section>
        )}
        {annotations.length > 0 && (
          <section className={css['section']}>
            <h2>{strings.annotations}</h2>
            {annotations.map((each) => (
              <Annotation key={each.id} difference={each} incident={incident} />
            ))}
          </section>
        )}
      </div>
      <Changes changes={changes} incident={difference.incidentId} />
    </div>
  );
}

interface ChangesProps {
  readonly changes: IncidentDifference['changes'];
  /** The incident that a line links to, if any. */
  readonly incident?: string;
}

/** Who did what, when and why, in order. */
export function Changes({ changes, incident }: ChangesProps) {
  const nameOf = useNames();
  return (
    <section className={css['section']}>
      <h2>{strings.changes}</h2>
      <ol className={css['changes']}>
        {changes.map((change) => (
          <li key={change.position}>
            <span dir="auto">{sentenceOfChange(change, nameOf)}</span>
            {change.reason !== undefined && <q dir="auto">{change.reason}</q>}
            <span className={css['meta']}>
              {atMinute(change.at)}
              {incident !== undefined && ' · '}
              {incident !== undefined && (
                <Link
                  href={`${pathTo.incident(incident)}?asOf=${change.position}${change.annotationId === null ? '' : `&on=${change.annotationId}`}`}
                >
                  {strings.asItWas}
                </Link>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface AnnotationProps {
  readonly difference: AnnotationDifference;
  readonly incident: Incident | undefined;
}

function Annotation({ difference: { id, kind, change, fields }, incident }: AnnotationProps) {
  const found = incident === undefined ? undefined : annotationIn(incident, id);
  const isNew = change === 'added';
  return (
    <article className={`${css['item']} ${isNew ? css['added'] : ''}`}>
      <header>
        <Chip>{words.kind[kind]}</Chip>
        <Chip status={change === 'retracted' ? 'disputed' : isNew ? 'settled' : 'hedged'}>
          {strings.change[change]}
        </Chip>
        <h3 dir="auto">{found === undefined ? id : titleOf(found)}</h3>
      </header>
      <Fields fields={fields} added={isNew} incident={incident} />
    </article>
  );
}

/** Fields that are the same for every added annotation. */
const OBVIOUS = new Set([
  'kind',
  'status',
  'recordedBy',
  'revisedBy',
  'recordedAt',
  'revisedAt',
  'revision',
  'id',
]);

interface FieldsProps {
  readonly fields: readonly FieldDifference[];
  readonly added: boolean;
  readonly incident: Incident | undefined;
}

export function Fields({ fields, added, incident }: FieldsProps) {
  const names = (id: string): string | undefined => {
    const found = incident === undefined ? undefined : annotationIn(incident, id);
    return found && titleOf(found);
  };
  return (
    <dl>
      {fields
        .filter(({ field }) => !added || !OBVIOUS.has(field))
        .map(({ field, before, after }) => (
          <div key={field} className={css['field']}>
            <dt>{inspector.field[field] ?? field}</dt>
            {!added && (
              <dd className={css['before']}>
                <Value value={before} names={names} />
              </dd>
            )}
            <dd className={css['after']}>
              <Value value={after} names={names} />
            </dd>
          </div>
        ))}
    </dl>
  );
}
