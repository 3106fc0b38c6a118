import { setTimeout as delay } from 'node:timers/promises';
import { makeFolder } from '@casebook/ledger';
import { AccessQueries, membersFold, streams } from '@casebook/views';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type Logger, pino } from 'pino';
import { digestOf, newToken } from './access/tokens.js';
import type { Resources } from './app.module.js';
import { awaitDatabase } from './await-database.js';
import { besideSources, importCorpus, openTour, type Tour } from './corpus.js';
import { SignInCodes } from './console/sign-in-codes.js';
import { holdPort } from './http/held-port.js';
import { LogLines } from './log-lines.js';
import { Readiness } from './readiness.js';
import { createApplication, openDatabase, openResources } from './service.js';
import type { Settings } from './settings.js';
import { readPolicy, Witnessing } from './witnessing.js';
import { FIRST_ADMIN, FIRST_WORKSPACE, issueTokenFor, openWithAdmin } from './workspaces.js';

/** The length, in characters, below which an admin token causes a warning. */
const SOUND_TOKEN = 24;

export interface RunningService {
  readonly url: string;
  /** Reports not ready, serves for the drain delay, then accepts no new requests, answers those in progress, and closes the ledger and the database. */
  stop(): Promise<void>;
}

/**
 * Starts the whole service with these settings, and reports its address through `report`. The port is taken before
 * anything is created. Until the first workspace is opened, `interrupted` aborts the start; the rest is short and
 * ends by showing the token, which would otherwise be lost.
 */
export async function serve(
  settings: Settings,
  report: (line: string) => void,
  interrupted: AbortSignal = new AbortController().signal,
): Promise<RunningService> {
  const log = await LogLines.on(2);
  const logger = pino({ level: settings.logLevel, base: null, redact: ['req.headers.authorization'] }, log);
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
    log.close();
  };
  try {
    const port = await holdPort(settings.port, settings.host);
    closers.push(async () => port.close());
    const prepared = await unlessInterrupted(
      prepare(settings, { report, logger, closers, interrupted }),
      interrupted,
    );
    const { app, resources, policy, consoleDirectory } = prepared;
    const first = settings.roles.includes('serve') ? await openFirstWorkspace(resources, settings) : OPEN;
    let tour: Tour | undefined;
    try {
      if (first.isNew && first.token !== undefined && settings.importsCorpus) {
        const { token } = first;
        report(await quietly(logger, () => importCorpus(app, token)));
        tour = await openTour(resources, token);
        if (tour !== undefined) report(tour.sentence);
      }
      if (policy !== undefined && settings.roles.includes('follow')) {
        const witnessing = new Witnessing(
          resources.checkpoints,
          policy,
          () => workspacesOf(resources),
          logger,
        );
        closers.push(() => witnessing.close());
      }
      port.handTo(app.getHttpServer());
      await app.listen(settings.port, settings.host);
    } catch (error) {
      // The workspace is open, so no later start shows its token.
      if (first.isNew && settings.adminToken === undefined) report(tokenLine(first));
      throw error;
    }
    closers.push(async () => {
      app.get(Readiness).stop();
      await delay(settings.drainDelay * 1000);
    });
    const url = await app.getUrl().then((address) => address.replace('[::1]', 'localhost'));
    log.flush();
    if (settings.roles.includes('serve')) {
      if (consoleDirectory !== undefined) announceConsole(app, url, { ...first, tour }, report);
      announce(url, first, settings, report);
    } else report(`Casebook is listening on ${url} (CASEBOOK_ROLES: ${settings.roles.join(',')})`);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Starting {
  readonly report: (line: string) => void;
  readonly logger: Logger;
  readonly closers: (() => Promise<unknown>)[];
  readonly interrupted: AbortSignal;
}

/** The part of a start before anything is recorded. */
async function prepare(settings: Settings, { report, logger, closers, interrupted }: Starting) {
  const policy = settings.witnessPolicy === undefined ? undefined : await readPolicy(settings.witnessPolicy);
  makeFolder(settings.home);
  await awaitDatabase(settings, report, interrupted);
  const database = await openDatabase(settings, report);
  closers.push(() => database.close());
  const resources = await openResources(
    database.url,
    settings,
    (error) => logger.error({ err: error }, 'a view that follows the ledger cannot continue'),
    (sentence) => logger.error(sentence),
  );
  closers.push(() => resources.close());
  const consoleDirectory = await besideSources('dist/console', 'index.html');
  const app = await createApplication(resources, logger, { ...settings, consoleDirectory, policy });
  closers.push(() => app.close());
  // Computed here so that no request has to wait for it.
  await quietly(logger, async () => app.inject('/openapi.json'));
  return { app, resources, policy, consoleDirectory };
}

/** @throws AbortError as soon as the signal is given, whatever is still running */
async function unlessInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const interrupted = new Promise<never>((_resolve, reject) => {
    const interrupt = (): void => reject(signal.reason as Error);
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
  });
  return Promise.race([work, interrupted]);
}

/** Runs a function that sends many requests without logging a line for each. */
async function quietly<T>(logger: Logger, work: () => Promise<T>): Promise<T> {
  const { level } = logger;
  if (logger.isLevelEnabled('info')) logger.level = 'warn';
  try {
    return await work();
  } finally {
    logger.level = level;
  }
}

const workspacesOf = async ({ dataSource }: Resources): Promise<string[]> =>
  (
    await dataSource.query<{ workspace_id: string }[]>(
      'SELECT workspace_id FROM ledger_heads ORDER BY workspace_id',
    )
  ).map(({ workspace_id: id }) => id);

interface FirstWorkspace {
  readonly isNew: boolean;
  /** The admin's token, if known: just created, or set from outside. */
  readonly token: string | undefined;
  /** Why the token that was set from outside does not work. */
  readonly deaf?: string;
}

/** Of a process that leaves the first workspace to others. */
const OPEN: FirstWorkspace = { isNew: false, token: undefined };

/** On the first start there is no workspace; afterwards a token from the environment is honoured, unless it was revoked or its member removed. */
async function openFirstWorkspace(resources: Resources, { adminToken }: Settings): Promise<FirstWorkspace> {
  const token = adminToken ?? newToken();
  const opened = await openWithAdmin(resources.ledger, {
    workspaceId: FIRST_WORKSPACE,
    title: 'Default workspace',
    admin: FIRST_ADMIN,
    correlationId: 'first-start',
    token,
  });
  if (opened !== null) return { isNew: true, token };
  const deaf = adminToken === undefined ? undefined : await letIn(resources, adminToken);
  return { isNew: false, token: adminToken, ...(deaf !== undefined && { deaf }) };
}

/**
 * Makes a token from the environment one of the first admin's, unless it already is. A token or member that was
 * revoked or removed in the ledger stays so, which must not stop the service for everybody else: then this returns
 * why the token does not work.
 */
async function letIn({ ledger, dataSource }: Resources, adminToken: string): Promise<string | undefined> {
  const digest = digestOf(adminToken);
  const known = await new AccessQueries(dataSource, ledger).authenticate(digest, FIRST_WORKSPACE);
  if (known?.workspaceId === FIRST_WORKSPACE) return undefined;
  const events = await ledger.readStream(FIRST_WORKSPACE, streams.members);
  const { members, tokens } = events.reduce(
    (state, event) => membersFold.evolve(state, event),
    membersFold.initial,
  );
  if (members.get(FIRST_ADMIN.id)?.status !== 'active') return `the member ${FIRST_ADMIN.id} was removed`;
  if (tokens.some((token) => token.digest === digest && token.revokedAt !== undefined))
    return 'it was revoked';
  await issueTokenFor(ledger, {
    workspaceId: FIRST_WORKSPACE,
    memberId: FIRST_ADMIN.id,
    label: 'CASEBOOK_ADMIN_TOKEN',
    token: adminToken,
  });
  return undefined;
}

const tokenLine = ({ token }: Pick<FirstWorkspace, 'token'>): string =>
  `Admin token of the workspace ${FIRST_WORKSPACE}, shown this once: ${token}`;

function announce(
  url: string,
  { isNew, token, deaf }: FirstWorkspace,
  settings: Settings,
  report: (line: string) => void,
): void {
  report(`Casebook is listening on ${url} (API documentation: ${url}/docs)`);
  if (settings.adminToken !== undefined && settings.adminToken.length < SOUND_TOKEN) {
    report(
      `CASEBOOK_ADMIN_TOKEN is short enough to guess: use ${SOUND_TOKEN} or more random characters for anything but a trial.`,
    );
  }
  if (deaf !== undefined)
    report(
      `CASEBOOK_ADMIN_TOKEN does not work: ${deaf}. Set another, or none; \`npx casebook token\` makes one for any member.`,
    );
  if (isNew && settings.adminToken === undefined) {
    report(tokenLine({ token }));
    report(
      `Try it:\n  curl -s -H 'Authorization: Bearer ${token}' ${url}/v1/workspaces/${FIRST_WORKSPACE}/documents`,
    );
  } else {
    report(
      `Try it, with your token (npx casebook token makes a new one):\n  curl -s -H "Authorization: Bearer $CASEBOOK_TOKEN" ${url}/v1/workspaces/${FIRST_WORKSPACE}/documents`,
    );
  }
}

/**
 * The console's address; on the first start with a one-time sign-in code after the `#`, which browsers never send to
 * a server. It opens the tour if there is one, because an empty workspace shows nothing of Casebook.
 */
function announceConsole(
  app: NestFastifyApplication,
  url: string,
  { isNew, token, tour }: FirstWorkspace & { readonly tour: Tour | undefined },
  report: (line: string) => void,
): void {
  if (isNew && token !== undefined) {
    const code = app.get(SignInCodes).issue(token, tour?.workspaceId);
    report(
      `Open the console, signed in (works once, for 15 minutes):\n  ${url}${tour?.firstPage ?? '/'}#sign-in=${code}`,
    );
  } else report(`The console: ${url}/`);
}
