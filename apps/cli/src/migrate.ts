import { openDatabase, readSettings } from '../../api/src/index.js';

/** Migrates the database to the schema of this version, as the user of MIGRATION_DATABASE_URL if it is set. */
export async function migrate(): Promise<void> {
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  const settings = readSettings(process.env, (sentence) => void process.stderr.write(`${sentence}\n`));
  const database = await openDatabase(settings, report, { beside: true });
  await database.close();
  report('The database has the schema of this version.');
}
