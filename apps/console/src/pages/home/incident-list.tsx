import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { useChangesSince } from '../../data/board.js';
import { useIncidents, useNames } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { IncidentSummary } from '../../data/types.js';
import { useVisits } from '../../data/visits.js';
import { Chip } from '../../parts/chip.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { onDay } from '../../parts/when.js';
import { strings } from '../../strings/home.js';
import css from './home.module.css';

const KINDS = ['claim', 'warning', 'attack', 'link', 'dispute'];

/** The incidents, latest changed first, each with the changes by others since the member's last visit. */
export function IncidentList() {
  const visits = useVisits();
  const writing = useWriting();
  return (
    <section className={css['section']}>
      <h2>{strings.incidents}</h2>
      <Loaded query={useIncidents()}>
        {(incidents) =>
          incidents.length === 0 ? (
            <EmptyState>{writing ? strings.noIncidents : strings.noIncidentsThen}</EmptyState>
          ) : (
            <ul>
              {[...incidents]
                .sort((a, b) => b.position - a.position)
                .map((incident) => (
                  <Listed key={incident.id} incident={incident} seen={visits[incident.id]} />
                ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Listed({
  incident,
  seen,
}: {
  readonly incident: IncidentSummary;
  readonly seen: number | undefined;
}) {
  const { to } = useAddress();
  const { id, title, summary, status, restrictedTo, counts, revisedAt } = incident;
  return (
    <li className={css['incident']}>
      <h3 dir="auto">
        <Link href={to(pathTo.incident(id))}>{title}</Link>
      </h3>
      {summary !== undefined && (
        <p className={css['summary']} dir="auto">
          {summary}
        </p>
      )}
      <p className={css['facts']}>
        {KINDS.filter((kind) => (counts[kind] ?? 0) > 0).map((kind) => (
          <span key={kind}>{strings.counts[kind]?.(counts[kind] ?? 0)}</span>
        ))}
        <span>{strings.latest(onDay(revisedAt))}</span>
        {status === 'closed' && <Chip>{strings.closed}</Chip>}
        {restrictedTo !== undefined && <Chip>{strings.restricted}</Chip>}
      </p>
      {seen !== undefined && seen < incident.position && <News incident={incident} seen={seen} />}
    </li>
  );
}

function News({ incident, seen }: { readonly incident: IncidentSummary; readonly seen: number }) {
  const { to } = useAddress();
  const nameOf = useNames();
  const { data } = useChangesSince(incident.id, seen);
  if (data === undefined || data.changes.length === 0) return null;
  const names = [...new Set(data.changes.map(({ actor }) => nameOf(actor)))].join(', ');
  return (
    <p className={css['news']}>
      {strings.since(strings.changes(data.changes.length, data.more), names)}.{' '}
      <Link href={to(pathTo.compare, { incident: incident.id, from: String(seen) })}>{strings.seeWhat}</Link>
    </p>
  );
}
