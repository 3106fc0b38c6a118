import { openDatabase, openResources, readSettings } from '../../api/src/index.js';

type Resources = Awaited<ReturnType<typeof openResources>>;

/** Runs `work` on the configured database, with or without a running service, then closes everything. Changes no schema
 * and creates no key, unless it `migrates`. */
export async function withResources<T>(
  work: (resources: Resources) => Promise<T>,
  { migrates = false } = {},
): Promise<T> {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const settings = readSettings(process.env, report);
  const database = await openDatabase(settings, report, { beside: true, migrates });
  try {
    const resources = await openResources(database.url, { ...settings, makesKey: migrates });
    try {
      return await work(resources);
    } finally {
      await resources.close();
    }
  } finally {
    await database.close();
  }
}
