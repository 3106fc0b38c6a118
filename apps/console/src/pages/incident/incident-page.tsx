import { type ComponentType, Suspense } from 'react';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { useHistory, useIncident } from '../../data/queries.js';
import { useWriting } from '../../data/session.js';
import type { Incident } from '../../data/types.js';
import { Page } from '../../frame/page.js';
import { Button } from '../../parts/button.js';
import { later } from '../../parts/later.js';
import { EmptyState, Failure } from '../../parts/states.js';
import { atMinute } from '../../parts/when.js';
import { strings as frame } from '../../strings/frame.js';
import { strings } from '../../strings/incident.js';
import css from './incident.module.css';
import { LinkMark } from './link-mark.js';
import type { TabProps } from './tab.js';
import { OverviewTab } from './tabs/overview-tab.js';
import { useForms } from './use-forms.js';

type TabName = keyof typeof strings.tab;

/* Tabs other than the overview are loaded when they are opened, so that the first page appears sooner. */
const AnnotationForm = later(async () => (await import('./forms/annotation-form.js')).AnnotationForm);
const TimelineTab = later(async () => (await import('./tabs/timeline-tab.js')).TimelineTab);
const GraphTab = later(async () => (await import('./tabs/graph-tab.js')).GraphTab);
const TollsTab = later(async () => (await import('./tabs/tolls-tab.js')).TollsTab);
const SourcesTab = later(async () => (await import('./tabs/sources-tab.js')).SourcesTab);
const DisputesTab = later(async () => (await import('./tabs/disputes-tab.js')).DisputesTab);
const ScorecardTab = later(async () => (await import('./tabs/scorecard-tab.js')).ScorecardTab);
const MapTab = later(async () => (await import('./tabs/map-tab.js')).MapTab);

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
  if (data === undefined)
    return error === null ? (
      <Page title={frame.loading}>{null}</Page>
    ) : (
      <Page title={frame.incident}>
        <NotShown incident={incident} error={error} retry={refetch} />
      </Page>
    );
  return <Shown incident={data} tab={NAMES.find((name) => name === tab) ?? 'overview'} />;
}

interface NotShownProps {
  readonly incident: string;
  readonly error: unknown;
  readonly retry: () => unknown;
}

/** Explains why there is nothing to show; before the incident was opened, with a link to its first change. */
function NotShown({ incident, error, retry }: NotShownProps) {
  const { asOf, change } = useAddress();
  const { data: history } = useHistory(incident);
  const [first] = history ?? [];
  if (asOf === undefined || first === undefined) return <Failure error={error} retry={retry} />;
  const go = <Button onClick={() => change({ asOf: String(first.position) })}>{strings.goToFirst}</Button>;
  return <EmptyState action={go}>{strings.notThen(atMinute(first.at))}</EmptyState>;
}

function Shown({ incident, tab }: { readonly incident: Incident; readonly tab: TabName }) {
  const { to, on } = useAddress();
  const writing = useWriting();
  const { form, marked, begin, unmark, close, recorded } = useForms(incident);
  const Tab = TABS[tab];
  const actions = writing && (
    <div className={css['actions']}>
      <Button keyName="warning" onClick={() => begin('warning')}>
        {strings.record.warning}
      </Button>
      <Button keyName="attack" onClick={() => begin('attack')}>
        {strings.record.attack}
      </Button>
    </div>
  );
  return (
    <Page title={incident.title ?? strings.untitled} actions={actions}>
      <nav className={css['tabs']} aria-label={strings.tabs}>
        {NAMES.map((name) => (
          <Link
            key={name}
            href={to(pathTo.incident(incident.id, name === 'overview' ? undefined : name), { on })}
            aria-current={name === tab ? 'page' : undefined}
          >
            {strings.tab[name]}
          </Link>
        ))}
      </nav>
      {marked !== undefined && form === undefined && <LinkMark marked={marked} unmark={unmark} />}
      <Suspense fallback={<p aria-busy="true">{frame.loading}</p>}>
        {form !== undefined && (
          <AnnotationForm
            key={`${form.kind} ${form.annotation?.id ?? JSON.stringify(form.fixed ?? {})}`}
            incident={incident}
            kind={form.kind}
            annotation={form.annotation}
            initial={form.initial ?? {}}
            fixed={form.fixed ?? {}}
            about={form.about}
            onRecorded={recorded}
            onClose={close}
          />
        )}
        <Tab incident={incident} />
      </Suspense>
    </Page>
  );
}
