import { Suspense, useEffect } from 'react';
import { Link, Route, Switch, useLocation } from 'wouter';
import { Boundary } from '../parts/boundary.js';
import { later, loadTheRest } from '../parts/later.js';
import { EmptyState } from '../parts/states.js';
import { strings } from '../strings/frame.js';
import { DocumentPage } from './document/document-page.js';
import { HomePage } from './home/home-page.js';
import { IncidentPage } from './incident/incident-page.js';

/* Pages that are rarely opened first. */
const AdminPage = later(async () => (await import('./admin/admin-page.js')).AdminPage);
const AuditPage = later(async () => (await import('./audit/audit-page.js')).AuditPage);
const ComparePage = later(async () => (await import('./compare/compare-page.js')).ComparePage);
const SearchPage = later(async () => (await import('./search/search-page.js')).SearchPage);

/** The page of each address. The service serves the same addresses: apps/api/src/console/serve-console.ts. */
export function Pages() {
  const [path] = useLocation();
  useEffect(() => void loadTheRest(), []);
  return (
    <Boundary path={path}>
      <Suspense fallback={<p aria-busy="true">{strings.loading}</p>}>
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
      </Suspense>
    </Boundary>
  );
}
