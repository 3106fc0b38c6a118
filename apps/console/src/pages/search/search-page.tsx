import { type ReactNode, useEffect, useState } from 'react';
import { Link } from 'wouter';
import { useAddress } from '../../address/address.js';
import { faultsOf } from '../../data/problems.js';
import { useIncidents, useMembers, useNames, useTags } from '../../data/queries.js';
import { placeOf, type SearchHit, type SearchQuery, useAttachedTo, useFound } from '../../data/search.js';
import { Page } from '../../frame/page.js';
import { useKey } from '../../keys/keyboard.js';
import { Button } from '../../parts/button.js';
import { Chip } from '../../parts/chip.js';
import { SelectField, TextField } from '../../parts/field.js';
import { EmptyState, Failure } from '../../parts/states.js';
import { useRows } from '../../parts/use-rows.js';
import { onDay } from '../../parts/when.js';
import { strings } from '../../strings/search.js';
import { Highlighted } from './highlighted.js';
import css from './search.module.css';

const FILTERS = ['kind', 'state', 'member', 'incident', 'person', 'place', 'tag', 'sort'] as const;
/** The pause in typing after which a search starts. */
const PAUSE_MS = 200;

function useQueryOfAddress(): SearchQuery {
  const { parameter } = useAddress();
  const given = Object.fromEntries(
    ['q', ...FILTERS].map((name) => [name === 'incident' ? 'incidentId' : name, parameter(name)]),
  );
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** Full-text search, now or as of any moment. The query is in the address. */
export function SearchPage() {
  const query = useQueryOfAddress();
  const { asOf } = useAddress();
  const found = useFound(query);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const hits = data?.pages.flatMap(({ items }) => items) ?? [];
  const counts = data?.pages[0]?.counts;
  const fault = faultsOf(error).find(({ field }) => field === 'q')?.detail;
  return (
    <Page title={strings.title}>
      <Words fault={fault} />
      <Filters kinds={counts?.kinds ?? {}} />
      {error !== null && fault === undefined && <Failure error={error} retry={refetch} />}
      {error === null && counts !== undefined && (
        <output className={css['count']}>{strings.found(counts.found, counts.more)}</output>
      )}
      {error === null && data !== undefined && hits.length === 0 && !hasNextPage && (
        <EmptyState>
          {asOf !== undefined
            ? strings.nothingThen
            : Object.keys(query).length === 0
              ? strings.empty
              : strings.nothing}
        </EmptyState>
      )}
      {error === null && hits.length > 0 && <Hits hits={hits} />}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? strings.loadingMore : strings.more}
        </Button>
      )}
    </Page>
  );
}

function Words({ fault }: { readonly fault: string | undefined }) {
  const { parameter, change } = useAddress();
  const [typed, setTyped] = useState(parameter('q') ?? '');
  const [field, setField] = useState<HTMLInputElement | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => change({ q: typed }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, change]);
  useKey('search', () => field?.focus());
  return (
    <div className={css['words']}>
      <TextField
        ref={setField}
        type="search"
        label={strings.query}
        hint={strings.hint}
        fault={fault}
        autoFocus
        maxLength={500}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          change({ q: typed });
          event.currentTarget.blur();
        }}
      />
    </div>
  );
}

function Filters({ kinds }: { readonly kinds: Readonly<Record<string, number>> }) {
  const { parameter, change } = useAddress();
  const { data: members = [] } = useMembers();
  const { data: incidents = [] } = useIncidents();
  const { data: tags = [] } = useTags();
  const choice = (name: (typeof FILTERS)[number], label: string, any: string, options: ReactNode) => (
    <SelectField
      label={label}
      value={parameter(name) ?? ''}
      onChange={(event) => change({ [name]: event.target.value })}
    >
      <option value="">{any}</option>
      {options}
    </SelectField>
  );
  const typed = (name: (typeof FILTERS)[number], label: string) => (
    <TextField
      label={label}
      type="search"
      maxLength={200}
      value={parameter(name) ?? ''}
      onChange={(event) => change({ [name]: event.target.value })}
    />
  );
  const option = (value: string, text: string) => (
    <option key={value} value={value}>
      {text}
    </option>
  );
  return (
    <search className={css['filters']} aria-label={strings.filters}>
      {choice(
        'kind',
        strings.kind,
        strings.anyKind,
        Object.entries(strings.kinds).map(([kind, word]) =>
          option(kind, kinds[kind] === undefined ? word : `${word} (${kinds[kind]})`),
        ),
      )}
      {choice(
        'state',
        strings.state,
        strings.anyState,
        Object.entries(strings.states)
          .filter(([state]) => state !== 'erased')
          .map(([state, word]) => option(state, word)),
      )}
      {choice(
        'incident',
        strings.incident,
        strings.anywhere,
        incidents.map(({ id, title }) => option(id, title ?? id)),
      )}
      {choice(
        'member',
        strings.member,
        strings.anyone,
        members.map(({ id, name }) => option(id, name)),
      )}
      {typed('person', strings.person)}
      {typed('place', strings.place)}
      {choice(
        'tag',
        strings.tag,
        strings.anyKind,
        tags.map(({ tag }) => option(tag, tag)),
      )}
      {choice('sort', strings.sort, strings.relevance, option('newest', strings.newest))}
      {FILTERS.some((name) => parameter(name) !== undefined) && (
        <Button
          className={css['clear']}
          onClick={() => change(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
        >
          {strings.clear}
        </Button>
      )}
    </search>
  );
}

function Hits({ hits }: { readonly hits: readonly SearchHit[] }) {
  const { to } = useAddress();
  const nameOf = useNames();
  const { data: attached } = useAttachedTo(hits.some(({ kind }) => kind === 'document'));
  const { list } = useRows<HTMLOListElement>('a');
  return (
    <ol className={css['hits']} aria-label={strings.results} ref={list}>
      {hits.map((hit) => (
        <li key={`${hit.kind} ${hit.id}`} className={css['hit']}>
          <Link href={to(...placeOf(hit, attached))} className={css['title']} dir="auto">
            {hit.title}
          </Link>
          <p className={css['meta']}>
            <span>
              {strings.meta(strings.kinds[hit.kind] ?? hit.kind, nameOf(hit.revisedBy), onDay(hit.revisedAt))}
            </span>
            {hit.status !== 'active' && (
              <Chip status={hit.status === 'resolved' ? 'settled' : undefined}>
                {strings.states[hit.status] ?? hit.status}
              </Chip>
            )}
          </p>
          {hit.fragments
            .filter(({ text, highlights }) => text !== hit.title || highlights.length > 0)
            .map(({ field, start, text, highlights }) => (
              <p key={`${field} ${start}`} className={css['fragment']}>
                <Highlighted text={text} highlights={highlights} />
              </p>
            ))}
          {hit.kind === 'document' && attached !== undefined && !attached.has(hit.id) && (
            <p className={css['meta']}>{strings.unattached}</p>
          )}
        </li>
      ))}
    </ol>
  );
}
