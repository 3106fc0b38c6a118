import { openDatabase, openGround, readSettings } from '../../api/src/index.js';

type Ground = Awaited<ReturnType<typeof openGround>>;

/** Runs `work` on the database that the settings name, beside a running service or without one, and closes all of it. The schema is left
 * alone, and no key is made, unless it `migrates`. */
export async function withGround<T>(
  work: (ground: Ground) => Promise<T>,
  { migrates = false } = {},
): Promise<T> {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const settings = readSettings(process.env, report);
  const database = await openDatabase(settings, report, { beside: true, migrates });
  try {
    const ground = await openGround(database.url, { ...settings, makesKey: migrates });
    try {
      return await work(ground);
    } finally {
      await ground.close();
    }
  } finally {
    await database.close();
  }
}
