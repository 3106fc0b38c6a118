import { openDatabase, openGround, readSettings } from '../../api/src/index.js';

type Ground = Awaited<ReturnType<typeof openGround>>;

/** Runs `work` on the database that the settings name, beside a running service or without one, and closes all of it. */
export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const report = (line: string): void => void process.stderr.write(`${line}\n`);
  const settings = readSettings(process.env, report);
  const database = await openDatabase(settings, report, { beside: true });
  try {
    const ground = await openGround(database.url, settings);
    try {
      return await work(ground);
    } finally {
      await ground.close();
    }
  } finally {
    await database.close();
  }
}
