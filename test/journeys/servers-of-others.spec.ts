import { type AddressInfo, connect, createServer } from 'node:net';
import { createEmptyDatabase } from '@casebook/testing';
import { migrate, refuseUnsuitable, UnsuitableDatabaseError } from '@casebook/postgres';
import pg from 'pg';
import { DurableService } from '../support/durable-service.js';

async function asAdministrator(url: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

describe('a server of somebody else, and a login there that is no superuser', () => {
  let service: DurableService;

  beforeAll(async () => {
    service = await DurableService.start(async ({ url }) => {
      await asAdministrator(
        url,
        `CREATE ROLE keeper LOGIN CREATEROLE PASSWORD 'casebook'`,
        'CREATE DATABASE kept OWNER keeper TEMPLATE template0',
        ...[
          `TimeZone = 'America/St_Johns'`,
          `DateStyle = 'SQL, DMY'`,
          `bytea_output = 'escape'`,
          `default_transaction_isolation = 'serializable'`,
          'row_security = off',
          'statement_timeout = 1',
          'search_path = keeper, public',
        ].map((setting) => `ALTER ROLE keeper SET ${setting}`),
      );
      const kept = new URL(url);
      kept.pathname = '/kept';
      await asAdministrator(kept.toString(), 'CREATE SCHEMA keeper AUTHORIZATION keeper');
      return Object.assign(kept, { username: 'keeper', password: 'casebook' }).toString();
    });
  });
  afterAll(() => service.close());

  it('are enough where the login owns the database and may make roles, whatever settings it has', async () => {
    const processes = [await service.process(), await service.process()];
    const attempts = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        service.attempt(processes[n % 2]!.url, 'documents', { title: `Of ${n}`, text: `A text, ${n}.` }),
      ),
    );
    expect(attempts.filter(({ status }) => status !== 201)).toEqual([]);

    const answer = await fetch(`${processes[0]!.url}/v1/workspaces/default/documents?limit=40`, {
      headers: { authorization: `Bearer ${service.token}` },
    });
    const { items } = (await answer.json()) as { items: { position: number; recordedAt: string }[] };
    const { rows: recorded } = await service.pool.query<{ position: number; at: string }>(
      `SELECT position, extract(epoch FROM recorded_at) * 1000 AS at FROM events WHERE workspace_id = 'default' AND type = 'DocumentImported'`,
    );
    expect(new Map(items.map(({ position, recordedAt }) => [position, Date.parse(recordedAt)]))).toEqual(
      new Map(recorded.map(({ position, at }) => [position, Number(at)])),
    );
    expect(await service.lies()).toEqual([]);
    const { rows } = await service.pool.query(
      `SELECT FROM pg_class WHERE relnamespace = 'keeper'::regnamespace`,
    );
    expect(rows).toEqual([]);
  });
});

describe('a database that will not do is refused before anything is made in it', () => {
  it('where it cannot hold every text', async () => {
    const database = await createEmptyDatabase(`ENCODING 'LATIN1' LOCALE 'C'`);
    try {
      const refusal = await migrate(database.url).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(UnsuitableDatabaseError);
      expect(refusal).toMatchObject({
        message: expect.stringMatching(/encoded in LATIN1; .* needs UTF8/) as unknown,
      });
    } finally {
      await database.drop();
    }
  });

  it('where a pooler between will not have our settings, or keeps them to itself', async () => {
    const database = await createEmptyDatabase();
    const { hostname, port, pathname } = new URL(database.url);
    // Settings that the server has by itself prove nothing.
    await asAdministrator(database.url, `ALTER DATABASE ${pathname.slice(1)} SET search_path = public`);
    const refusing = createServer((client) => {
      client.on('error', () => undefined);
      client.once('data', () => client.end(errorResponse('unsupported startup parameter: options')));
    });
    const ignoring = createServer((client) => {
      const behind = connect(Number(port), hostname);
      for (const socket of [client, behind])
        socket.on('error', () => void [client.destroy(), behind.destroy()]);
      client.once('data', (start) => {
        behind.write(withoutOptions(start));
        client.pipe(behind).pipe(client);
      });
    });
    try {
      for (const [pooler, said] of [
        [refusing, /^unsupported startup parameter: options\. .* PgBouncer .* own address/],
        [ignoring, /^The settings .* do not reach the server\. .* PgBouncer .* own address/],
      ] as const) {
        await new Promise<void>((resolve) => pooler.listen(0, '127.0.0.1', resolve));
        const url = new URL(database.url);
        url.port = String((pooler.address() as AddressInfo).port);
        for (const look of [refuseUnsuitable, migrate]) {
          const refusal = await look(url.toString()).catch((error: unknown) => error);
          expect(refusal).toBeInstanceOf(UnsuitableDatabaseError);
          expect(refusal).toMatchObject({ message: expect.stringMatching(said) as unknown });
        }
      }
    } finally {
      for (const pooler of [refusing, ignoring]) await new Promise((resolve) => pooler.close(resolve));
      await database.drop();
    }
  });
});

/** What PgBouncer answers with when it refuses (ErrorResponse of PostgreSQL's protocol). */
function errorResponse(message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0C08P01\0M${message}\0\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

/** A StartupMessage as PgBouncer passes it on with `ignore_startup_parameters = options`. */
function withoutOptions(start: Buffer): Buffer {
  const texts = start.subarray(8).toString().split('\0');
  const at = texts.indexOf('options');
  texts.splice(at, 2);
  const kept = Buffer.concat([start.subarray(0, 8), Buffer.from(texts.join('\0'))]);
  kept.writeInt32BE(kept.length, 0);
  return kept;
}
