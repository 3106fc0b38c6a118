import { temporaryHome } from '@casebook/testing';
import 'reflect-metadata';
import { entityId, tagClaim, workspaceId } from '@casebook/contracts';
import { AccessQueries } from '@casebook/views';
import { Controller, Module, Post, Req, type Type } from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import fastify from 'fastify';
import { openSync } from 'node:fs';
import { pino } from 'pino';
import { Access, Needs } from './access/access.guard.js';
import { Refusals } from './access/refusals.js';
import { Written } from './http/answers.js';
import { Body, Param, UncheckedParam } from './http/checked-parameters.js';
import { UNLIMITED } from './http/protection.js';
import { ProblemFilter } from './http/problem.filter.js';
import { type WriteRequest, WriteRequestOf } from './http/request-context.js';
import { fastifyAdapter, prepareServer } from './http/server.js';
import { LogLines } from './log-lines.js';
import { createApplication, openResources } from './service.js';

/**
 * For the benchmark: the service with some of its layers, each including all before it. Missing layers are answered
 * as if they had done their work. Started with the name of a layer and the database; reports its address and its
 * resource usage.
 */
const [layer = '', databaseUrl = ''] = process.argv.slice(2);

const ANSWER = { id: '0192e4a0-0000-7000-8000-000000000000', revision: 1, position: 1 };
const ROUTE = 'v1/workspaces/:workspace/incidents/:incident/claims';
const LIMITS = { corsOrigins: [], requestsPerMinute: 6_000_000, refusalsPerMinute: 60_000 };

const logger = pino({ level: 'info', base: null }, new LogLines(openSync('/dev/null', 'w')));

@Controller(ROUTE)
class Plain {
  @Post()
  record(
    @UncheckedParam('workspace') _workspace: string,
    @UncheckedParam('incident') _incident: string,
    @Req() _request: object,
  ) {
    return new Written(ANSWER, { created: true });
  }
}

@Controller(ROUTE)
class Validated {
  @Post()
  record(
    @Param('workspace', { schema: workspaceId }) _workspace: string,
    @Param('incident', { schema: entityId }) _incident: string,
    @Body({ schema: tagClaim }) _body: object,
  ) {
    return new Written(ANSWER, { created: true });
  }
}

@Controller(ROUTE)
class Guarded {
  @Post()
  @Needs('annotate')
  record(
    @Param('incident', { schema: entityId }) _incident: string,
    @WriteRequestOf() _request: WriteRequest,
    @Body({ schema: tagClaim }) _body: object,
  ) {
    return new Written(ANSWER, { created: true });
  }
}

const resources = await openResources(databaseUrl, {
  poolSize: 10,
  home: temporaryHome(),
  origin: 'casebook.bench',
  signingSecrets: [Buffer.alloc(32, 7)],
});

async function nest(
  controller: Type,
  providers: object[],
  protection: typeof LIMITS | null,
): Promise<NestFastifyApplication> {
  @Module({})
  class OneRoute {}
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: OneRoute,
      controllers: [controller],
      providers: [...providers, { provide: Refusals, useFactory: () => new Refusals(resources.dataSource) }],
    } as never,
    protection === null ? new FastifyAdapter() : fastifyAdapter(logger),
    { logger: false, ...(protection !== null && { bodyParser: false }) },
  );
  if (protection !== null) await prepareServer(app, protection, resources.roles);
  await app.init();
  return app;
}

const guard = [
  { provide: APP_FILTER, useClass: ProblemFilter },
  {
    provide: Access,
    useFactory: () =>
      new Access(new AccessQueries(resources.dataSource, resources.ledger), resources.ledger, null),
  },
];

const layers: Record<string, () => Promise<NestFastifyApplication>> = {
  Nest: () => nest(Plain, [], null),
  'ids, JSON, headers, log': () => nest(Plain, [], UNLIMITED as typeof LIMITS),
  'rate limits': () => nest(Plain, [], LIMITS),
  validation: () => nest(Validated, [], LIMITS),
  token: () => nest(Guarded, guard, LIMITS),
  'commit, inline views': () =>
    createApplication(
      {
        ...resources,
        runner: Object.create(resources.runner, {
          start: { value: () => undefined },
        }) as typeof resources.runner,
      },
      logger,
      { protection: LIMITS },
    ),
  'following views': () => createApplication(resources, logger, { protection: LIMITS }),
};

async function listen(): Promise<{ url: string; close: () => Promise<unknown> }> {
  const make = layers[layer];
  if (make !== undefined) {
    const app = await make();
    await app.listen(0, '127.0.0.1');
    return { url: await app.getUrl(), close: () => app.close() };
  }
  const bare = fastify();
  bare.post(`/${ROUTE}`, (_request, reply) => reply.status(201).send(ANSWER));
  return { url: await bare.listen({ port: 0, host: '127.0.0.1' }), close: () => bare.close() };
}

const { url, close } = await listen();
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ micros: user + system, memoryMb: process.memoryUsage.rss() / 1e6 });
});
process.on('disconnect', () => {
  void close()
    .then(() => resources.close())
    .then(() => process.exit(0));
});
process.send?.({ url });
