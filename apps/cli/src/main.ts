#!/usr/bin/env node
import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { VERSION } from '@casebook/contracts';
import type { EraseOptions } from './erase.js';
import { sayOnInterrupt, sentenceOf, serviceUrl } from './failures.js';
import type { MonitorOptions } from './monitor.js';
import type { RebuildCommand } from './rebuild.js';
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

/** Commands that only speak HTTP read no settings, so they look whether one is misspelt, and only where there is anything to look at. */
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
  // `casebook token alice` would issue a token for the admin otherwise.
  .allowExcessArguments(false)
  .exitOverride();

program
  .command('serve')
  .description('start the service (and PostgreSQL, unless DATABASE_URL names one)')
  .action(async () => (await import('../../api/src/index.js')).run(process.env));

program
  .command('import')
  .description(
    'import documents from text files into a running service; fields from a front matter or a sidecar (NAME.yaml, NAME.json)',
  )
  .argument('<file...>', 'plain-text files in UTF-8')
  .option(
    '--url <url>',
    'where the service listens',
    serviceUrl,
    serviceUrl(process.env['CASEBOOK_URL'] ?? '127.0.0.1:3000'),
  )
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--token <token>', 'a bearer token (or CASEBOOK_TOKEN, which keeps it out of the shell history)')
  .hook('preAction', tellStrangeSettings)
  .hook(
    'preAction',
    sayOnInterrupt(
      'The documents imported so far stay; run the same command again, and they are known already.',
    ),
  )
  .action(async (files: string[], options: { url: string; workspace: string; token?: string }) =>
    (await import('./import-files.js')).importFiles(files, {
      ...options,
      token: options.token ?? process.env['CASEBOOK_TOKEN'],
    }),
  );

program
  .command('import-annotations')
  .description(
    'record the annotations of a file (JSON Lines: key, command, body) in an incident of a running service',
  )
  .argument('<file>', 'the file; sent again, it records what is missing')
  .requiredOption('--incident <id>', 'the incident')
  .option(
    '--url <url>',
    'where the service listens',
    serviceUrl,
    serviceUrl(process.env['CASEBOOK_URL'] ?? '127.0.0.1:3000'),
  )
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--token <token>', 'a bearer token (or CASEBOOK_TOKEN, which keeps it out of the shell history)')
  .option('--stop-first', 'stop at the first line that is refused')
  .hook('preAction', tellStrangeSettings)
  .hook(
    'preAction',
    sayOnInterrupt('The lines recorded so far stay; send the file again, and it records what is missing.'),
  )
  .action(
    async (
      file: string,
      options: { url: string; workspace: string; incident: string; token?: string; stopFirst?: boolean },
    ) =>
      (await import('./import-annotations.js')).importAnnotations(file, {
        ...options,
        token: options.token ?? process.env['CASEBOOK_TOKEN'],
      }),
  );

program
  .command('export')
  .description(
    'write the ledger of a workspace to a file that proves itself (CloudEvents in JSON Lines; gzip if it ends in .gz)',
  )
  .argument('<file>', 'the file to write')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--resume', 'go on with an export that was broken off')
  .option('--force', 'write over a file that is there')
  .hook('preAction', sayOnInterrupt('What is written so far stays; go on with --resume.'))
  .action(async (file: string, options: { workspace: string; resume?: boolean; force?: boolean }) =>
    (await import('./export-ledger.js')).exportLedger(file, options),
  );

program
  .command('import-ledger')
  .description('bring such a file into an empty database: the same positions, times, ids and Merkle root')
  .argument('<file>', 'what casebook export wrote')
  .option(
    '--verifier-key <key>',
    'the key that must have signed it; the keys in the file are taken otherwise',
  )
  .hook(
    'preAction',
    sayOnInterrupt(
      'The events brought in so far stay; run the same command again, and it goes on where it stopped.',
    ),
  )
  .action(async (file: string, options: { verifierKey?: string }) =>
    (await import('./import-ledger.js')).importLedger(file, options),
  );

program
  .command('verify')
  .description('recompute the ledger, its tiles, checkpoints and views from the rows, and name whatever lies')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--offline <file>', 'prove an export or a .tlog-proof instead, without any database')
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
const gatherUrls = (value: string, before: readonly string[] = []): string[] => [
  ...before,
  serviceUrl(value),
];

program
  .command('witness')
  .description(
    'cosign the checkpoints of ledgers that others run, each once and in one history (C2SP tlog-witness)',
  )
  .requiredOption('--name <name>', 'of the witness: a URL without its scheme, such as witness.example/w1')
  .requiredOption('--home <folder>', 'where its key and what it cosigned are kept; one process has it')
  .requiredOption('--log <key>', 'the verifier key of a ledger; may be given several times', gather)
  .option('--host <address>', 'the address to listen on', '127.0.0.1')
  .option('--port <port>', 'the port; 0 takes a free one', '8090')
  .action(async (options: WitnessOptions) => (await import('./witness.js')).witness(options));

program
  .command('monitor')
  .description('follow a ledger from outside, and tell of a fork (exit code 1; 2 where it cannot be asked)')
  .requiredOption('--url <url>', 'where a service of the ledger is; may be given several times', gatherUrls)
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--token <token>', 'a bearer token (or CASEBOOK_TOKEN, which keeps it out of the shell history)')
  .option('--verifier-key <key>', 'the ledger’s key; may be given several times', gather, [])
  .option('--policy <file>', 'the ledger’s key and the quorum of witnesses (C2SP tlog-policy)')
  .requiredOption(
    '--home <folder>',
    'where the largest checkpoint that it saw is kept, and both notes of a fork',
  )
  .option('--every <seconds>', 'how often it looks', '60')
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
  .description(
    'go on with a ledger that was restored to an older state than was signed; recorded in the ledger',
  )
  .option('--workspace <name>', 'the workspace', 'default')
  .requiredOption('--reason <text>', 'why, for anyone who finds the fork')
  .action(async (options: { workspace: string; reason: string }) =>
    (await import('./accept-restore.js')).acceptRestore(options),
  );

program
  .command('replay')
  .description('fold every event from position 1 again and prove that the views say the same')
  .option('--workspace <name>', 'the workspace', 'default')
  .hook('preAction', sayOnInterrupt('Nothing was changed; run it again.'))
  .action(async (options: { workspace: string }) => (await import('./replay.js')).replay(options));

program
  .command('rebuild')
  .description('rebuild a view beside the live rows and correct the differences; the service keeps running')
  .argument('<name>', 'the view, such as incidents')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--back', 'take the last rebuild back instead')
  .hook('preAction', sayOnInterrupt('The view in use stays as it was; run the same command again.'))
  .action(async (name: string, options: RebuildCommand) =>
    (await import('./rebuild.js')).rebuild(name, options),
  );

program
  .command('erase')
  .description('erase by law what events said, for good; that they happened stays, and so do all proofs')
  .option('--workspace <name>', 'the workspace', 'default')
  .option('--position <n...>', 'the events at these positions')
  .option('--subject <id>', 'every event about this annotation, incident, document, member or token')
  .option('--include-quotes', 'also the events that hold a copy, as far as ids show')
  .requiredOption('--reason <text>', 'why')
  .requiredOption('--legal-basis <text>', 'the law or the decision that demands it')
  .option('--yes', 'erase without asking, as scripts do')
  .action(async (options: EraseOptions) => (await import('./erase.js')).erase(options));

program
  .command('migrate')
  .description(
    'bring the database to the schema of this version, and end (as MIGRATION_DATABASE_URL, if set)',
  )
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
