import { answerOf, type components } from '@casebook/client';
import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useAddress } from '../address/address.js';
import { casebook } from './casebook.js';
import { useMe } from './session.js';
import { useWrite } from './writes.js';

/* Analyses of an incident by the service, as of the moment of the address, and decisions on suggestions. */

type Schemas = components['schemas'];
export type Timeline = Schemas['Timeline'];
export type IncidentGraph = Schemas['IncidentGraph'];
type CasualtyLedger = Schemas['CasualtyLedger'];
export type TollLedger = Schemas['TollLedger'];
export type StatedFigure = Schemas['StatedFigure'];
export type Scorecard = Schemas['WarningScorecard'];
export type LeadTime = Schemas['LeadTime'];
type Sources = Schemas['Sources'];
export type Support = Schemas['Support'];
export type Suggestion = Schemas['Suggestion'];
export type Bounds = Schemas['DateBounds'];

const INCIDENT = '/v1/workspaces/{workspace}/incidents/{incident}';

type Name = 'timeline' | 'graph' | 'casualties' | 'scorecard' | 'sources';

/** The analyses differ only in the body, whose type the caller gives. */
function useAnalysis<T extends { readonly incidentId: string }>(
  name: Name,
  incident: string,
): UseQueryResult<T> {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery<T, Error, T>({
    queryKey: ['incident', incident, name, asOf ?? 'now'],
    queryFn: async ({ signal }) => {
      const answer = await answerOf(
        casebook.api.GET(`${INCIDENT}/${name}` as `${typeof INCIDENT}/timeline`, {
          params: { path: { workspace, incident }, query: asOf === undefined ? {} : { asOf } },
          signal,
        }),
      );
      return answer as unknown as T;
    },
    placeholderData: keepPreviousData,
  });
}

export const useTimeline = (incident: string) => useAnalysis<Timeline>('timeline', incident);
export const useGraph = (incident: string) => useAnalysis<IncidentGraph>('graph', incident);
export const useCasualties = (incident: string) => useAnalysis<CasualtyLedger>('casualties', incident);
export const useScorecard = (incident: string) => useAnalysis<Scorecard>('scorecard', incident);
export const useSources = (incident: string) => useAnalysis<Sources>('sources', incident);

export function useSuggestions(incident: string, state: Suggestion['state']) {
  const { workspace } = useMe();
  const { asOf } = useAddress();
  return useQuery({
    queryKey: ['incident', incident, 'suggestions', state, asOf ?? 'now'],
    queryFn: ({ signal }) =>
      answerOf(
        casebook.api.GET(`${INCIDENT}/suggestions`, {
          params: {
            path: { workspace, incident },
            query: { state, ...(asOf !== undefined && { asOf }) },
          },
          signal,
        }),
      ).then(({ suggestions }) => suggestions),
  });
}

interface Decision {
  readonly suggestion: string;
  readonly accept: boolean;
  readonly reason: string;
  readonly key: string;
}

/** Accepts a suggestion (contradictory figures become a dispute), or dismisses it with a reason. */
export function useDecide(incident: string) {
  return useWrite<Decision, Schemas['DecidedSuggestion']>(
    (workspace, { suggestion, accept, reason, key }) => {
      const params = {
        path: { workspace, incident, suggestion },
        header: { 'Idempotency-Key': key },
      };
      return answerOf(
        accept
          ? casebook.api.POST(`${INCIDENT}/suggestions/{suggestion}/acceptance`, {
              params,
              body: reason === '' ? {} : { reason },
            })
          : casebook.api.POST(`${INCIDENT}/suggestions/{suggestion}/dismissal`, { params, body: { reason } }),
      );
    },
    { incident },
  );
}

interface OfDispute<B> {
  readonly dispute: string;
  readonly revision: number;
  readonly body: B;
  readonly key: string;
}

const ofDispute = (
  workspace: string,
  incident: string,
  { dispute, revision, key }: Omit<OfDispute<unknown>, 'body'>,
) => ({
  path: { workspace, incident, annotation: dispute },
  header: { 'Idempotency-Key': key, 'If-Match': `"${revision}"` },
});

export function useSettle(incident: string) {
  return useWrite<OfDispute<Schemas['SettleDispute']>, Schemas['WriteAnswer']>(
    (workspace, command) =>
      answerOf(
        casebook.api.POST(`${INCIDENT}/disputes/{annotation}/resolution`, {
          params: ofDispute(workspace, incident, command),
          body: command.body,
        }),
      ),
    { incident, quiet: true },
  );
}

interface StepBody {
  readonly step: 'withdrawal' | 'reopening';
  readonly reason: string;
}

/** Withdraws a dispute, or opens it again. */
export function useDisputeStep(incident: string) {
  return useWrite<OfDispute<StepBody>, Schemas['WriteAnswer']>(
    (workspace, command) =>
      answerOf(
        casebook.api.POST(
          `${INCIDENT}/disputes/{annotation}/${command.body.step}` as `${typeof INCIDENT}/disputes/{annotation}/withdrawal`,
          {
            params: ofDispute(workspace, incident, command),
            body: command.body.reason === '' ? {} : { reason: command.body.reason },
          },
        ),
      ),
    { incident },
  );
}
