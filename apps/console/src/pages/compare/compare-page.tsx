import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { annotationIn } from '../../data/annotations.js';
import { sentenceOfChange, titleOf } from '../../data/describe.js';
import {
  type AnnotationDifference,
  type FieldDifference,
  type IncidentDifference,
  useDifference,
} from '../../data/difference.js';
import { useIncident, useIncidents, useNames } from '../../data/queries.js';
import type { Incident } from '../../data/types.js';
import { Page } from '../../frame/page.js';
import { Chip } from '../../parts/chip.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { Value } from '../../parts/value.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/compare.js';
import { strings as inspector } from '../../strings/inspector.js';
import { words } from '../../strings/vocabulary.js';
import css from './compare.module.css';

/** What changed in an incident between two moments: the two handles of the time bar, or the address. */
export function ComparePage() {
  const { parameter } = useAddress();
  const incident = parameter('incident');
  return incident === undefined ? <Choose /> : <Compared incident={incident} />;
}

function Choose() {
  const { go } = useAddress();
  return (
    <Page title={strings.title}>
      <EmptyState>{strings.lead}</EmptyState>
      <Loaded query={useIncidents()}>
        {(incidents) => (
          <ul className={css['choices']} aria-label={strings.choose}>
            {incidents.map(({ id, title }) => (
              <li key={id}>
                <a
                  href={`${pathTo.compare}?incident=${id}&from=0`}
                  dir="auto"
                  onClick={(event) => {
                    event.preventDefault();
                    go(pathTo.compare, { incident: id, from: '0', asOf: undefined });
                  }}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  );
}

function Compared({ incident }: { readonly incident: string }) {
  const { parameter } = useAddress();
  const view = useIncident(incident);
  const difference = useDifference(incident, parameter('from') ?? '0', parameter('to'));
  return (
    <Page
      title={strings.title}
      above={
        <Link href={pathTo.incident(incident)} dir="auto">
          {view.data?.title}
        </Link>
      }
    >
      <Loaded query={difference}>
        {(found) => (
          <>
            <p className={css['between']}>
              {strings.between(momentOf(found.from, strings.start), momentOf(found.to, strings.now))}
            </p>
            {found.changes.length === 0 ? (
              <EmptyState>{strings.nothing}</EmptyState>
            ) : (
              <Found difference={found} incident={view.data} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

const momentOf = ({ at, position }: IncidentDifference['from'], none: string): string =>
  at === null ? none : strings.moment(atMinute(at), position);

interface FoundProps {
  readonly difference: IncidentDifference;
  readonly incident: Incident | undefined;
}

function Found({ difference, incident }: FoundProps) {
  const nameOf = useNames();
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
      <section className={css['section']}>
        <h2>{strings.changes}</h2>
        <ol className={css['changes']}>
          {changes.map((change) => (
            <li key={change.position}>
              <span dir="auto">{sentenceOfChange(change, nameOf)}</span>
              {change.reason !== undefined && <q dir="auto">{change.reason}</q>}
              <span className={css['meta']}>
                {atMinute(change.at)} ·{' '}
                <Link
                  href={`${pathTo.incident(difference.incidentId)}?asOf=${change.position}${change.annotationId === null ? '' : `&on=${change.annotationId}`}`}
                >
                  {strings.asItWas}
                </Link>
              </span>
            </li>
          ))}
        </ol>
      </section>
    </div>
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

/** Fields that say the same of every annotation that is added. */
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

function Fields({ fields, added, incident }: FieldsProps) {
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
