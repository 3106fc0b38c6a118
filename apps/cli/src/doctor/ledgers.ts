import { resolve } from 'node:path';
import { SignedRecord, SigningKeys } from '@casebook/ledger';
import { ProjectionQueries } from '@casebook/projections';
import { projections } from '@casebook/views';
import { SIGNED_RECORD_FOLDER, type Settings } from '../../../api/src/index.js';
import { fail, type Finding, listed, ok, type Questions, warn } from './finding.js';

/** How many events a view may be behind. */
const BEHIND = 1_000;

export async function examineViews(pool: Questions): Promise<Finding[]> {
  const lags = [...(await new ProjectionQueries(pool, projections).lags())];
  const { rows: failed } = await pool.query<{ view: string; workspace: string; error: string }>(
    `SELECT view, workspace_id AS workspace, error FROM view_progress WHERE error IS NOT NULL ORDER BY 1, 2 LIMIT 5`,
  );
  const stopped = failed.map(({ view, workspace, error }) =>
    fail(
      'views',
      `${view} has stopped in the workspace ${workspace}: ${error}`,
      `npx casebook rebuild ${view} --workspace ${workspace}`,
    ),
  );
  const behind = lags.filter(([, lag]) => lag > BEHIND);
  if (behind.length > 0)
    return [
      ...stopped,
      warn(
        'views',
        `${listed(behind.map(([view, lag]) => `${view} is ${lag} events behind`))}.`,
        'Wait if an import is running or the version is new; otherwise make sure that a service is running, and read its log.',
      ),
    ];
  return stopped.length > 0
    ? stopped
    : [ok('views', `No view is more than ${Math.max(0, ...lags.map(([, lag]) => lag))} events behind.`)];
}

interface Ledger {
  readonly workspace: string;
  readonly size: number;
  readonly keys: readonly string[];
}

export async function examineSigned(
  pool: Questions,
  { home, origin }: Settings,
  secrets: readonly Buffer[],
): Promise<Finding[]> {
  const { rows: ledgers } = await pool.query<Ledger>(
    `SELECT h.workspace_id AS workspace, h.size,
       ARRAY(SELECT k.verifier_key FROM ledger_keys k WHERE k.workspace_id = h.workspace_id) AS keys
     FROM ledger_heads h ORDER BY 1`,
  );
  return [...keysOf(ledgers, secrets, origin), await sizesOf(ledgers, resolve(home, SIGNED_RECORD_FOLDER))];
}

/** Checks that the key is the one that signs the ledgers' checkpoints. */
function keysOf(ledgers: readonly Ledger[], secrets: readonly Buffer[], origin: string): Finding[] {
  const signed = ledgers.filter(({ keys }) => keys.length > 0);
  if (signed.length === 0) return [];
  const own = secrets.length === 0 ? undefined : new SigningKeys(secrets, origin);
  const strange = signed.filter(
    ({ workspace, keys }) => !own?.signers(workspace).some(({ verifierKey }) => keys.includes(verifierKey)),
  );
  return [
    strange.length === 0
      ? ok('checkpoints', `The key and the origin are those of ${signed.length} signed ledgers.`)
      : fail(
          'checkpoints',
          `The key and the origin ${origin} are not those that signed ${listed(strange.map(({ workspace }) => workspace))}.`,
          'Give the service its previous signing key and CASEBOOK_ORIGIN; to change the key, give the new and the old one together.',
        ),
  ];
}

/** Checks that no ledger is shorter than its largest signed checkpoint. */
async function sizesOf(ledgers: readonly Ledger[], folder: string): Promise<Finding> {
  const record = new SignedRecord(folder);
  const shorter: string[] = [];
  try {
    for (const { workspace, size } of ledgers) {
      const largest = await record.largest(workspace);
      if (largest !== null && largest.size > size)
        shorter.push(`${workspace} has ${size} of ${largest.size} signed events`);
    }
  } catch (error) {
    return fail(
      'signed size',
      `The record in ${folder} cannot be read: ${(error as Error).message}.`,
      'Let the service read and write it, or restore it from a backup.',
    );
  }
  return shorter.length === 0
    ? ok('signed size', 'No ledger is shorter than a checkpoint signed from here.')
    : fail(
        'signed size',
        `The database is older than the signed checkpoints: ${listed(shorter)}.`,
        'Look for a newer copy; if there is none, run npx casebook accept-restore (docs/backup.md).',
      );
}
