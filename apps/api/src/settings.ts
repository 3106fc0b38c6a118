import { destinationOf } from '@casebook/postgres';
import { z } from 'zod';
import type { Protection } from './http/protection.js';
import { networks } from './webhooks/reachable.js';
import { type Role, ROLES } from './roles.js';
import { ALGORITHMS, isTrustworthy, type OidcSettings, readRoleMap } from './access/oidc.js';

const port = z.coerce.number().int().min(0).max(65_535);
const databaseUrl = z.string().superRefine((url, context) => {
  try {
    destinationOf(url);
  } catch (error) {
    context.addIssue((error as Error).message);
  }
});
const roles = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(ROLES, { error: `must be some of ${ROLES.join(', ')}, separated by commas` })))
  .refine((given) => given.length === 1 || !given.includes('read'), {
    error: 'must be read alone, or serve, follow or both',
  });
const onOff = z.enum(['on', 'off']);
/** A variable that is set but empty counts as unset. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const preset = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => (given === '' || given === undefined ? value : given), schema);

function areNetworks(texts: readonly string[]): boolean {
  try {
    networks(texts);
    return true;
  } catch {
    return false;
  }
}

/** The settings of the service: environment variables, each with its rule. The README lists them. */
const environment = z.object({
  PORT: preset(port, 3000),
  HOST: preset(z.string(), '127.0.0.1'),
  DATABASE_URL: optional(databaseUrl),
  MIGRATION_DATABASE_URL: optional(databaseUrl),
  CASEBOOK_ROLES: preset(roles, 'serve,follow'),
  CASEBOOK_HOME: preset(z.string(), '.casebook'),
  CASEBOOK_ADMIN_TOKEN: optional(
    z.string().regex(/^[\x21-\x7e]{1,256}$/, {
      error: 'must be 1 to 256 printable ASCII characters without spaces',
    }),
  ),
  CASEBOOK_CORPUS: preset(onOff, 'on'),
  CASEBOOK_ORIGIN: preset(
    z.string().regex(/^[a-z0-9](?:[a-z0-9.:/_-]{0,200}[a-z0-9])?$/, {
      error: 'must be a host name, or a URL without its scheme, in lower case, such as casebook.example.org',
    }),
    'casebook.local',
  ),
  CASEBOOK_SIGNING_KEY: optional(
    z.string().regex(/^[A-Za-z0-9+/]{43}=(?:,[A-Za-z0-9+/]{43}=)*$/, {
      error: 'must be 32 bytes in base64; while a key is being rotated, the new one, a comma and the old one',
    }),
  ),
  CASEBOOK_WITNESS_POLICY: optional(z.string()),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/, error: 'must be the URL of the issuer' })),
  OIDC_AUDIENCE: optional(z.string()),
  OIDC_JWKS_URL: optional(z.url({ protocol: /^https?$/, error: 'must be a URL' })),
  OIDC_ALGORITHMS: preset(
    z
      .string()
      .transform((text) => text.split(','))
      .pipe(
        z.array(
          z.enum(ALGORITHMS, {
            error: `must be one or more of ${ALGORITHMS.join(', ')}, separated by commas`,
          }),
        ),
      ),
    'RS256,ES256,EdDSA',
  ),
  OIDC_CLOCK_TOLERANCE: preset(z.coerce.number().int().min(0).max(300), 30),
  OIDC_JWKS_COOLDOWN: preset(z.coerce.number().int().min(0).max(3600), 30),
  OIDC_MEMBER_CLAIM: preset(z.string(), 'sub'),
  OIDC_ROLE_CLAIM: optional(z.string()),
  OIDC_ROLE_MAP: optional(
    z.string().transform((text, context) => {
      const mappings = readRoleMap(text);
      if (mappings !== null) return mappings;
      context.addIssue('must be group=role or group=workspace/role, separated by commas');
      return z.NEVER;
    }),
  ),
  OIDC_WORKSPACE_CLAIM: optional(z.string()),
  OIDC_CLIENT_ID: optional(z.string()),
  OIDC_CLIENT_SECRET: optional(z.string()),
  OIDC_SCOPE: preset(z.string(), 'openid profile'),
  CASEBOOK_POOL_SIZE: preset(z.coerce.number().int().min(2).max(500), 10),
  CASEBOOK_DATABASE_WAIT: preset(z.coerce.number().min(0).max(3600), 30),
  CASEBOOK_DRAIN_DELAY: preset(z.coerce.number().min(0).max(600), 0),
  CASEBOOK_CORS_ORIGINS: optional(
    z.string().regex(/^https?:\/\/[^\s/,*]+(?:,https?:\/\/[^\s/,*]+)*$/, {
      error: 'must be origins, such as https://desk.example.org, separated by commas and without a path',
    }),
  ),
  CASEBOOK_RATE_LIMIT: preset(z.coerce.number().int().min(0), 60_000),
  CASEBOOK_RATE_BURST: preset(z.coerce.number().int().min(1), 10_000),
  CASEBOOK_REFUSAL_LIMIT: preset(z.coerce.number().int().min(0), 300),
  CASEBOOK_FEED_LIMIT: preset(z.coerce.number().int().min(0), 50),
  CASEBOOK_CHROMIUM: optional(z.string()),
  CASEBOOK_METRICS_TOKEN: optional(
    z.string().regex(/^[\x21-\x7e]{24,256}$/, {
      error: 'must be 24 to 256 printable ASCII characters without spaces',
    }),
  ),
  CASEBOOK_WEBHOOK_NETWORKS: optional(
    z
      .string()
      .transform((text) => text.split(','))
      .refine(areNetworks, { error: 'must be networks, such as 10.0.0.0/8, separated by commas' }),
  ),
  LOG_LEVEL: preset(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  /** The URL of the tables' owner, if the user of `databaseUrl` does not own them. */
  readonly migrationDatabaseUrl: string | undefined;
  readonly roles: readonly Role[];
  readonly home: string;
  readonly adminToken: string | undefined;
  readonly importsCorpus: boolean;
  /** The token for `GET /metrics`; without it there is no such address. */
  readonly metricsToken: string | undefined;
  /** The path of the Chromium for PDFs; by default that of the package, if it is installed. */
  readonly chromium: string | undefined;
  /** The prefix of the ledgers' names in checkpoints. */
  readonly origin: string;
  /** The secrets from which checkpoint keys are derived, the current one first; without any, a file in `home` has one. */
  readonly signingSecrets: readonly Buffer[];
  /** A file that names the witnesses who are asked to cosign checkpoints (C2SP tlog-policy); none: nobody is asked. */
  readonly witnessPolicy: string | undefined;
  /** The identity provider whose tokens are taken; none: own tokens alone are. */
  readonly oidc: OidcSettings | undefined;
  /** Connections at most: so many that write, and as many that read. */
  readonly poolSize: number;
  /** Seconds that a start waits for a database that is away. */
  readonly databaseWait: number;
  /** Seconds between not being ready and closing, so that a load balancer notices. */
  readonly drainDelay: number;
  /** Networks that webhooks may reach although they are not public. */
  readonly webhookNetworks: readonly string[];
  readonly protection: Protection;
  readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
}

/** Read by the command line: where a running service is, and the token to ask it with. */
const OF_COMMANDS = ['CASEBOOK_URL', 'CASEBOOK_TOKEN'];

/** A sentence for each variable that is called like a setting and is none: nothing reads it, and whoever set it would not know. */
export function strangeSettings(variables: NodeJS.ProcessEnv): string[] {
  const known = [...Object.keys(environment.shape), ...OF_COMMANDS];
  const strange = Object.keys(variables).filter(
    // CASEBOOK_TEST_… are those of the tests, which start this program.
    (name) =>
      name.startsWith('CASEBOOK_') &&
      !name.startsWith('CASEBOOK_TEST_') &&
      !known.includes(name) &&
      !isServiceLink(name, variables[name]),
  );
  return strange.map((name) => {
    const distance = (other: string): number => editDistance(bare(name), bare(other));
    const nearest = known.reduce((best, other) => (distance(other) < distance(best) ? other : best));
    return `${name} is not a setting and has no effect; did you mean ${nearest}?`;
  });
}

/** What Kubernetes sets in every container beside a service that is called casebook, or casebook-…: where that listens. */
const isServiceLink = (name: string, value = ''): boolean =>
  /_SERVICE_(?:HOST|PORT(?:_\w+)?)$/.test(name) ||
  (/_PORT(?:_\d+_(?:TCP|UDP|SCTP))?$/.test(name) && /^(?:tcp|udp|sctp):\/\//.test(value)) ||
  /_PORT_\d+_(?:TCP|UDP|SCTP)_(?:PROTO|PORT|ADDR)$/.test(name);

const bare = (name: string): string => name.replace(/^CASEBOOK_/, '');

/** Levenshtein's: how many characters to put in, take out or change. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** One or more settings are wrong; the message names each with its rule. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
}

/**
 * @param warn is called, before anything is refused, for variables that look like a setting but are not.
 * @throws InvalidSettings
 */
export function readSettings(
  variables: NodeJS.ProcessEnv,
  warn: (sentence: string) => void = () => undefined,
): Settings {
  strangeSettings(variables).forEach(warn);
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    throw new InvalidSettings(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const { data } = parsed;
  refuseStandby(data);
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    migrationDatabaseUrl: data.MIGRATION_DATABASE_URL,
    roles: data.CASEBOOK_ROLES,
    home: data.CASEBOOK_HOME,
    adminToken: data.CASEBOOK_ADMIN_TOKEN,
    importsCorpus: data.CASEBOOK_CORPUS === 'on',
    origin: data.CASEBOOK_ORIGIN,
    signingSecrets: (data.CASEBOOK_SIGNING_KEY?.split(',') ?? []).map((text) => Buffer.from(text, 'base64')),
    witnessPolicy: data.CASEBOOK_WITNESS_POLICY,
    oidc: oidcOf(data),
    poolSize: data.CASEBOOK_POOL_SIZE,
    databaseWait: data.CASEBOOK_DATABASE_WAIT,
    drainDelay: data.CASEBOOK_DRAIN_DELAY,
    protection: {
      corsOrigins: data.CASEBOOK_CORS_ORIGINS?.split(',') ?? [],
      requestsPerMinute: data.CASEBOOK_RATE_LIMIT,
      burst: data.CASEBOOK_RATE_BURST,
      feedsPerToken: data.CASEBOOK_FEED_LIMIT,
      refusalsPerMinute: data.CASEBOOK_REFUSAL_LIMIT,
    },
    webhookNetworks: data.CASEBOOK_WEBHOOK_NETWORKS ?? [],
    metricsToken: data.CASEBOOK_METRICS_TOKEN,
    chromium: data.CASEBOOK_CHROMIUM,
    logLevel: data.LOG_LEVEL,
  };
}

/** What writes needs the primary. @throws InvalidSettings */
function refuseStandby(data: z.output<typeof environment>): void {
  const onlyReads = data.CASEBOOK_ROLES.includes('read');
  if (onlyReads && data.DATABASE_URL === undefined)
    throw new InvalidSettings('CASEBOOK_ROLES: read goes together with DATABASE_URL, which names a standby');
  for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const) {
    const url = data[name];
    if (url === undefined || (onlyReads && name === 'DATABASE_URL')) continue;
    const { urls, attributes } = destinationOf(url);
    if (attributes === 'read-write' || attributes === 'primary') continue;
    if (attributes !== 'any' || urls.length > 1)
      throw new InvalidSettings(`${name}: must lead to the primary: target_session_attrs=read-write`);
  }
}

/** @throws InvalidSettings */
function oidcOf(data: z.output<typeof environment>): OidcSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_AUDIENCE: audience } = data;
  if (issuer === undefined && audience === undefined) return undefined;
  const fault = (name: string, detail: string) => new InvalidSettings(`${name}: ${detail}`);
  if (issuer === undefined) throw fault('OIDC_ISSUER', 'needs OIDC_AUDIENCE as well');
  if (audience === undefined)
    throw fault('OIDC_AUDIENCE', 'needs OIDC_ISSUER as well: tokens for another audience are not accepted');
  for (const [name, text] of Object.entries({ OIDC_ISSUER: issuer, OIDC_JWKS_URL: data.OIDC_JWKS_URL })) {
    if (text !== undefined && !isTrustworthy(new URL(text)))
      throw fault(name, 'must be an https URL; http is allowed only on this machine');
  }
  if (data.OIDC_ROLE_MAP !== undefined && data.OIDC_ROLE_CLAIM === undefined)
    throw fault('OIDC_ROLE_MAP', 'needs OIDC_ROLE_CLAIM, the claim that names the groups');
  return {
    issuer,
    audience,
    ...(data.OIDC_JWKS_URL !== undefined && { jwksUrl: data.OIDC_JWKS_URL }),
    algorithms: data.OIDC_ALGORITHMS,
    clockTolerance: data.OIDC_CLOCK_TOLERANCE,
    jwksCooldown: data.OIDC_JWKS_COOLDOWN,
    memberClaim: data.OIDC_MEMBER_CLAIM,
    ...(data.OIDC_ROLE_CLAIM !== undefined && { roleClaim: data.OIDC_ROLE_CLAIM }),
    ...(data.OIDC_ROLE_MAP !== undefined && { roleMap: data.OIDC_ROLE_MAP }),
    ...(data.OIDC_WORKSPACE_CLAIM !== undefined && { workspaceClaim: data.OIDC_WORKSPACE_CLAIM }),
    ...(data.OIDC_CLIENT_ID !== undefined && { clientId: data.OIDC_CLIENT_ID, scope: data.OIDC_SCOPE }),
    ...(data.OIDC_CLIENT_SECRET !== undefined && { clientSecret: data.OIDC_CLIENT_SECRET }),
  };
}
