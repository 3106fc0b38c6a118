import * as contracts from '@casebook/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';
import { ALSO_TAKES } from './routes/documentation.js';

type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** A zod schema in OpenAPI 3.1, with its components. */
function converted(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $defs = {},
    $schema: _dialect,
    ...root
  } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: schemaType, unrepresentable: 'any' }) as Record<
    string,
    unknown
  > & { $defs?: Record<string, object> };
  const components = Object.fromEntries(Object.entries($defs).map(([name, each]) => [name, relocated(each)]));
  const { id } = root as { id?: string };
  if (typeof id !== 'string') return { schema: relocated(root), components };
  return {
    schema: { $ref: `#/components/schemas/${id}` },
    components: { ...components, [id]: relocated(root) },
  };
}

/** Keywords that hold values, in which an `id` is data and nothing refers to a schema. */
const VALUES = new Set(['example', 'examples', 'const', 'enum', 'default']);

/** Rewrites references from JSON Schema's definitions to OpenAPI's components, and removes ids from named schemas. */
function relocated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relocated);
  if (typeof value !== 'object' || value === null) return value;
  const { id, ...rest } = value as Record<string, unknown>;
  const kept = typeof id === 'string' ? rest : value;
  return Object.fromEntries(
    Object.entries(kept).map(([key, each]) => [
      key,
      key === '$ref' && typeof each === 'string'
        ? each.replace('#/$defs/', '#/components/schemas/')
        : VALUES.has(key)
          ? each
          : relocated(each),
    ]),
  );
}

/** The tags with their descriptions. */
const TAGS: Record<string, string> = {
  workspaces: 'A team with its documents, incidents, members and ledger, isolated from other workspaces.',
  members: 'Members with their roles and tokens, and refused attempts.',
  documents: 'The sources: texts, identified by their hash, with their details.',
  incidents: 'The subjects of annotations, with their documents.',
  ...Object.fromEntries(Object.values(contracts.KINDS).map(({ path, about }) => [path, about])),
  analysis: 'Derived from the annotations: sources, casualties, scorecards, timelines, suggestions.',
  board: 'Across incidents: open disputes, and the activity of members.',
  search:
    'Words, phrases, names and places in documents, incidents and annotations, now or as of any moment.',
  proposals: 'Annotations proposed by scripts and assistants, for members to accept or decline.',
  exchange: 'Import from other tools and export to them, in the formats of the field.',
  batches: 'Many commands in one request.',
  undo: 'Reverts recorded changes by further events, with a preview; an undo can itself be undone.',
  projections: 'The state of each view, for operators, and rebuilds.',
  ledger: 'Every event in order, as a list and live; history and audit.',
  webhooks: 'Addresses that receive every event, signed, at least once and in order.',
  transparency: 'Checkpoints, tiles and proofs for checking the ledger with independent tools.',
  health: 'Liveness and readiness, for monitoring.',
};

/** The OpenAPI 3.1 description of the whole service, from the routes and their schemas. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Casebook')
    .setVersion(contracts.VERSION)
    .setDescription(
      'An event-sourced ledger of analyst annotations. Every write is an event in an append-only ledger; every read is a fold of it. Errors are RFC 9457 problems.',
    )
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'this service')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'a token of a member of the workspace' })
    .build();
  config.info.contact = { name: 'The operator of this service' };
  config.tags = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
  const document: OpenAPIObject = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: converted,
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}.${method}`,
  });
  const problem = converted(contracts.problem, { schemaType: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(problem?.components as object) },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const each of Object.values(item as Record<string, OperationObject>)) {
      if (path.includes('{workspace}')) withWorkspace(each);
      corrected(each, document);
      // Explicit, as a missing `security` would mean the default.
      each.security ??= [];
    }
  }
  return document;
}

/** The guard checks the workspace of an address, so handlers need not take it as a parameter. */
function withWorkspace(operation: OperationObject): void {
  const { parameters = [] } = operation;
  if (parameters.some((each) => 'name' in each && each.name === 'workspace')) return;
  const { schema } = converted(contracts.workspaceId, { schemaType: 'input' }) as { schema: object };
  operation.parameters = [{ name: 'workspace', required: true, in: 'path', schema }, ...parameters];
}

/** Facts about an operation unknown to Nest: the name of a wildcard in its path, and that a body without required fields is optional. */
function corrected(operation: OperationObject, { components }: OpenAPIObject): void {
  const { parameters = [], requestBody } = operation;
  for (const parameter of parameters) {
    if ('name' in parameter && parameter.name === '*') parameter.name = 'path';
  }
  if (requestBody === undefined || '$ref' in requestBody) return;
  const extended = operation as { [ALSO_TAKES]?: readonly string[] };
  for (const mediaType of extended[ALSO_TAKES] ?? [])
    requestBody.content[mediaType] = { schema: { type: 'string', format: 'binary' } };
  delete extended[ALSO_TAKES];
  const { $ref = '' } = (requestBody.content['application/json']?.schema ?? {}) as { $ref?: string };
  const body = components?.schemas?.[$ref.slice($ref.lastIndexOf('/') + 1)];
  if (body !== undefined && 'properties' in body) requestBody.required = (body.required ?? []).length > 0;
}

/**
 * `/openapi.json`, and the same as a page to read at `/docs`. The description is computed on the first request, which
 * takes half a second.
 */
export function serveDescription(app: NestFastifyApplication): void {
  // The page uses relative addresses, which would be one folder too deep from `/docs/`.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      if (request.url === '/docs/') void reply.redirect('/docs', 301);
      else done();
    });
  SwaggerModule.setup('docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Casebook API',
  });
}
