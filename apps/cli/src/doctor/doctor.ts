import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createPool, refuseOutdated, refuseUnsuitable, runningEmbeddedPostgres } from '@casebook/postgres';
import type { Settings } from '../../../api/src/index.js';
import { sentenceOf } from '../failures.js';
import { examineClock, examineRights, examineRoles, examineServer, examineTransactions } from './database.js';
import { fail, type Finding } from './finding.js';
import {
  examineDisk,
  examineHome,
  examineKeyFile,
  examineNode,
  examinePolicy,
  examineSettings,
} from './installation.js';
import { examineSigned, examineViews } from './ledgers.js';

/** Examines an installation without changing anything, beside a running service or without one. Exit code 1 if something fails. */
export async function doctor({ json = false }: { readonly json?: boolean }): Promise<void> {
  const findings = await examine(process.env);
  const failed = findings.filter(({ verdict }) => verdict === 'fail').length;
  const warned = findings.filter(({ verdict }) => verdict === 'warn').length;
  if (json) process.stdout.write(`${JSON.stringify({ failed, warned, findings }, null, 2)}\n`);
  else {
    for (const finding of findings) process.stdout.write(`${lineOf(finding)}\n`);
    process.stdout.write(`${findings.length} checks, ${warned} warnings, ${failed} failures\n`);
  }
  if (failed > 0) process.exitCode = 1;
}

const lineOf = (finding: Finding): string =>
  `${finding.verdict.padEnd(5)}${finding.check}: ${finding.found}${finding.verdict === 'ok' ? '' : `\n     → ${finding.todo}`}`;

export async function examine(variables: NodeJS.ProcessEnv): Promise<Finding[]> {
  const { findings, settings } = examineSettings(variables);
  if (settings === undefined) return [examineNode(), ...findings];
  const key = await examineKeyFile(settings);
  return [
    examineNode(),
    ...findings,
    examineHome(settings),
    ...examineDisk('CASEBOOK_HOME', resolve(settings.home)),
    ...key.findings,
    ...(await examinePolicy(settings)),
    ...(await examineDatabase(settings, key.secrets)),
  ];
}

/** The checks that query the database, up to the first query that fails. */
async function examineDatabase(settings: Settings, secrets: readonly Buffer[]): Promise<Finding[]> {
  const url = settings.databaseUrl ?? (await embedded(settings));
  if (url === null)
    return [
      fail(
        'PostgreSQL',
        `No database is running in ${resolve(settings.home)}.`,
        'Run this command beside the service, or set DATABASE_URL.',
      ),
    ];
  try {
    await refuseOutdated(url);
    if (settings.migrationDatabaseUrl !== undefined) await refuseUnsuitable(settings.migrationDatabaseUrl);
  } catch (error) {
    return [
      fail(
        'PostgreSQL',
        sentenceOf(error),
        'Start PostgreSQL, correct DATABASE_URL, or do what the message says.',
      ),
    ];
  }
  return questions(url, settings, secrets);
}

async function embedded({ home }: Settings): Promise<string | null> {
  const directory = resolve(home, 'postgres');
  return existsSync(directory) ? runningEmbeddedPostgres(directory) : null;
}

async function questions(url: string, settings: Settings, secrets: readonly Buffer[]): Promise<Finding[]> {
  const pool = createPool({ url, poolSize: 1, applicationName: 'casebook doctor', readOnly: true });
  try {
    const roles = await examineRoles(pool, settings);
    const server = await examineServer(pool, settings);
    // Without a role nothing can be read.
    if (roles.some(({ verdict }) => verdict === 'fail')) return [...server, ...roles];
    return [
      ...server,
      ...roles,
      await examineRights(pool),
      await examineClock(pool),
      await examineTransactions(pool),
      ...(await examineViews(pool)),
      ...(await examineSigned(pool, settings, secrets)),
    ];
  } catch (error) {
    return [
      fail(
        'PostgreSQL',
        sentenceOf(error),
        'Make sure that the database answers, and run the command again.',
      ),
    ];
  } finally {
    await pool.end();
  }
}
