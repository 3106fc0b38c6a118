import { useQuery } from '@tanstack/react-query';
import { pathTo, useAddress } from '../../address/address.js';
import { stands } from '../../data/annotations.js';
import { incidentQuery, useHistory, useIncidents } from '../../data/queries.js';
import { useMe, useSession } from '../../data/session.js';
import { useWorkspaces } from '../../data/workspaces.js';
import { Button } from '../../parts/button.js';
import { strings } from '../../strings/tour.js';
import css from './tour.module.css';
import { useTourStep } from './tour-step.js';

/** The workspace that a first start imports beside the first one. */
const WORKSPACE = 'tour';

/** Three steps through the sample incident, until finished or skipped. */
export function Tour() {
  const { workspace } = useMe();
  return workspace === WORKSPACE ? <Steps /> : null;
}

function Steps() {
  const { step, goTo } = useTourStep();
  const { moveTo } = useSession();
  const { data: workspaces = [], isPending } = useWorkspaces();
  const places = usePlaces();
  const { go } = useAddress();
  if (step === undefined) return null;
  const last = strings.steps.length - 1;
  const at = Math.min(step, last);
  const { title, text, show } = strings.steps[at] ?? strings.steps[0];
  const place = places[at];
  const own = workspaces.find(({ id }) => id !== WORKSPACE)?.id;
  const end = (): void => {
    goTo(undefined);
    if (own !== undefined) void moveTo(own);
  };
  return (
    <section className={css['tour']} aria-label={strings.title}>
      <div>
        <h2>{strings.step(at + 1, strings.steps.length, title)}</h2>
        <p>{text}</p>
      </div>
      <div className={css['actions']}>
        <Button
          look="primary"
          disabled={place === undefined}
          onClick={() => place !== undefined && go(...place)}
        >
          {show}
        </Button>
        {at > 0 && <Button onClick={() => goTo(at - 1)}>{strings.back}</Button>}
        {at < last ? (
          <Button onClick={() => goTo(at + 1)}>{strings.next}</Button>
        ) : (
          <Button disabled={isPending} onClick={end}>
            {own === undefined ? strings.over : strings.finish}
          </Button>
        )}
        {at < last && (
          <Button look="quiet" disabled={isPending} onClick={end}>
            {strings.skip}
          </Button>
        )}
      </div>
    </section>
  );
}

type Place = Parameters<ReturnType<typeof useAddress>['go']>;

/** The target of each step in the current state of the sample incident. */
function usePlaces(): readonly (Place | undefined)[] {
  const { workspace } = useMe();
  const { data: incidents = [] } = useIncidents();
  const id = incidents[0]?.id;
  const { data: incident } = useQuery({ ...incidentQuery(workspace, id ?? ''), enabled: id !== undefined });
  const { data: history = [] } = useHistory(id);
  if (id === undefined || incident === undefined) return [];
  const [claim] = incident.claims
    .filter(stands)
    .sort((a, b) => (b.asserters?.length ?? 0) - (a.asserters?.length ?? 0));
  const settled = history.find(({ type }) => type === 'DisputeSettled');
  return [
    claim?.anchor && [pathTo.document(id, claim.anchor.documentId), { on: claim.id, asOf: undefined }],
    [pathTo.incident(id, 'disputes'), { asOf: undefined }],
    settled && [pathTo.incident(id, 'disputes'), { asOf: String(settled.position) }],
  ];
}
