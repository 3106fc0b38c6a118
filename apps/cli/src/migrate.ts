import { openDatabase, readSettings } from '../../api/src/index.js';

/** Brings the database to the schema of this version and ends; with MIGRATION_DATABASE_URL as the user that it names. */
export async function migrate(): Promise<void> {
  const report = (line: string): void => void process.stdout.write(`${line}\n`);
  const settings = readSettings(process.env, (sentence) => void process.stderr.write(`${sentence}\n`));
  const database = await openDatabase(settings, report, { beside: true });
  await database.close();
  report('The database has the schema of this version.');
}
