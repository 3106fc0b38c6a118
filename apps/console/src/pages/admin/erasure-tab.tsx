import { answerOf, type components } from '@casebook/client';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { eventsAbout, type LedgerEvent } from '../../data/admin.js';
import { casebook } from '../../data/casebook.js';
import { sentenceOf } from '../../data/problems.js';
import { useNames } from '../../data/queries.js';
import { useMe } from '../../data/session.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Button } from '../../parts/button.js';
import { TextField } from '../../parts/field.js';
import { Failure } from '../../parts/states.js';
import { useToasts } from '../../parts/toast.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/admin.js';
import { eventWords } from '../../strings/audit.js';
import css from './admin.module.css';
import { useAdministering, WhyNot } from './permitted.js';

type Schemas = components['schemas'];
type What = { readonly subject: string } | { readonly positions: number[] };

/** The parsed input: what to erase, or why it is invalid. */
function whatOf(subject: string, positions: string): What | string {
  if (subject !== '' && positions !== '') return strings.eitherOr;
  if (positions === '') return { subject };
  const numbers = positions.split(/[\s,]+/).filter((each) => each !== '');
  return numbers.every((each) => /^[1-9]\d{0,14}$/.test(each))
    ? { positions: numbers.map(Number) }
    : strings.badPositions;
}

/** Erasure by law: first the events that would lose their content, then the confirmation. */
export function ErasureTab() {
  const { workspace } = useMe();
  const administering = useAdministering();
  const [subject, setSubject] = useState('');
  const [positions, setPositions] = useState('');
  const [read, setRead] = useState(0);
  const what = whatOf(subject.trim(), positions.trim());
  const preview = useMutation({
    mutationFn: async (wanted: What) => ({
      what: wanted,
      events: await eventsAbout(workspace, wanted, setRead),
    }),
  });
  const change =
    (set: (text: string) => void) => (event: { readonly target: { readonly value: string } }) => {
      preview.reset();
      set(event.target.value);
    };
  if (!administering) return <WhyNot />;
  return (
    <>
      <p className={css['lead']}>{strings.erasureLead}</p>
      <form
        className={css['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (typeof what !== 'string') preview.mutate(what);
        }}
      >
        <TextField
          label={strings.subject}
          hint={strings.subjectHint}
          value={subject}
          onChange={change(setSubject)}
        />
        <TextField
          label={strings.positions}
          hint={strings.positionsHint}
          fault={typeof what === 'string' ? what : undefined}
          value={positions}
          onChange={change(setPositions)}
        />
        <Button
          type="submit"
          disabled={preview.isPending || typeof what === 'string' || (subject + positions).trim() === ''}
        >
          {strings.showErasure}
        </Button>
      </form>
      {preview.isPending && <output>{strings.looking(read)}</output>}
      {preview.error !== null && <Failure error={preview.error} />}
      {preview.data !== undefined && (
        <Previewed key={JSON.stringify(preview.data.what)} {...preview.data} onErased={preview.reset} />
      )}
    </>
  );
}

interface PreviewedProps {
  readonly what: What;
  readonly events: readonly LedgerEvent[];
  readonly onErased: () => void;
}

function wordOf(type: string): string {
  const words: Readonly<Record<string, string>> = Object.fromEntries(
    Object.values(eventWords).flatMap((group) => Object.entries<string>(group)),
  );
  return words[type] ?? type;
}

function Previewed({ what, events, onErased }: PreviewedProps) {
  const nameOf = useNames();
  const left = events.filter(({ data }) => data !== null);
  if (events.length === 0) return <p>{strings.nothingFound}</p>;
  return (
    <section className={css['preview']} aria-label={strings.would(left.length)}>
      <h2>{strings.would(left.length)}</h2>
      <ol className={css['rows']}>
        {events.map(({ position, type, actor, recordedAt, data }) => (
          <li key={position} className={css['meta']}>
            <strong>{position}</strong>
            <span>{wordOf(type)}</span>
            <span dir="auto">{nameOf(actor)}</span>
            <time dateTime={recordedAt}>{atMinute(recordedAt)}</time>
            {data === null && <span>{strings.erasedAlready}</span>}
          </li>
        ))}
      </ol>
      {left.length > 0 && <Confirm what={what} onErased={onErased} />}
    </section>
  );
}

const CONFIRMED = 'ERASE';

function Confirm({ what, onErased }: Pick<PreviewedProps, 'what' | 'onErased'>) {
  const [filled, setFilled] = useState({ reason: '', legalBasis: '', confirmed: '' });
  const [includeQuotes, setIncludeQuotes] = useState(false);
  const [key] = useState(newKey);
  const { told } = useToasts();
  const { mutate, error, isPending } = useWrite<undefined, Schemas['ErasureAnswer']>(
    (workspace) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/erasures', {
          params: { path: { workspace }, header: { 'Idempotency-Key': key } },
          body: {
            ...what,
            reason: filled.reason.trim(),
            legalBasis: filled.legalBasis.trim(),
            ...(includeQuotes && { includeQuotes }),
          },
        }),
      ),
    { quiet: true },
  );
  const field = (name: keyof typeof filled) => ({
    value: filled[name],
    onChange: (event: { readonly target: { readonly value: string } }) =>
      setFilled({ ...filled, [name]: event.target.value }),
  });
  const ready =
    filled.reason.trim() !== '' && filled.legalBasis.trim() !== '' && filled.confirmed === CONFIRMED;
  return (
    <form
      className={css['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready) return;
        mutate(undefined, {
          onSuccess: ({ positions, quotedAt }) => {
            told(strings.erased(positions.length));
            if (quotedAt.length > 0) told(strings.quotedAt(quotedAt.join(', ')));
            onErased();
          },
        });
      }}
    >
      <label className={css['check']}>
        <input type="checkbox" checked={includeQuotes} onChange={() => setIncludeQuotes(!includeQuotes)} />
        {strings.includeQuotes}
      </label>
      <TextField label={strings.reason} {...field('reason')} />
      <TextField label={strings.legalBasis} hint={strings.legalBasisHint} {...field('legalBasis')} />
      <TextField label={strings.confirmErase} {...field('confirmed')} />
      {error !== null && (
        <p role="alert" className={css['fault']}>
          {sentenceOf(error)}
        </p>
      )}
      <Button type="submit" look="danger" disabled={!ready || isPending}>
        {isPending ? strings.erasing : strings.erase}
      </Button>
    </form>
  );
}
