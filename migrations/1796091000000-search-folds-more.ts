import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Version 2 of the view "search", which folds more letters: its rows hold folded words, so none of version 1 can stay. The schema is
 * renamed and emptied, and runners fill it from the first event. Version 1 is not kept beside it: no program would erase from it by law.
 */
export class SearchFoldsMore1796091000000 implements MigrationInterface {
  public async up(runner: QueryRunner): Promise<void> {
    await empty(runner, 'search_v1');
    await rename(runner, 'search_v1', 'search_v2', 2);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await empty(runner, 'search_v2');
    await rename(runner, 'search_v2', 'search_v1', 1);
  }
}

async function empty(runner: QueryRunner, schema: string): Promise<void> {
  await runner.query(`
    TRUNCATE ${schema}.entries;
    DELETE FROM view_kept_rows WHERE view = 'search';
    DELETE FROM view_rebuilds WHERE view = 'search';
    DELETE FROM view_progress WHERE view = 'search';
  `);
}

async function rename(runner: QueryRunner, from: string, to: string, version: number): Promise<void> {
  await runner.query(`
    ALTER SCHEMA ${from} RENAME TO ${to};
    COMMENT ON SCHEMA ${to} IS 'The view "search", version ${version}: everything that can be searched, as it was after each event about it.';
    -- The function names its table in its text.
    DO $do$ BEGIN EXECUTE replace(pg_get_functiondef('${to}.find'::regproc), '${from}.', '${to}.'); END $do$;
  `);
}
