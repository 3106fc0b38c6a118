import { Link } from 'wouter';
import { pathTo, useAddress } from '../../../address/address.js';
import { EmptyState } from '../../../parts/states.js';
import { strings } from '../../../strings/incident.js';
import type { TabProps } from '../tab.js';

export function OverviewTab({ incident }: TabProps) {
  const { to } = useAddress();
  return (
    <section>
      <h2>{strings.documents}</h2>
      {incident.documents.length === 0 && <EmptyState>{strings.noDocuments}</EmptyState>}
      <ul>
        {incident.documents.map(({ id, title }) => (
          <li key={id}>
            <Link href={to(pathTo.document(incident.id, id))} dir="auto">
              {title ?? id}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
