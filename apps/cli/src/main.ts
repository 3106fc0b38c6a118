#!/usr/bin/env node
import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { VERSION } from '@casebook/contracts';
import type { ImportOptions } from './import-files.js';
import type { McpOptions } from './mcp.js';
import type { EraseOptions } from './erase.js';
import type { IncidentExportOptions } from './export-incident.js';
import { requireAddress, sayOnInterrupt, sentenceOf, serviceUrl } from './failures.js';
import type { MonitorOptions } from './monitor.js';
import type { RebuildCommand } from './rebuild.js';
import type { WebhookOptions } from './webhooks.js';
import type { WitnessOptions } from './witness.js';

// Each command loads only what it needs: an import does not wait for Nest and PostgreSQL's driver.

/** Fails a command with its error's message; a stack would not help the user. */
const failed = (error: unknown): never => {
  process.stderr.write(`casebook: ${sentenceOf(error)}\n`);
  process.exit(1);
};

// A reader that stops (`| head`) ends the output, but neither the work nor the exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

/** Reports misspelt settings for commands that use HTTP only, as those load no settings. */
async function tellStrangeSettings(): Promise<void> {
  const ours = ['CASEBOOK_URL', 'CASEBOOK_TOKEN'];
  if (!Object.keys(process.env).some((name) => name.startsWith('CASEBOOK_') && !ours.includes(name))) return;
  const { strangeSettings } = await import('../../api/src/index.js');
  for (const sentence of strangeSettings(process.env)) process.stderr.write(`${sentence}\n`);
}

const program = new Command('casebook')
  .description(
    'An event-sourced ledger of analyst annotations. Settings come from the environment; see the README.',
  )
  .version(VERSION)
  // `npx casebook token alice` would issue a token for the admin otherwise.
  .allowExcessArguments(false)
  .exitOverride();

/** Adds the options by which a command reaches a running service. */
const ofService = (command: Command): Command =>
  command
    .option(
      '--url <url>',
      'the address of the service',
      serviceUrl,
      serviceUrl(process.env['CASEBOOK_URL'] ?? '127.0.0.1:3000'),
    )
    .option('--workspace <name>', 'the workspace', 'default')
    .option('--token <token>', 'a bearer token (or CASEBOOK_TOKEN, which keeps it out of the shell history)')
    .hook('preAction', (asked) => requireAddress(asked.opts<{ url: string }>().url))
    .hook('preAction', tellStrangeSettings);

program
  .command('serve')
  .description('start the service (and PostgreSQL, unless DATABASE_URL names one)')
  .action(async () => (await import('../../api/src/index.js')).run(process.env));

ofService(
  program
    .command('import')
    .description(
      'import documents into a running service: plain text, HTML, Markdown, PDF, DOCX, e-mail; fields from a front matter or a sidecar (NAME.yaml, NAME.json)',
    )
    .argument('<file...>', 'the files, or - for standard input')
    .option('--type <type>', 'the type of the files, such as html or application/pdf; default: by extension')
    .option('--json', 'the result of each file as a line of JSON'),
)
  .hook(
    'preAction',
    sayOnInterrupt('The documents imported so far stay; run the same command again; they are recognised.'),
  )
  .action(async (files: string[], options: Omit<ImportOptions, 'token'> & { token?: string }) =>
    (await import('./import-files.js')).importFiles(files, {
      ...options,
      token: options.token ?? process.env['CASEBOOK_TOKEN'],
    }),
  );

ofService(
  program
    .command('export-incident')
    .description('write an incident in the format of another tool (docs/exchange.md)')
    .argument('<file>', 'the file to write; - for standard output')
    .requiredOption('--incident <id>', 'the incident')
    .requiredOption('--format <name>', 'such as web-annotation, csv, xlsx or report.html')
    .option('--as-of <moment>', 'as of this position, time or day')
    .option('--kind <rows>', 'for csv: which table, such as claims')
    .option('--json', 'report what was written as JSON'),
).action(async (file: string, options: IncidentExportOptions) =>
  (await import('./export-incident.js')).exportIncident(file, {
    ...options,
    token: options.token ?? process.env['CASEBOOK_TOKEN'],
  }),
);

ofService(
  program
    .command('import-annotations')
    .description(
      'record the annotations of a file (JSON Lines: key, command, body; or, with --from, a file of another tool) in an incident of a running service',
    )
    .argument('<file>', 'the file, or - for standard input; sent again, it records what is missing')
    .option('--from <tool>', 'web-annotation, stix, misp, csv, hypothesis or recogito (docs/exchange.md)')
    .option('--kind <rows>', 'with --from csv: which table, such as claims')
    .option(
      '--columns <file>',
      'with --from csv: a JSON file with our column for each column called otherwise',
    )
    .option('--charset <name>', 'with --from csv: the encoding, such as windows-1252; UTF-8 by default')
    .option('--document <id>', 'with --from: the document of annotations that name none')
    .option('--dry-run', 'with --from: tell what would become of each, and record nothing')
    .option('--json', 'with --from: the report as the service gives it, line by line')
    .requiredOption('--incident <id>', 'the incident'),
)
  .option('--stop-first', 'stop at the first refused line')
  .hook(
    'preAction',
    sayOnInterrupt('The lines recorded so far stay; send the file again to record the rest.'),
  )
  .action(
    async (
      file: string,
      options: {
        url: string;
        workspace: string;
        incident: string;
        token?: string;
        stopFirst?: boolean;
        from?: string;
        kind?: string;
        columns?: string;
        charset?: string;
        document?: string;
        dryRun?: boolean;
        json?: boolean;
      },
    ) =>
      (await import('./import-annotations.js')).importAnnotations(file, {
        ...options,
        token: options.token ?? process.env['CASEBOOK_TOKEN'],
      }),
  );

ofService(
  program
    .command('mcp')
    .description(
      'serve the Model Context Protocol on standard input and output for assistants: read, search, propose (docs/agents.md)',
    ),
).action(async (options: Omit<McpOptions, 'token'> & { token?: string }) =>
  (await import('./mcp.js')).serveMcp({ ...options, token: options.token ?? process.env['CASEBOOK_TOKEN'] }),
);

const webhooks = program
  .command('webhooks')
  .description('the webhooks of a running service (docs/webhooks.md)');

ofService(webhooks.command('list').description('list them, with the position of each')).action(
  async (options: WebhookOptions) => (await import('./webhooks.js')).listWebhooks(options),
);
ofService(
  webhooks
    .command('add')
    .description('send every further event to an address; its secret is shown once')
    .argument('<address>', 'an https URL'),
).action(async (address: string, options: WebhookOptions) =>
  (await import('./webhooks.js')).addWebhook(address, options),
);
ofService(webhooks.command('remove').description('send nothing more to it').argument('<id>')).action(
  async (id: string, options: WebhookOptions) => (await import('./webhooks.js')).removeWebhook(id, options),
);
ofService(
  webhooks
    .command('redeliver')
    .description('send the events behind a position again, and restart a stopped webhook')
    .argument('<id>')
    .requiredOption('--after <position>', 'the position'),
).action(async (id: string, options: WebhookOptions & { after: string }) =>
  (await import('./webhooks.js')).redeliverWebhook(id, options),
);

program
  .command('export')
  .description(
    'write the ledger of a workspace to a self-proving file (CloudEvents in JSON Lines; gzip if it ends in .gz)',
  )
  .argument('<file>', 'the file to write')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--resume', 'resume an interrupted export')
  .option('--force', 'overwrite an existing file')
  .hook('preAction', sayOnInterrupt('The file written so far stays; continue with --resume.'))
  .action(async (file: string, options: { workspace: string; resume?: boolean; force?: boolean }) =>
    (await import('./export-ledger.js')).exportLedger(file, options),
  );

program
  .command('import-ledger')
  .description('restore an export into an empty database with the same positions, times, ids and Merkle root')
  .argument('<file>', 'an exported file')
  .option('--verifier-key <key>', 'the key that must have signed it; default: the keys in the file')
  .hook(
    'preAction',
    sayOnInterrupt('The events restored so far stay; run the same command again to continue.'),
  )
  .action(async (file: string, options: { verifierKey?: string }) =>
    (await import('./import-ledger.js')).importLedger(file, options),
  );

program
  .command('verify')
  .description(
    'recompute the ledger, its tiles, checkpoints and views from the rows, and report every contradiction',
  )
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--offline <file>', 'prove an export, a report or a .tlog-proof instead, without any database')
  .option('--verifier-key <key>', 'the key that must have signed the file')
  .option(
    '--policy <file>',
    'the logs and the quorum of witnesses that must have signed it (C2SP tlog-policy)',
  )
  .hook('preAction', sayOnInterrupt('Nothing was changed; run it again.'))
  .action(
    async ({
      workspace,
      offline,
      verifierKey,
      policy,
    }: {
      workspace: string;
      offline?: string;
      verifierKey?: string;
      policy?: string;
    }) =>
      offline === undefined
        ? (await import('./verify.js')).verify({ workspace })
        : (await import('./verify-offline.js')).verifyOffline(offline, verifierKey, policy),
  );

/** For options that may be given several times. */
const gather = (value: string, before: readonly string[] = []): string[] => [...before, value];
function gatherUrls(value: string, before: readonly string[] = []): string[] {
  const url = serviceUrl(value);
  requireAddress(url);
  return [...before, url];
}

program
  .command('witness')
  .description('cosign the checkpoints of other ledgers, in one consistent history each (C2SP tlog-witness)')
  .requiredOption('--name <name>', 'of the witness: a URL without its scheme, such as witness.example/w1')
  .requiredOption('--home <folder>', 'the folder of its key and state; one process at a time')
  .requiredOption('--log <key>', 'the verifier key of a ledger; may be given several times', gather)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--port <port>', 'the port; 0 picks a free one', '8090')
  .action(async (options: WitnessOptions) => (await import('./witness.js')).witness(options));

program
  .command('monitor')
  .description(
    'watch a ledger from outside and report a fork (exit code 1; 2 if the service does not answer)',
  )
  .requiredOption(
    '--url <url>',
    'the address of a service of the ledger; may be given several times',
    gatherUrls,
  )
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--token <token>', 'a bearer token (or CASEBOOK_TOKEN, which keeps it out of the shell history)')
  .option('--verifier-key <key>', 'the ledger’s key; may be given several times', gather, [])
  .option('--policy <file>', 'the ledger’s key and the quorum of witnesses (C2SP tlog-policy)')
  .requiredOption(
    '--home <folder>',
    'the folder for the largest checkpoint seen, and for both notes of a fork',
  )
  .option('--every <seconds>', 'seconds between checks', '60')
  .option('--once', 'look once')
  .hook('preAction', tellStrangeSettings)
  .action(async (options: MonitorOptions) =>
    (await import('./monitor.js')).monitor({
      ...options,
      ...(options.token === undefined &&
        process.env['CASEBOOK_TOKEN'] !== undefined && { token: process.env['CASEBOOK_TOKEN'] }),
    }),
  );

program
  .command('accept-restore')
  .description('accept a ledger that was restored to a state older than a signed one; recorded in the ledger')
  .option('--workspace <name>', 'the workspace', 'default')
  .requiredOption('--reason <text>', 'why, for anyone who finds the fork')
  .action(async (options: { workspace: string; reason: string }) =>
    (await import('./accept-restore.js')).acceptRestore(options),
  );

program
  .command('replay')
  .description('replay every event from position 1 and compare the views')
  .option('--workspace <name>', 'the workspace', 'default')
  .hook('preAction', sayOnInterrupt('Nothing was changed; run it again.'))
  .action(async (options: { workspace: string }) => (await import('./replay.js')).replay(options));

program
  .command('rebuild')
  .description('rebuild a view and correct its differences while the service keeps running')
  .argument('<name>', 'the view, such as incidents')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--back', 'revert the last rebuild instead')
  .hook('preAction', sayOnInterrupt('The current view is unchanged; run the same command again.'))
  .action(async (name: string, options: RebuildCommand) =>
    (await import('./rebuild.js')).rebuild(name, options),
  );

program
  .command('erase')
  .description('permanently erase payloads of events by law; the events and all proofs remain')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--position <n...>', 'the events at these positions')
  .option('--subject <id>', 'every event about this annotation, incident, document, member or token')
  .option('--include-quotes', 'also the events that hold a copy, found by their ids')
  .requiredOption('--reason <text>', 'why')
  .requiredOption('--legal-basis <text>', 'the law or decision that requires it')
  .option('--yes', 'erase without asking, for scripts')
  .action(async (options: EraseOptions) => (await import('./erase.js')).erase(options));

program
  .command('doctor')
  .description(
    'examine settings, versions, roles, disk, clock, views and keys; changes nothing (exit code 1 if something fails)',
  )
  .option('--json', 'print the findings as JSON')
  .action(async (options: { json?: boolean }) => (await import('./doctor/doctor.js')).doctor(options));

program
  .command('migrate')
  .description('migrate the database to the schema of this version (as MIGRATION_DATABASE_URL, if set)')
  .action(async () => (await import('./migrate.js')).migrate());

program
  .command('token')
  .description('issue a bearer token for a member; it is shown once')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--member <id>', 'the member', 'admin')
  .option('--role <role>', 'adds the member with this role if there is no such member yet')
  .option('--name <name>', 'the name of a member who is added')
  .option('--label <text>', 'what the token is for', 'casebook token')
  .action(
    async (options: { workspace: string; member: string; role?: string; name?: string; label: string }) =>
      (await import('./token.js')).token(options),
  );

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode);
  failed(error);
}
