import type { ReactNode } from 'react';
import { useAddress } from '../../address/address.js';
import { annotationIn } from '../../data/annotations.js';
import { figureText, titleOf } from '../../data/describe.js';
import { useBlame, useNames } from '../../data/queries.js';
import type { Annotation, Asserter, Incident } from '../../data/types.js';
import { Chip } from '../../parts/chip.js';
import { textOf } from '../../parts/value.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import { words } from '../../strings/vocabulary.js';
import css from './inspector.module.css';

/** What every annotation has and the inspector shows elsewhere. */
const HEADER = new Set([
  'id',
  'kind',
  'revision',
  'status',
  'recordedBy',
  'recordedAt',
  'revisedBy',
  'revisedAt',
  'position',
  'retraction',
]);
/** The order in which fields are read; what is not named comes behind. */
const ORDER = ['asserters', 'statement', 'summary', 'question', 'body', 'anchor', 'modality', 'figure'];
/** Fields that hold ids of other annotations. */
const REFERENCES = new Set(['evidence', 'warningId', 'attackId', 'earlierAttackId', 'targetId', 'replyTo']);

interface FieldsProps {
  readonly incident: Incident;
  readonly annotation: Annotation;
  /** Shows beneath each field who made it what it is. */
  readonly why: boolean;
}

/** Every field that the annotation has, by its name, in the order in which an analyst reads them. */
export function Fields({ incident, annotation, why }: FieldsProps) {
  const blame = useBlame(incident.id, why ? annotation.id : undefined);
  const nameOf = useNames();
  const title = titleOf(annotation);
  const rank = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);
  const fields = Object.entries(annotation as Readonly<Record<string, unknown>>)
    .filter(([field, value]) => !HEADER.has(field) && value !== undefined && (value !== title || why))
    .sort(([a], [b]) => rank(a) - rank(b));
  return (
    <dl className={css['fields']}>
      {fields.map(([field, value]) => {
        const maker = blame.data?.fields.find((each) => each.field === field)?.madeBy;
        return (
          <div key={field}>
            <dt>{strings.field[field] ?? field}</dt>
            <dd>
              <FieldValue incident={incident} field={field} value={value} />
              {why && maker !== undefined && (
                <span className={css['made']}>
                  {strings.madeBy(nameOf(maker.actor), atMinute(maker.at), maker.position)}
                  {maker.reason !== undefined && <span dir="auto">: {maker.reason}</span>}
                </span>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

interface FieldValueProps {
  readonly incident: Incident;
  readonly field: string;
  readonly value: unknown;
}

function FieldValue({ incident, field, value }: FieldValueProps): ReactNode {
  if (field === 'asserters') return <Chain asserters={value as Asserter[]} />;
  if (field === 'anchor')
    return (
      <blockquote className={css['quote']} dir="auto">
        {(value as { exact: string }).exact}
      </blockquote>
    );
  if (field === 'figure') return figureText(value as Parameters<typeof figureText>[0]);
  if (field === 'tags')
    return (
      <ul className={css['tags']}>
        {(value as string[]).map((tag) => (
          <li key={tag}>
            <Chip>{tag}</Chip>
          </li>
        ))}
      </ul>
    );
  if (REFERENCES.has(field) || field === 'targets')
    return <References incident={incident} ids={[value].flat() as string[]} />;
  const table = (words as Readonly<Record<string, Readonly<Record<string, string>>>>)[field];
  if (table !== undefined) return table[String(value)] ?? textOf(value);
  return <span dir="auto">{textOf(value)}</span>;
}

/** Who said it, through whom, to who printed it. */
function Chain({ asserters }: { readonly asserters: readonly Asserter[] }) {
  return (
    <ol className={css['chain']}>
      {asserters.map(({ name, kind }, index) => (
        <li key={index}>
          <bdi>{name}</bdi>{' '}
          {kind !== undefined && kind !== 'named' && <small>{words.asserterKind[kind]}</small>}
        </li>
      ))}
    </ol>
  );
}

/** Other annotations by their titles; a target that is none of the incident's is free text. */
export function References({
  incident,
  ids,
}: {
  readonly incident: Incident;
  readonly ids: readonly string[];
}) {
  const { change } = useAddress();
  return (
    <ul>
      {ids.map((id) => {
        const found = annotationIn(incident, id);
        return (
          <li key={id}>
            {found === undefined ? (
              <span dir="auto">{id}</span>
            ) : (
              <button
                type="button"
                className={css['plain']}
                dir="auto"
                onClick={() => change({ on: id }, { push: true })}
              >
                {titleOf(found)}
              </button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
