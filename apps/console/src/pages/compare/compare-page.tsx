import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import {
  type Compared,
  useDifference,
  useWorkspaceDifference,
  type WorkspaceDifferenceItem,
} from '../../data/difference.js';
import { useIncident, useIncidents } from '../../data/queries.js';
import { Page } from '../../frame/page.js';
import { Button } from '../../parts/button.js';
import { EmptyState, Failure, Loaded } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import { strings } from '../../strings/compare.js';
import css from './compare.module.css';
import { Changes, Fields, Found } from './difference-parts.js';
import { type Moments, momentsIn } from './moments-of-address.js';

/** The changes between two moments, in one incident or the whole workspace. The moments come from the two handles of the time bar or the address. */
export function ComparePage() {
  const { parameter } = useAddress();
  const incident = parameter('incident');
  const moments = momentsIn(parameter('from'), parameter('to'));
  if (incident !== undefined) return <OneIncident incident={incident} moments={moments} />;
  return parameter('from') === undefined ? <Choose /> : <Everything moments={moments} />;
}

function Choose() {
  return (
    <Page title={strings.title}>
      <EmptyState>{strings.lead}</EmptyState>
      <Loaded query={useIncidents()}>
        {(incidents) => (
          <ul className={css['choices']} aria-label={strings.choose}>
            <li>
              <Link href={`${pathTo.compare}?from=0`}>{strings.everything}</Link>
            </li>
            {incidents.map(({ id, title }) => (
              <li key={id}>
                <Link href={`${pathTo.compare}?incident=${id}&from=0`} dir="auto">
                  {title}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Page>
  );
}

interface Between {
  readonly moments: Moments;
}

function OneIncident({ incident, moments }: Between & { readonly incident: string }) {
  const view = useIncident(incident);
  const difference = useDifference(incident, moments.from, moments.to);
  const above = (
    <Link href={pathTo.incident(incident)} dir="auto">
      {view.data?.title}
    </Link>
  );
  return (
    <Page title={strings.title} above={above}>
      <Loaded query={difference}>
        {(found) => (
          <>
            <Span found={found} moments={moments} />
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

function Everything({ moments }: Between) {
  const difference = useWorkspaceDifference(moments.from, moments.to, true);
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = difference;
  const [first] = data?.pages ?? [];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={strings.title} above={strings.everything}>
      {first === undefined ? (
        error !== null && <Failure error={error} retry={refetch} />
      ) : (
        <>
          <Span found={first} moments={moments} />
          {items.length === 0 && <EmptyState>{strings.nothing}</EmptyState>}
          {items.map((item, index) => (
            <Item key={index} item={item} />
          ))}
          {hasNextPage && (
            <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {strings.more}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

/** The changes in one incident or document, or among the members. */
function Item({ item }: { readonly item: WorkspaceDifferenceItem }) {
  const { data: incidents } = useIncidents();
  if (item.what === 'incident') {
    const { incidentId } = item;
    return (
      <section className={css['whole']}>
        <h2 dir="auto">
          <Link href={pathTo.incident(incidentId)}>
            {incidents?.find(({ id }) => id === incidentId)?.title ?? strings.incident}
          </Link>
        </h2>
        <Found difference={item} incident={undefined} />
      </section>
    );
  }
  return (
    <section className={css['whole']}>
      <h2>{strings.of[item.what]}</h2>
      <div className={css['columns']}>
        <div>
          {'things' in item &&
            item.things.map(({ id, change, fields }) => (
              <article key={id} className={css['item']}>
                <header>
                  <h3 dir="auto">{titleIn(fields) ?? id}</h3>
                </header>
                <Fields fields={fields} added={change === 'added'} incident={undefined} />
              </article>
            ))}
        </div>
        <Changes changes={item.changes} />
      </div>
    </section>
  );
}

/** The name of a document or member, if that is among the changes. */
function titleIn(fields: readonly { readonly field: string; readonly after: unknown }[]): string | undefined {
  const found = fields.find(({ field }) => field === 'title' || field === 'name')?.after;
  return typeof found === 'string' ? found : undefined;
}

/** The two moments, and a sentence if those of the address are not in the ledger. */
function Span({ found: { from, to }, moments }: Between & { readonly found: Compared }) {
  const moved = moments.moved ?? outside(moments, from, to);
  return (
    <>
      <p className={css['between']}>
        {strings.between(momentOf(from, strings.start), momentOf(to, strings.now))}
      </p>
      {moved !== undefined && <p className={css['moved']}>{moved}</p>}
    </>
  );
}

/** The service uses the ledger's end for moments beyond it, and its beginning for moments before it. */
function outside(moments: Moments, from: Compared['from'], to: Compared['to']): string | undefined {
  const beyond = [moments.from, moments.to].find(
    (moment) => moment !== undefined && /^\d+$/.test(moment) && Number(moment) > to.position,
  );
  if (beyond !== undefined) return strings.beyond(beyond, to.position);
  return !/^\d+$/.test(moments.from) && from.at === null ? strings.beforeFirst(moments.from) : undefined;
}

const momentOf = ({ at, position }: Compared['from'], none: string): string =>
  at === null ? none : strings.moment(atMinute(at), position);
