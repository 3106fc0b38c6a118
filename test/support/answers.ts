import {
  carryOverReport,
  proposalsReport,
  activityView,
  ANNOTATION_KINDS,
  ANNOTATION_VIEWS,
  attachmentView,
  batchAnswer,
  blameView,
  boardEntryView,
  casualtiesView,
  changeView,
  consistencyProofView,
  decidedSuggestion,
  documentView,
  erasureAnswer,
  eventView,
  graphView,
  incidentDifference,
  incidentSummary,
  incidentProof,
  incidentView,
  inclusionProofView,
  issuedToken,
  KINDS,
  memberView,
  problem,
  projectionsView,
  deadLetterView,
  madeWebhook,
  webhookView,
  projectionView,
  refusalView,
  scorecardView,
  searchResults,
  sourcesView,
  suggestionsView,
  tagCount,
  timelineView,
  tokenView,
  undoAnswer,
  undoneRebuild,
  workspaceDifference,
  workspaceSettings,
  workspaceView,
  writeAnswer,
} from '@casebook/contracts';
import { z } from 'zod';

const pageOf = (item: z.ZodType) => z.strictObject({ items: z.array(item), next: z.string().nullable() });

const INCIDENT = '/v1/workspaces/{workspace}/incidents/{incident}';
const views = Object.fromEntries(ANNOTATION_KINDS.map((kind) => [KINDS[kind].path, ANNOTATION_VIEWS[kind]]));

/**
 * What each route of the service answers with, by method and path as /openapi.json writes it: the schemas of the contracts, read
 * strictly, so that a field that no contract has is found. `null`: not JSON.
 */
export const ANSWERS: Readonly<Record<string, z.ZodType | null>> = {
  'GET /health/live': z.strictObject({ status: z.literal('live') }),
  'GET /health/ready': z.strictObject({
    status: z.literal('ready'),
    roles: z.array(z.enum(['serve', 'follow', 'read'])),
  }),
  'GET /v1/workspaces': pageOf(workspaceView),
  'POST /v1/workspaces': issuedToken,
  'GET /v1/workspaces/{workspace}/settings': workspaceSettings,
  'PATCH /v1/workspaces/{workspace}/settings': writeAnswer,
  'GET /v1/workspaces/{workspace}/members': pageOf(memberView),
  'POST /v1/workspaces/{workspace}/members': writeAnswer,
  'GET /v1/workspaces/{workspace}/members/{member}': memberView,
  'PATCH /v1/workspaces/{workspace}/members/{member}': writeAnswer,
  'POST /v1/workspaces/{workspace}/members/{member}/removal': writeAnswer,
  'GET /v1/workspaces/{workspace}/members/{member}/tokens': pageOf(tokenView),
  'POST /v1/workspaces/{workspace}/members/{member}/tokens': issuedToken,
  'POST /v1/workspaces/{workspace}/tokens/{token}/revocation': writeAnswer,
  'POST /v1/workspaces/{workspace}/erasures': erasureAnswer,
  'GET /v1/workspaces/{workspace}/documents': pageOf(documentView),
  'POST /v1/workspaces/{workspace}/documents': writeAnswer,
  'GET /v1/workspaces/{workspace}/documents/{document}': documentView,
  'PATCH /v1/workspaces/{workspace}/documents/{document}': writeAnswer,
  'GET /v1/workspaces/{workspace}/documents/{document}/text': null,
  'GET /v1/workspaces/{workspace}/documents/{document}/original': null,
  'POST /v1/workspaces/{workspace}/incidents/{incident}/documents/{document}/carry-over': carryOverReport,
  'POST /v1/workspaces/{workspace}/incidents/{incident}/proposals': writeAnswer,
  'POST /v1/workspaces/{workspace}/incidents/{incident}/proposals/decisions': proposalsReport,
  'GET /v1/workspaces/{workspace}/incidents': pageOf(incidentSummary),
  'POST /v1/workspaces/{workspace}/incidents': writeAnswer,
  [`GET ${INCIDENT}`]: incidentView,
  [`PATCH ${INCIDENT}`]: writeAnswer,
  [`POST ${INCIDENT}/closure`]: writeAnswer,
  [`POST ${INCIDENT}/reopening`]: writeAnswer,
  [`POST ${INCIDENT}/restriction`]: writeAnswer,
  [`POST ${INCIDENT}/unrestriction`]: writeAnswer,
  [`GET ${INCIDENT}/documents`]: pageOf(attachmentView),
  [`POST ${INCIDENT}/documents`]: writeAnswer,
  [`POST ${INCIDENT}/documents/{document}/detachment`]: writeAnswer,
  [`POST ${INCIDENT}/import`]: null,
  [`GET ${INCIDENT}/export/{format}`]: null,
  'GET /v1/workspaces/{workspace}/documents/{document}/export/web-annotation': null,
  'GET /ns/casebook.jsonld': null,
  'GET /ns/casebook-stix.schema.json': null,
  'GET /taxii2': null,
  'GET /taxii2/{workspace}': null,
  'GET /taxii2/{workspace}/collections': null,
  'GET /taxii2/{workspace}/collections/{incident}': null,
  'GET /taxii2/{workspace}/collections/{incident}/objects': null,
  'GET /taxii2/{workspace}/collections/{incident}/objects/{object}': null,
  'GET /taxii2/{workspace}/collections/{incident}/objects/{object}/versions': null,
  'GET /taxii2/{workspace}/collections/{incident}/manifest': null,
  [`GET ${INCIDENT}/web-annotations`]: null,
  [`POST ${INCIDENT}/web-annotations`]: null,
  [`GET ${INCIDENT}/web-annotations/{annotation}`]: null,
  [`PUT ${INCIDENT}/web-annotations/{annotation}`]: null,
  [`DELETE ${INCIDENT}/web-annotations/{annotation}`]: null,
  [`GET ${INCIDENT}/history`]: pageOf(changeView),
  ...Object.fromEntries(
    Object.entries(views).flatMap(([path, view]) => [
      [`GET ${INCIDENT}/${path}`, pageOf(view)],
      [`POST ${INCIDENT}/${path}`, writeAnswer],
      [`GET ${INCIDENT}/${path}/{annotation}`, view],
      [`PATCH ${INCIDENT}/${path}/{annotation}`, writeAnswer],
      [`POST ${INCIDENT}/${path}/{annotation}/retraction`, writeAnswer],
    ]),
  ),
  [`POST ${INCIDENT}/disputes/{annotation}/resolution`]: writeAnswer,
  [`POST ${INCIDENT}/disputes/{annotation}/withdrawal`]: writeAnswer,
  [`POST ${INCIDENT}/disputes/{annotation}/reopening`]: writeAnswer,
  'POST /v1/workspaces/{workspace}/batches': batchAnswer,
  'POST /v1/workspaces/{workspace}/undo': undoAnswer,
  [`GET ${INCIDENT}/timemap`]: null,
  [`GET ${INCIDENT}/difference`]: incidentDifference,
  [`GET ${INCIDENT}/annotations/{annotation}/blame`]: blameView,
  [`GET ${INCIDENT}/sources`]: sourcesView,
  [`GET ${INCIDENT}/casualties`]: casualtiesView,
  [`GET ${INCIDENT}/scorecard`]: scorecardView,
  [`GET ${INCIDENT}/timeline`]: timelineView,
  [`GET ${INCIDENT}/graph`]: graphView,
  [`GET ${INCIDENT}/suggestions`]: suggestionsView,
  [`POST ${INCIDENT}/suggestions/{suggestion}/acceptance`]: decidedSuggestion,
  [`POST ${INCIDENT}/suggestions/{suggestion}/dismissal`]: decidedSuggestion,
  'GET /v1/workspaces/{workspace}/disputes': pageOf(boardEntryView),
  'GET /v1/workspaces/{workspace}/difference': workspaceDifference,
  'GET /v1/workspaces/{workspace}/activity': pageOf(activityView),
  'GET /v1/workspaces/{workspace}/search': searchResults,
  'GET /v1/workspaces/{workspace}/audit': pageOf(changeView),
  'GET /v1/workspaces/{workspace}/events': pageOf(eventView),
  'GET /v1/workspaces/{workspace}/tags': pageOf(tagCount),
  'GET /v1/workspaces/{workspace}/refusals': pageOf(refusalView),
  'GET /v1/workspaces/{workspace}/webhooks': pageOf(webhookView),
  'POST /v1/workspaces/{workspace}/webhooks': madeWebhook,
  'DELETE /v1/workspaces/{workspace}/webhooks/{webhook}': null,
  'POST /v1/workspaces/{workspace}/webhooks/{webhook}/redelivery': webhookView,
  'GET /v1/workspaces/{workspace}/webhooks/{webhook}/dead-letters': pageOf(deadLetterView),
  'GET /v1/workspaces/{workspace}/incidents/{incident}/proof': incidentProof,
  'GET /v1/admin/projections': projectionsView,
  'POST /v1/admin/projections/{view}/rebuild': projectionView,
  'POST /v1/admin/projections/{view}/undo': undoneRebuild,
  'GET /v1/workspaces/{workspace}/ledger/checkpoint': null,
  'GET /v1/workspaces/{workspace}/ledger/verifier-key': null,
  'GET /v1/workspaces/{workspace}/ledger/export': null,
  'GET /v1/workspaces/{workspace}/ledger/tile/entries/{path}': null,
  'GET /v1/workspaces/{workspace}/ledger/tile/{level}/{path}': null,
  'GET /v1/workspaces/{workspace}/ledger/inclusion/{position}': inclusionProofView,
  'GET /v1/workspaces/{workspace}/ledger/proof/{position}': null,
  'GET /v1/workspaces/{workspace}/ledger/consistency': consistencyProofView,
};

const routes = Object.entries(ANSWERS).map(([route, schema]) => {
  const [method = '', path = ''] = route.split(' ');
  return {
    method,
    pattern: new RegExp(`^${path.replace('{path}', '.+').replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
    schema,
  };
});

/** The schema of what a request is answered with when it succeeds; `undefined` for what is no route of ours. */
export const answerSchema = (method: string, path: string): z.ZodType | null | undefined =>
  routes.find((route) => route.method === method && route.pattern.test(path))?.schema;

export interface Received {
  readonly method: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | null;
  readonly text: string;
}

/**
 * Throws for an answer that breaks a contract: a success that is not what its route answers with, a failure that is not an RFC 9457
 * problem about this request, and every 5xx.
 */
export function checkAnswer({ method, path, status, contentType, text }: Received): void {
  const fail = (what: string): never => {
    throw new Error(`${method} ${path} answered ${status}: ${what}\n${text.slice(0, 2000)}`);
  };
  if (status >= 500) fail('the service failed');
  if (status === 304 || method === 'HEAD') return;
  const pathname = path.split('?', 1)[0] ?? '';
  if (status >= 400) {
    if (contentType !== 'application/problem+json; charset=utf-8') fail(`content type ${contentType}`);
    const parsed = problem.safeParse(JSON.parse(text));
    if (!parsed.success) return fail(z.prettifyError(parsed.error));
    if (parsed.data.status !== status) fail(`the problem says ${parsed.data.status}`);
    if (parsed.data.instance !== path) fail(`the problem is about ${parsed.data.instance}`);
    if (!parsed.data.detail) fail('no detail');
    return;
  }
  const schema = answerSchema(method, pathname);
  if (schema === undefined || schema === null) return;
  const parsed = schema.safeParse(JSON.parse(text));
  if (!parsed.success) fail(z.prettifyError(parsed.error));
}
