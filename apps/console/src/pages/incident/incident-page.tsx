import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { useIncident } from '../../data/queries.js';
import { Page } from '../../frame/page.js';
import { Failure } from '../../parts/states.js';
import { strings as frame } from '../../strings/frame.js';
import { strings } from '../../strings/incident.js';
import css from './incident.module.css';
import type { TabProps } from './tab.js';
import { DisputesTab } from './tabs/disputes-tab.js';
import { GraphTab } from './tabs/graph-tab.js';
import { MapTab } from './tabs/map-tab.js';
import { OverviewTab } from './tabs/overview-tab.js';
import { ScorecardTab } from './tabs/scorecard-tab.js';
import { SourcesTab } from './tabs/sources-tab.js';
import { TimelineTab } from './tabs/timeline-tab.js';
import { TollsTab } from './tabs/tolls-tab.js';

type TabName = keyof typeof strings.tab;

const TABS: Readonly<Record<TabName, ComponentType<TabProps>>> = {
  overview: OverviewTab,
  timeline: TimelineTab,
  graph: GraphTab,
  tolls: TollsTab,
  sources: SourcesTab,
  disputes: DisputesTab,
  scorecard: ScorecardTab,
  map: MapTab,
};
const NAMES = Object.keys(TABS) as TabName[];

export function IncidentPage({
  incident,
  tab,
}: {
  readonly incident: string;
  readonly tab: string | undefined;
}) {
  const { data, error, refetch } = useIncident(incident);
  const { to } = useAddress();
  const current = NAMES.find((name) => name === tab) ?? 'overview';
  const Tab = TABS[current];
  if (data === undefined)
    return error === null ? (
      <Page title={frame.loading}>{null}</Page>
    ) : (
      <Page title={frame.incident}>
        <Failure error={error} retry={refetch} />
      </Page>
    );
  return (
    <Page title={data.title ?? strings.untitled}>
      <nav className={css['tabs']} aria-label={strings.tabs}>
        {NAMES.map((name) => (
          <Link
            key={name}
            href={to(pathTo.incident(incident, name === 'overview' ? undefined : name))}
            aria-current={name === current ? 'page' : undefined}
          >
            {strings.tab[name]}
          </Link>
        ))}
      </nav>
      <Tab incident={data} />
    </Page>
  );
}
