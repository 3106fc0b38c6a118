import { Readable } from 'node:stream';
import { type AnnotationView, entityId, webAnnotationsQuery, workspaceId } from '@casebook/contracts';
import {
  annotationIri,
  canonicalIri,
  containerIri,
  contextsAt,
  referencesOf,
  webAnnotation,
  type WritingContext,
} from '@casebook/exchange';
import { sha256 } from '@casebook/ledger';
import { IncidentQueries, IncidentSources } from '@casebook/views';
import { Controller, Delete, Get, HttpCode, Inject, Options, Post, Put, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExcludeEndpoint, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Needs } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { AnnotationProtocol } from '../commands/exchange/annotation-protocol.js';
import { isKnown } from '../http/answers.js';
import { addressOf } from '../http/base-address.js';
import { Param, Query } from '../http/checked-parameters.js';
import { entityTag } from '../http/entity-tags.js';
import { parseJson } from '../http/json-body.js';
import { ProblemError } from '../http/problem.js';
import { callerOf, single, type WriteRequest, WriteRequestOf } from '../http/request-context.js';
import { ANY_REFUSAL, Conditional, Revalidates, Serves } from './documentation.js';
import { unknownIncident } from './incidents.controller.js';

const MEDIA_TYPE = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"';
const LDP = 'http://www.w3.org/ns/ldp#';
/** Annotations per page of the container. */
const PAGE = 100;
/** Maximum bytes of one annotation. */
const MOST_BYTES = 1024 * 1024;

const OF_CONTAINER = {
  allow: 'GET, HEAD, OPTIONS, POST',
  'accept-post': MEDIA_TYPE,
  link: `<${LDP}BasicContainer>; rel="type", <http://www.w3.org/TR/annotation-protocol/>; rel="${LDP}constrainedBy"`,
};
const OF_ANNOTATION = {
  allow: 'GET, HEAD, OPTIONS, PUT, DELETE',
  link: `<${LDP}Resource>; rel="type", <http://www.w3.org/ns/oa#Annotation>; rel="type"`,
};

const BODY = {
  required: true,
  description: 'a Web Annotation in JSON-LD',
  schema: { type: 'object' as const },
  examples: {
    page: {
      value: {
        '@context': 'http://www.w3.org/ns/anno.jsonld',
        type: 'Annotation',
        body: { type: 'TextualBody', value: 'I like this page!' },
        target: 'http://www.example.com/index.html',
      },
    },
  },
};

/** The W3C Web Annotation Protocol: an incident's annotations as a container, and each by its own address. */
@ApiTags('exchange')
@Controller('v1/workspaces/:workspace/incidents/:incident/web-annotations')
export class WebAnnotationsController {
  constructor(
    @Inject(AnnotationProtocol) private readonly protocol: AnnotationProtocol,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(IncidentSources) private readonly sources: IncidentSources,
  ) {}

  @Get()
  @Needs('read')
  @Revalidates()
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description:
      'return=representation;include="http://www.w3.org/ns/oa#PreferContainedIRIs", or PreferContainedDescriptions, or http://www.w3.org/ns/ldp#PreferMinimalContainer',
    schema: { type: 'string' },
  })
  @Serves('application/ld+json', {
    summary: 'The container of an incident’s annotations (W3C Web Annotation Protocol)',
    description:
      'An AnnotationCollection with the addresses of its pages, which hold 100 annotations each, whole or (Prefer: PreferContainedIRIs) as addresses. Retracted and erased annotations are left out.',
    problems: ['incident-unknown', 'not-found'],
  })
  async container(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Query({ schema: webAnnotationsQuery }) { page, iris }: z.infer<typeof webAnnotationsQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(await this.incidents.has(workspace, incidentId))) throw unknownIncident();
    const preference = preferenceOf(single(request.headers['prefer']));
    const areIris = iris === undefined ? preference === 'iris' : iris === '1';
    const offset = (page ?? 0) * PAGE;
    const { items, total } = await this.incidents.standing(workspace, incidentId, {
      offset,
      limit: page === undefined ? 0 : PAGE,
    });
    const context = await this.contextOf(request, workspace, incidentId, items);
    const collection = `${containerIri(context)}${preference === 'minimal' ? '' : `?iris=${areIris ? 1 : 0}`}`;
    const last = Math.max(0, Math.ceil(total / PAGE) - 1);
    if (page !== undefined && page > last) throw new ProblemError('not-found', `The last page is ${last}.`);
    const pageIri = (at: number): string => `${containerIri(context)}?iris=${areIris ? 1 : 0}&page=${at}`;
    void reply.headers({ ...OF_CONTAINER, vary: 'accept, prefer', 'cache-control': 'private, no-cache' });
    if (preference !== undefined) void reply.header('preference-applied', 'return=representation');
    const contexts = { '@context': [...contextsAt(context.base), 'http://www.w3.org/ns/ldp.jsonld'] };
    const value =
      page === undefined
        ? {
            ...contexts,
            id: collection,
            type: ['BasicContainer', 'AnnotationCollection'],
            total,
            first: pageIri(0),
            last: pageIri(last),
          }
        : {
            '@context': contextsAt(context.base),
            id: pageIri(page),
            type: 'AnnotationPage',
            partOf: { id: collection, total },
            startIndex: offset,
            ...(page > 0 && { prev: pageIri(page - 1) }),
            ...(page < last && { next: pageIri(page + 1) }),
            items: areIris
              ? items.map(({ id }) => annotationIri(context, id))
              : items.map((view) => ({
                  '@context': contextsAt(context.base),
                  ...webAnnotation(view, context),
                })),
          };
    void reply.header('content-location', value.id);
    await send(request, reply, entityTag(digestOf(value), undefined, request), value);
  }

  @Options()
  @Needs('read')
  // OPTIONS is not described: OpenAPI lists the methods itself.
  @ApiExcludeEndpoint()
  async containerOptions(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .code(200)
      .headers({ ...OF_CONTAINER, vary: 'accept, prefer' })
      .send('');
  }

  @Post()
  @HttpCode(201)
  @Needs('annotate')
  @ApiConsumes('application/ld+json')
  @ApiBody(BODY)
  @ApiHeader({
    name: 'Slug',
    required: false,
    description: 'a UUID to use as the id of the annotation, if it is free',
    schema: { type: 'string' },
  })
  @Serves('application/ld+json', {
    summary: 'Record a Web Annotation',
    description:
      'A passage of a document of the incident becomes a claim, and a text about an annotation becomes a comment; anything else is kept as an item. Answers with the annotation as it is now, and its address in Location. A canonical IRI is kept for good and can be used only once.',
    problems: [...ANY_REFUSAL, 'annotation-exists', 'unsupported-media-type', 'malformed-json'],
    writes: true,
    created: true,
  })
  async create(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @WriteRequestOf() request: WriteRequest,
    @Req() raw: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await bodyOf(raw);
    const id = await this.protocol.create(request, incidentId, json, single(raw.headers['slug']));
    const { context, view } = await this.read(raw, workspace, incidentId, id);
    void reply.code(201).header('location', annotationIri(context, id));
    await this.show(raw, reply, context, view);
  }

  @Get(':annotation')
  @Needs('read')
  @Revalidates()
  @Serves('application/ld+json', {
    summary: 'Read one annotation as a Web Annotation',
    description: 'As JSON-LD, with an ETag that PUT and DELETE take in If-Match. A deleted one is 410.',
    problems: ['incident-unknown', 'annotation-unknown', 'gone'],
  })
  async one(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Param('annotation', { schema: entityId }) id: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { context, view } = await this.read(request, workspace, incidentId, id);
    await this.show(request, reply, context, view);
  }

  @Options(':annotation')
  @Needs('read')
  // OPTIONS is not described: OpenAPI lists the methods itself.
  @ApiExcludeEndpoint()
  async annotationOptions(@Res() reply: FastifyReply): Promise<void> {
    await reply
      .code(200)
      .headers({ ...OF_ANNOTATION, vary: 'accept' })
      .send('');
  }

  @Put(':annotation')
  @Needs('annotate')
  @Conditional()
  @ApiConsumes('application/ld+json')
  @ApiBody(BODY)
  @Serves('application/ld+json', {
    summary: 'Replace a Web Annotation',
    description:
      'A revision like any other: whatever the representation leaves out is cleared. If-Match with the ETag you read makes sure that nobody has changed it since.',
    problems: [...ANY_REFUSAL, 'gone', 'annotation-fixed', 'unsupported-media-type', 'malformed-json'],
    writes: true,
  })
  async replace(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Param('annotation', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Req() raw: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const json = await bodyOf(raw);
    const before = await this.read(raw, workspace, incidentId, id);
    this.precondition(raw, before);
    await this.protocol.replace(request, incidentId, before.view, json);
    const { context, view } = await this.read(raw, workspace, incidentId, id);
    await this.show(raw, reply, context, view);
  }

  @Delete(':annotation')
  @HttpCode(204)
  @Needs('annotate')
  @Conditional()
  @Serves('application/ld+json', {
    summary: 'Delete a Web Annotation',
    description:
      'It is retracted: the history keeps it, and an undo brings it back. Reading it then answers 410.',
    problems: [...ANY_REFUSAL, 'gone'],
    writes: true,
    empty: true,
  })
  async remove(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incidentId: string,
    @Param('annotation', { schema: entityId }) id: string,
    @WriteRequestOf() request: WriteRequest,
    @Req() raw: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const before = await this.read(raw, workspace, incidentId, id);
    this.precondition(raw, before);
    await this.protocol.remove(request, incidentId, before.view);
    await reply.code(204).headers(OF_ANNOTATION).send();
  }

  private async read(
    request: FastifyRequest,
    workspace: string,
    incidentId: string,
    id: string,
  ): Promise<{ readonly context: WritingContext; readonly view: AnnotationView }> {
    return readAs(callerOf(request), async () => {
      if (!(await this.incidents.has(workspace, incidentId))) throw unknownIncident();
      const view = await this.protocol.one(workspace, incidentId, id);
      if (view === null)
        throw new ProblemError(
          'annotation-unknown',
          'There is no annotation with this address in the incident.',
        );
      if (view.status === 'retracted' || view.status === 'erased')
        throw new ProblemError('gone', `The annotation was ${view.status}; its history says when and why.`);
      return { context: await this.contextOf(request, workspace, incidentId, [view]), view };
    });
  }

  /** Preconditions that need more than the revision (RFC 9110 §13.1). */
  private precondition(
    request: FastifyRequest,
    { context, view }: { readonly context: WritingContext; readonly view: AnnotationView },
  ): void {
    const tag = entityTag(digestOf(representation(context, view)), view.revision, request);
    const match = single(request.headers['if-match'])?.trim();
    const isFull = match !== undefined && match.includes('.');
    if ((isFull && match !== tag) || isKnown(tag, request)) {
      throw new ProblemError(
        'revision-mismatch',
        'It has changed since you read it. Read it again, then send your change.',
        {
          revision: view.revision,
        },
      );
    }
  }

  private async show(
    request: FastifyRequest,
    reply: FastifyReply,
    context: WritingContext,
    view: AnnotationView,
  ): Promise<void> {
    const value = representation(context, view);
    if (request.method !== 'GET') void reply.header('ledger-position', String(view.position));
    void reply.headers({ ...OF_ANNOTATION, vary: 'accept', 'cache-control': 'private, no-cache' });
    // A creation has another address than its result, so its tag is only the revision, as in every write.
    const tag =
      request.method === 'POST' ? `"${view.revision}"` : entityTag(digestOf(value), view.revision, request);
    await send(request, reply, tag, value);
  }

  /** The context for representing these annotations. */
  private async contextOf(
    request: FastifyRequest,
    workspace: string,
    incidentId: string,
    views: readonly AnnotationView[],
  ): Promise<WritingContext> {
    const ids = [...new Set(views.flatMap((view) => referencesOf(view.kind, view)))].filter(
      (id) => id !== incidentId,
    );
    const referred = await this.incidents.annotationsById(workspace, incidentId, ids);
    const canonical = new Map(referred.map(({ id, origin }) => [id, canonicalIri(id, origin)]));
    return {
      base: addressOf(request),
      workspaceId: workspace,
      incidentId,
      names: await this.sources.namesOf(workspace),
      canonicalOf: (id) => canonical.get(id) ?? canonicalIri(id, undefined),
    };
  }
}

const representation = (context: WritingContext, view: AnnotationView): object => ({
  '@context': contextsAt(context.base),
  ...webAnnotation(view, context),
});

const digestOf = (value: object): Buffer => sha256(JSON.stringify(value));
const bytesOf = (value: object): Buffer => Buffer.from(JSON.stringify(value), 'utf8');

async function send(request: FastifyRequest, reply: FastifyReply, tag: string, value: object): Promise<void> {
  void reply.header('etag', tag);
  if (request.method === 'GET' && isKnown(tag, request)) return reply.code(304).send();
  await reply.header('content-type', MEDIA_TYPE).send(bytesOf(value));
}

/** The client's preference for the container (Web Annotation Protocol, 4.2). */
function preferenceOf(header: string | undefined): 'minimal' | 'iris' | 'descriptions' | undefined {
  if (header === undefined || !/return\s*=\s*representation/i.test(header)) return undefined;
  if (header.includes('PreferMinimalContainer')) return 'minimal';
  if (header.includes('PreferContainedIRIs')) return 'iris';
  return header.includes('PreferContainedDescriptions') ? 'descriptions' : undefined;
}

/** The annotation sent by a client. @throws ProblemError unsupported-media-type, body-too-large, malformed-json */
async function bodyOf({ body }: FastifyRequest): Promise<unknown> {
  if (!(body instanceof Readable))
    throw new ProblemError(
      'unsupported-media-type',
      'Send the annotation as application/ld+json.',
      {},
      { 'accept-post': MEDIA_TYPE },
    );
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    length += (part as Buffer).length;
    if (length > MOST_BYTES)
      throw new ProblemError('body-too-large', 'An annotation may have at most 1 MiB.');
    parts.push(part as Buffer);
  }
  return parseJson(Buffer.concat(parts));
}
