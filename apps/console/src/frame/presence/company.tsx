import { Link } from 'wouter';
import { pathTo, subjectOf, useAddress } from '../../address/address.js';
import { type Present, useCompany } from '../../data/presence.js';
import { useIncident, useIncidents, useNames } from '../../data/queries.js';
import { strings } from '../../strings/presence.js';
import css from './company.module.css';

/** How many are shown in the rail; the rest are counted. */
const SHOWN = 5;

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, 2)
    .map((word) => [...word][0]!.toLocaleUpperCase('en'))
    .join('');

const pathOf = ({ incidentId, documentId }: Present): string | undefined =>
  incidentId === undefined
    ? undefined
    : documentId === undefined
      ? pathTo.incident(incidentId)
      : pathTo.document(incidentId, documentId);

/** One entry per member: their most specific place. */
function members(company: readonly Present[]): Present[] {
  const rank = ({ incidentId, documentId }: Present): number =>
    documentId !== undefined ? 2 : incidentId !== undefined ? 1 : 0;
  const found = new Map<string, Present>();
  for (const each of company) {
    const known = found.get(each.member);
    if (known === undefined || rank(each) > rank(known)) found.set(each.member, each);
  }
  return [...found.values()];
}

/** Who else is here, in the rail: initials that link to each member's place. */
export function Company() {
  const company = members(useCompany());
  const { to } = useAddress();
  const nameOf = useNames();
  const { data: incidents = [] } = useIncidents(company.some(({ incidentId }) => incidentId !== undefined));
  if (company.length === 0) return null;
  const entries = company.slice(0, SHOWN).map((each) => {
    const name = nameOf(each.member);
    const title = incidents.find(({ id }) => id === each.incidentId)?.title;
    const path = pathOf(each);
    const label = title === undefined ? name : strings.at(name, title);
    const face = <span aria-hidden="true">{initialsOf(name)}</span>;
    return (
      <li key={each.member}>
        {path === undefined || title === undefined ? (
          <span className={css['face']} title={label}>
            {face}
            <span className="visually-hidden">{label}</span>
          </span>
        ) : (
          <Link className={css['face']} href={to(path)} aria-label={label} title={label}>
            {face}
          </Link>
        )}
      </li>
    );
  });
  const more = company.length - entries.length;
  return (
    <ul className={css['company']} aria-label={strings.present}>
      {entries}
      {more > 0 && <li aria-label={strings.moreLabel(more)}>{strings.more(more)}</li>}
    </ul>
  );
}

/** Who else is at the open incident, in the margin at the top of its pages, so that nothing moves when somebody arrives. */
export function AlsoHere() {
  const { incident, document } = subjectOf(useAddress().path);
  const company = members(useCompany().filter(({ incidentId }) => incidentId === incident));
  const { data } = useIncident(incident);
  const nameOf = useNames();
  if (incident === undefined || company.length === 0) return null;
  const shown = company.slice(0, SHOWN).map(({ member, documentId }) => {
    const title = data?.documents.find(({ id }) => id === documentId)?.title;
    const name = nameOf(member);
    return documentId === document || title == null ? name : strings.aDocument(name, title);
  });
  const more = company.length - shown.length;
  return (
    <output className={css['alsoHere']}>
      {strings.alsoHere}{' '}
      {shown.map((text, index) => (
        <span key={text}>
          {index > 0 && ', '}
          <bdi>{text}</bdi>
        </span>
      ))}
      {more > 0 && ` ${strings.more(more)}`}
    </output>
  );
}
