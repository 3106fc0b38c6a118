import { Link, Route, Switch } from 'wouter';
import { EmptyState } from '../parts/states.js';
import { strings } from '../strings/frame.js';
import { AdminPage } from './admin/admin-page.js';
import { AuditPage } from './audit/audit-page.js';
import { ComparePage } from './compare/compare-page.js';
import { DocumentPage } from './document/document-page.js';
import { HomePage } from './home/home-page.js';
import { IncidentPage } from './incident/incident-page.js';
import { SearchPage } from './search/search-page.js';

/** Which page each address shows. The service answers the same addresses: apps/api/src/console/serve-console.ts. */
export function Pages() {
  return (
    <Switch>
      <Route path="/">
        <HomePage />
      </Route>
      <Route path="/incidents/:incident/documents/:document">
        {({ incident, document }) => (
          <DocumentPage key={document} incident={incident} document={decodeURIComponent(document)} />
        )}
      </Route>
      <Route path="/incidents/:incident/:tab?">
        {({ incident, tab }) => <IncidentPage incident={incident} tab={tab} />}
      </Route>
      <Route path="/audit">
        <AuditPage />
      </Route>
      <Route path="/compare">
        <ComparePage />
      </Route>
      <Route path="/search">
        <SearchPage />
      </Route>
      <Route path="/admin/:tab?">{({ tab }) => <AdminPage tab={tab} />}</Route>
      <Route>
        <EmptyState action={<Link href="/">{strings.goHome}</Link>}>{strings.nothingHere}</EmptyState>
      </Route>
    </Switch>
  );
}
