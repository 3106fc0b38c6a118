import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { useIncidents } from '../../data/queries.js';
import { Page } from '../../frame/page.js';
import { EmptyState, Loaded } from '../../parts/states.js';
import { strings } from '../../strings/home.js';

export function HomePage() {
  const { to } = useAddress();
  return (
    <Page title={strings.title}>
      <h2>{strings.incidents}</h2>
      <Loaded query={useIncidents()}>
        {(incidents) =>
          incidents.length === 0 ? (
            <EmptyState>{strings.noIncidents}</EmptyState>
          ) : (
            <ul>
              {incidents.map(({ id, title }) => (
                <li key={id}>
                  <Link href={to(pathTo.incident(id))} dir="auto">
                    {title}
                  </Link>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Page>
  );
}
