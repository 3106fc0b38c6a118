import { destinationOf } from '@casebook/postgres';
import type { Settings } from '../../../api/src/index.js';
import { examineDisk } from './installation.js';
import { bytes, fail, type Finding, listed, ok, type Questions, warn } from './finding.js';

/** Append-only tables: only an erasure may change or delete their rows. */
const APPEND_ONLY = ['events', 'ledger_checkpoints', 'ledger_cosignatures', 'ledger_keys', 'ledger_tiles'];

export async function examineServer(pool: Questions, settings: Settings): Promise<Finding[]> {
  const { rows } = await pool.query<{
    version: string;
    size: number;
    folder: string | null;
    most: number;
    taken: number;
  }>(
    // Only some logins may know the folder.
    `SELECT current_setting('server_version') AS version, pg_database_size(current_database()) AS size,
       CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE') THEN current_setting('data_directory') END AS folder,
       current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer AS most,
       (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS taken`,
  );
  const { version, size, folder, most, taken } = rows[0]!;
  return [
    ok('PostgreSQL', `PostgreSQL ${version}; the schema is that of this version.`),
    ...diskOf(folder, settings, size),
    connections(settings.poolSize, most, taken),
  ];
}

/** The disk of a server on another machine cannot be seen from here. */
function diskOf(folder: string | null, { databaseUrl }: Settings, size: number): Finding[] {
  const urls = databaseUrl === undefined ? ['postgres://127.0.0.1'] : destinationOf(databaseUrl).urls;
  const isHere = urls.every((url) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname));
  const found = isHere && folder !== null ? examineDisk('the database', folder) : [];
  return found.length > 0
    ? found
    : [ok('disk', `The database has ${bytes(size)}; the free space of its disk is not visible from here.`)];
}

function connections(poolSize: number, most: number, taken: number): Finding {
  // docs/operations.md: two and a quarter times the pool.
  const needed = Math.ceil(2.25 * poolSize);
  const found = `${taken} of ${most} connections are in use; one process takes up to ${needed}.`;
  return needed > most || taken >= most - 2
    ? warn('connections', found, 'Make CASEBOOK_POOL_SIZE smaller, or max_connections larger.')
    : ok('connections', found);
}

export async function examineRoles(pool: Questions, { databaseUrl }: Settings): Promise<Finding[]> {
  const { rows } = await pool.query<{
    login: string;
    missing: string[];
    is_owner: boolean;
  }>(
    `SELECT current_user AS login,
       ARRAY(SELECT role FROM unnest(ARRAY['casebook_service', 'casebook_reader']) AS role
         WHERE to_regrole(role) IS NULL OR NOT pg_has_role(current_user, to_regrole(role), 'MEMBER')) AS missing,
       pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = 'events'::regclass), 'MEMBER') AS is_owner`,
  );
  const { login, missing, is_owner: isOwner } = rows[0]!;
  if (missing.length > 0)
    return [
      fail(
        'roles',
        `The login ${login} cannot take the role ${listed(missing)}.`,
        `Have an administrator run: GRANT ${missing.join(', ')} TO "${login}"`,
      ),
    ];
  return [
    isOwner && databaseUrl !== undefined
      ? warn(
          'roles',
          `The login ${login} of DATABASE_URL owns the tables, so it could switch off their protection.`,
          'Give the service a login of its own (docs/operations.md, "Roles").',
        )
      : ok('roles', `The login ${login} can take the roles casebook_service and casebook_reader.`),
  ];
}

/** What keeps the ledger append-only: grants, triggers and row-level security. */
export async function examineRights(pool: Questions): Promise<Finding> {
  const { rows } = await pool.query<{ fault: string }>(
    `WITH kept AS (SELECT c.oid, c.relname AS name, c.relrowsecurity FROM pg_class c
       WHERE c.oid = ANY (SELECT to_regclass('public.' || name) FROM unnest($1::text[]) AS name)),
     roles AS (SELECT unnest(ARRAY['casebook_service', 'casebook_reader']) AS role)
     SELECT role || ' may ' || right_ || ' ' || name AS fault FROM kept, roles,
       unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS right_ WHERE has_table_privilege(role, oid, right_)
     UNION ALL
     SELECT role || ' may INSERT into ' || name FROM kept, roles
       WHERE role = 'casebook_reader' AND has_table_privilege(role, oid, 'INSERT')
     UNION ALL
     SELECT role || ' may not ' || right_ || ' ' || name FROM kept, roles, unnest(ARRAY['SELECT', 'INSERT']) AS right_
       WHERE (role = 'casebook_service' OR right_ = 'SELECT') AND NOT has_table_privilege(role, oid, right_)
     UNION ALL
     SELECT 'the trigger ' || t.tgname || ' of ' || name || ' is switched off' FROM kept
       JOIN pg_trigger t ON t.tgrelid = kept.oid WHERE NOT t.tgisinternal AND t.tgenabled <> 'A'
     UNION ALL
     SELECT name || ' lacks the triggers that refuse changes' FROM kept
       -- Tiles can be computed from the events again, and have grants alone.
       WHERE name <> 'ledger_tiles' AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = kept.oid AND NOT t.tgisinternal) < 2
     UNION ALL
     SELECT 'row-level security of ' || name || ' is switched off' FROM kept WHERE NOT relrowsecurity
     ORDER BY 1`,
    [APPEND_ONLY],
  );
  return rows.length === 0
    ? ok('rights', 'The tables of the ledger are append-only for the roles of the service.')
    : fail(
        'rights',
        `${rows.map(({ fault }) => fault).join('; ')}.`,
        'Have the owner restore it as in docs/schema.sql, then verify the ledger: npx casebook verify.',
      );
}

/** Seconds by which clocks may differ, and seconds beyond which recorded times mislead. */
const CLOCK_WARN = 2;
const CLOCK_FAIL = 60;

export async function examineClock(pool: Questions, now: () => number = Date.now): Promise<Finding> {
  const before = now();
  const { rows } = await pool.query<{ now: number; ahead: number }>(
    `SELECT extract(epoch FROM clock_timestamp())::double precision AS now,
       coalesce(extract(epoch FROM (SELECT max(last_recorded_at) FROM ledger_heads) - clock_timestamp()), 0)::double precision AS ahead`,
  );
  const { now: theirs, ahead } = rows[0]!;
  // The server looked at its clock between the two.
  const apart = Math.max(0, Math.abs(theirs - (before + now()) / 2000) - (now() - before) / 2000);
  const todo =
    'Synchronise both machines by NTP. Recorded times never go back; they stand still until the clock has caught up.';
  if (ahead > CLOCK_WARN)
    return fail('clock', `The last event was recorded ${ahead.toFixed(0)} s in the future.`, todo);
  const found = `The clocks of this machine and of the database are ${apart.toFixed(1)} s apart.`;
  if (apart > CLOCK_FAIL) return fail('clock', found, todo);
  return apart > CLOCK_WARN ? warn('clock', found, todo) : ok('clock', found);
}

/** Seconds that a transaction may stay open. Rebuilds and exports may take longer. */
const OPEN_WARN = 60;
const OPEN_FAIL = 3600;

export async function examineTransactions(pool: Questions): Promise<Finding> {
  const { rows } = await pool.query<{ pid: number; program: string; state: string; seconds: number }>(
    `SELECT pid, application_name AS program, state, extract(epoch FROM now() - xact_start)::double precision AS seconds
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
       AND backend_type = 'client backend'
     ORDER BY xact_start LIMIT 1`,
  );
  const [oldest] = rows;
  if (oldest === undefined) return ok('transactions', 'No transaction visible to this login is open.');
  const { pid, program, state, seconds } = oldest;
  const found = `The oldest transaction has been open for ${seconds.toFixed(0)} s (process ${pid}, ${program || 'no name'}, ${state}).`;
  if (seconds <= OPEN_WARN) return ok('transactions', found);
  const todo = `It keeps dead rows from being removed. Unless it is a rebuild or an export: SELECT pg_terminate_backend(${pid})`;
  return seconds > OPEN_FAIL ? fail('transactions', found, todo) : warn('transactions', found, todo);
}
