import { type ReactNode, useState } from 'react';
import { useAddress } from '../../address/address.js';
import { annotationIn } from '../../data/annotations.js';
import { useChangedHere } from '../../data/changed-here.js';
import { figureText, titleOf, tollsText } from '../../data/describe.js';
import { useBlame, useNames } from '../../data/queries.js';
import type { Annotation, Asserter, Attack, Blame, Incident } from '../../data/types.js';
import { Chip } from '../../parts/chip.js';
import { textOf, Value } from '../../parts/value.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/inspector.js';
import { words } from '../../strings/vocabulary.js';
import css from './inspector.module.css';

/** Fields of every annotation that the inspector shows elsewhere. */
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
/** The display order of fields; others come after these. */
const ORDER = ['asserters', 'statement', 'summary', 'question', 'body', 'anchor', 'modality', 'figure'];
/** Fields with ids of other annotations. */
const REFERENCES = new Set(['evidence', 'warningId', 'attackId', 'earlierAttackId', 'targetId', 'replyTo']);

interface FieldsProps {
  readonly incident: Incident;
  readonly annotation: Annotation;
  /** Shows below each field who set it. */
  readonly why: boolean;
}

/** Every field of the annotation in reading order. Pressing a name shows who set the value, and why. */
export function Fields({ incident, annotation, why }: FieldsProps) {
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const blame = useBlame(incident.id, why || asked.size > 0 ? annotation.id : undefined);
  const here = useChangedHere(incident.id);
  const changes = here?.annotationId === annotation.id ? here.changes : [];
  const title = titleOf(annotation);
  const rank = (field: string): number => (ORDER.includes(field) ? ORDER.indexOf(field) : ORDER.length);
  const isShown = (field: string, value: unknown): boolean =>
    !HEADER.has(field) &&
    value !== undefined &&
    (value !== title || why || changes.some((change) => change.field === field));
  const fields = Object.entries(annotation as Readonly<Record<string, unknown>>)
    .filter(([field, value]) => isShown(field, value))
    .sort(([a], [b]) => rank(a) - rank(b));
  const ask = (field: string): void => {
    const next = new Set(asked);
    if (!next.delete(field)) next.add(field);
    setAsked(next);
  };
  return (
    <dl className={css['fields']}>
      {fields.map(([field, value]) => {
        const isAsked = why || asked.has(field);
        const changed = changes.find((change) => change.field === field);
        return (
          <div key={field} data-changed={changed !== undefined || undefined}>
            <dt>
              <button
                type="button"
                className={css['ask']}
                title={strings.why}
                aria-expanded={isAsked}
                onClick={() => ask(field)}
              >
                {strings.field[field] ?? field}
              </button>
              {changed !== undefined && <Chip status="hedged">{strings.changedHere}</Chip>}
            </dt>
            <dd>
              <FieldValue incident={incident} field={field} value={value} />
              {changed !== undefined && changed.before != null && (
                <span className={css['made']}>
                  {strings.before} <Value value={changed.before} />
                </span>
              )}
              {isAsked && <MadeBy maker={blame.data?.fields.find((each) => each.field === field)?.madeBy} />}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Who set a field, when and why; the line links to that moment. */
function MadeBy({ maker }: { readonly maker: Blame['fields'][number]['madeBy'] | undefined }) {
  const nameOf = useNames();
  const { change } = useAddress();
  if (maker === undefined) return null;
  return (
    <button
      type="button"
      className={css['made']}
      title={strings.goThere}
      onClick={() => change({ asOf: String(maker.position) }, { push: true })}
    >
      {strings.madeBy(nameOf(maker.actor), atMinute(maker.at), maker.position)}
      {maker.reason !== undefined && <span dir="auto">: {maker.reason}</span>}
    </button>
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
  if (field === 'casualties') return tollsText(value as NonNullable<Attack['casualties']>);
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
  if (field === 'content')
    return (
      <details>
        <summary>{strings.content}</summary>
        <pre className={css['content']}>{JSON.stringify(value, null, 2)}</pre>
      </details>
    );
  if (REFERENCES.has(field) || field === 'targets')
    return <References incident={incident} ids={[value].flat() as string[]} />;
  const table = (words as Readonly<Record<string, Readonly<Record<string, string>>>>)[field];
  if (table !== undefined) return table[String(value)] ?? textOf(value);
  return <span dir="auto">{textOf(value)}</span>;
}

/** The chain from the speaker to the publisher. */
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

/** Other annotations by title; a target outside the incident is free text. */
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
