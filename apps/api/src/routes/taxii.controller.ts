import {
  entityId,
  type IncidentSummary,
  taxiiQuery,
  type TaxiiQuery,
  workspaceId,
} from '@casebook/contracts';
import { type Entry, STIX_MEDIA_TYPE } from '@casebook/exchange';
import { IncidentQueries } from '@casebook/views';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Inject,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Caller, CallerOf, Needs } from '../access/access.guard.js';
import { addressOf } from '../http/base-address.js';
import { Param, Query, UncheckedParam } from '../http/checked-parameters.js';
import { ProblemError } from '../http/problem.js';
import { takesTaxii, TAXII_MEDIA_TYPE } from '../http/taxii-errors.js';
import {
  type CollectionPage,
  Collections,
  contentOf,
  entryIn,
  nextOf,
  pageOf,
} from '../taxii/collections.js';
import { Serves } from './documentation.js';

const MEDIA_TYPE = 'application/taxii+json';
/** Incidents read at once. */
const INCIDENTS = 100;

/** Refuses clients that do not accept TAXII 2.1 (TAXII 2.1, 1.6.8.1). */
class TaxiiGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (takesTaxii(request)) return true;
    throw new ProblemError('not-acceptable', `Send Accept: ${TAXII_MEDIA_TYPE}.`);
  }
}

/** TAXII 2.1, read only: each workspace is an API root, and each incident a collection. */
@ApiTags('exchange')
@Controller('taxii2')
@UseGuards(TaxiiGuard)
export class TaxiiController {
  constructor(
    @Inject(Collections) private readonly collections: Collections,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
  ) {}

  @Get()
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: discovery',
    description: 'The API root of your token’s workspace.',
    problems: ['not-acceptable'],
  })
  async discovery(@CallerOf() caller: Caller, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const root = `${addressOf(request)}/taxii2/${caller.workspaceId}/`;
    await send(reply, { title: 'Casebook', default: root, api_roots: [root] });
  }

  @Get(':workspace')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: an API root',
    description: 'The title of the workspace, and the supported version of TAXII.',
    problems: ['not-acceptable'],
  })
  async root(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const versions = [TAXII_MEDIA_TYPE];
    await send(reply, { title: `Casebook: ${workspace}`, versions, max_content_length: 1024 * 1024 });
  }

  @Get(':workspace/collections')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: the collections, one per incident',
    description: 'Only those that you may see. All are read-only.',
    problems: ['not-acceptable'],
  })
  async all(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const collections: object[] = [];
    for (let cursor: string | undefined | null; cursor !== null;) {
      const page: Awaited<ReturnType<IncidentQueries['incidents']>> = await this.incidents.incidents(
        workspace,
        {
          limit: INCIDENTS,
          ...(cursor !== undefined && { cursor }),
        },
      );
      collections.push(...page.items.map(described));
      cursor = page.next;
    }
    await send(reply, collections.length > 0 ? { collections } : {});
  }

  @Get(':workspace/collections/:incident')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: a collection',
    description: 'One incident, with its title and the media type of its objects. Read-only.',
    problems: ['not-acceptable', 'incident-unknown'],
  })
  async one(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { source } = await this.collections.open(workspace, incident, addressOf(request));
    await send(reply, described(source.header));
  }

  @Get(':workspace/collections/:incident/objects')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: the objects of a collection',
    description:
      'The objects of …/export/stix in the order in which they were added, in pages: send next back with the same filters.',
    problems: ['not-acceptable', 'incident-unknown'],
  })
  async objects(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: taxiiQuery }) query: TaxiiQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { source, collection } = await this.collections.open(workspace, incident, addressOf(request));
    const page = pageOf(collection.entries, query);
    const { objects, ...given } = await contentOf(collection, source, page);
    await sendPage(reply, given, 'objects', objects);
  }

  @Get(':workspace/collections/:incident/objects/:object')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: one object of a collection',
    description:
      'The latest version of the object, in an envelope. The filters are those of the list of objects.',
    problems: ['not-acceptable', 'incident-unknown', 'not-found'],
  })
  async object(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @UncheckedParam('object') id: string,
    @Query({ schema: taxiiQuery }) query: TaxiiQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { source, collection } = await this.collections.open(workspace, incident, addressOf(request));
    const page = pageOf([entryIn(collection, id)], query);
    const { objects, ...given } = await contentOf(collection, source, page);
    await sendPage(reply, given, 'objects', objects);
  }

  @Get(':workspace/collections/:incident/objects/:object/versions')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: the versions of an object',
    description: 'A collection has the latest version of each object; …/export/stix?asOf= has earlier ones.',
    problems: ['not-acceptable', 'incident-unknown', 'not-found'],
  })
  async versions(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @UncheckedParam('object') id: string,
    @Query({ schema: taxiiQuery }) query: TaxiiQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collection } = await this.collections.open(workspace, incident, addressOf(request));
    const page = pageOf([entryIn(collection, id)], query);
    await sendPage(
      reply,
      page,
      'versions',
      page.entries.map((entry) => JSON.stringify(versionOf(entry))),
    );
  }

  @Get(':workspace/collections/:incident/manifest')
  @Needs('read')
  @Serves(MEDIA_TYPE, {
    summary: 'TAXII 2.1: the manifest of a collection',
    description: 'The objects of the collection, and when each was added.',
    problems: ['not-acceptable', 'incident-unknown'],
  })
  async manifest(
    @Param('workspace', { schema: workspaceId }) workspace: string,
    @Param('incident', { schema: entityId }) incident: string,
    @Query({ schema: taxiiQuery }) query: TaxiiQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { collection } = await this.collections.open(workspace, incident, addressOf(request));
    const page = pageOf(collection.entries, query);
    await sendPage(
      reply,
      page,
      'objects',
      page.entries.map((entry) =>
        JSON.stringify({
          id: entry.id,
          date_added: dateOf(entry.added),
          version: versionOf(entry),
          media_type: `application/stix+json;version=${entry.specVersion}`,
        }),
      ),
    );
  }
}

const described = ({ id, title, summary }: Pick<IncidentSummary, 'id' | 'title' | 'summary'>): object => ({
  id,
  title: title ?? 'An incident without a title',
  ...(summary !== undefined && { description: summary }),
  can_read: true,
  can_write: false,
  media_types: [STIX_MEDIA_TYPE],
});

/** An object without `modified` has a single version, dated when it was added. */
const versionOf = ({ version, added }: Entry): string => (version === '' ? dateOf(added) : version);

/** Microseconds since 1970 in RFC 3339. */
const dateOf = (microseconds: number): string =>
  `${new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1)}${String(microseconds % 1000).padStart(3, '0')}Z`;

/** An empty page is an empty object (TAXII 2.1, 3.7). */
async function sendPage(
  reply: FastifyReply,
  { entries, more }: CollectionPage,
  name: 'objects' | 'versions',
  items: readonly string[],
): Promise<void> {
  const [first, last] = [entries[0], entries.at(-1)];
  if (first === undefined || last === undefined) return send(reply, {});
  void reply.headers({
    'x-taxii-date-added-first': dateOf(first.added),
    'x-taxii-date-added-last': dateOf(last.added),
  });
  const next = more ? `,"next":${JSON.stringify(nextOf(last))}` : '';
  await sendText(reply, `{"more":${more}${next},"${name}":[${items.join(',')}]}`);
}

const send = (reply: FastifyReply, value: object): Promise<void> => sendText(reply, JSON.stringify(value));

async function sendText(reply: FastifyReply, text: string): Promise<void> {
  await reply
    .headers({ 'content-type': TAXII_MEDIA_TYPE, 'cache-control': 'private, no-cache', vary: 'accept' })
    .send(Buffer.from(text, 'utf8'));
}
