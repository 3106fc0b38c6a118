import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const onOff = z.enum(['on', 'off']);
/** An environment variable that is set but empty counts as not set. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
const preset = <T extends z.ZodType>(schema: T, value: z.input<T>) =>
  z.preprocess((given) => (given === '' || given === undefined ? value : given), schema);

/** The settings of the service: environment variables, each with its rule. The README lists them. */
const environment = z.object({
  PORT: preset(port, 3000),
  HOST: preset(z.string(), '127.0.0.1'),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgres:// URL' })),
  CASEBOOK_HOME: preset(z.string(), '.casebook'),
  CASEBOOK_ADMIN_TOKEN: optional(
    z.string().regex(/^[\x21-\x7e]{16,256}$/, {
      error: 'must be 16 to 256 printable ASCII characters without spaces',
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
      error: 'must be 32 bytes in base64; while a key is rotated the new one, a comma and the old one',
    }),
  ),
  CASEBOOK_POOL_SIZE: preset(z.coerce.number().int().min(2).max(500), 10),
  LOG_LEVEL: preset(z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']), 'info'),
});

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  readonly home: string;
  readonly adminToken: string | undefined;
  readonly importsCorpus: boolean;
  /** What the names of the workspaces' ledgers begin with, in their checkpoints. */
  readonly origin: string;
  /** The secrets that checkpoint keys are derived from, the current one first; none: a file in `home` keeps one. */
  readonly signingSecrets: readonly Buffer[];
  readonly poolSize: number;
  readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
}

/** One or more settings are wrong; the message names each with its rule. */
export class InvalidSettings extends Error {
  override readonly name = 'InvalidSettings';
}

/** @throws InvalidSettings */
export function readSettings(variables: NodeJS.ProcessEnv): Settings {
  const parsed = environment.safeParse(variables);
  if (!parsed.success) {
    throw new InvalidSettings(
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'),
    );
  }
  const { data } = parsed;
  return {
    port: data.PORT,
    host: data.HOST,
    databaseUrl: data.DATABASE_URL,
    home: data.CASEBOOK_HOME,
    adminToken: data.CASEBOOK_ADMIN_TOKEN,
    importsCorpus: data.CASEBOOK_CORPUS === 'on',
    origin: data.CASEBOOK_ORIGIN,
    signingSecrets: (data.CASEBOOK_SIGNING_KEY?.split(',') ?? []).map((text) => Buffer.from(text, 'base64')),
    poolSize: data.CASEBOOK_POOL_SIZE,
    logLevel: data.LOG_LEVEL,
  };
}
