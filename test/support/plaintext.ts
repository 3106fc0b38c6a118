import pg from 'pg';

/** Every table of ours, with its schema. */
export async function tablesOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^(pg_|information_schema)' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** A logical dump, as pg_dump makes it of the data: COPY of every table. `pool` is the owner's. */
export async function dumpOf(pool: pg.Pool): Promise<string> {
  const parts: string[] = [];
  for (const table of await tablesOf(pool)) parts.push(`-- ${table}\n`, await copyOf(pool, table));
  return parts.join('');
}

/** The tables that hold the text in any column, as it is or as bytes. */
export async function tablesWith(pool: pg.Pool, text: string): Promise<string[]> {
  const found: string[] = [];
  const patterns = [text, JSON.stringify(text).slice(1, -1), Buffer.from(text).toString('hex')];
  for (const table of await tablesOf(pool)) {
    const { rows } = await pool.query<{ count: string | number }>(
      `SELECT count(*) FROM ${table} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, $2) > 0 OR strpos(t::text, $3) > 0`,
      patterns,
    );
    if (Number(rows[0]?.count) > 0) found.push(table);
  }
  return found;
}

/** node-postgres gives whoever submits a COPY its data, and has no query of its own for it: on a connection that takes one query after the other. */
async function copyOf(pool: pg.Pool, table: string): Promise<string> {
  const client = new pg.Client({ ...pool.options, pipeline: false });
  await client.connect();
  try {
    return await new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let failure: Error | undefined;
      client.query({
        submit: (connection: { query(text: string): void }) => connection.query(`COPY ${table} TO STDOUT`),
        handleCopyData: ({ chunk }: { chunk: Buffer }) => chunks.push(Buffer.from(chunk)),
        handleCommandComplete: () => undefined,
        handleError: (error: Error) => (failure = error),
        handleReadyForQuery: () =>
          failure === undefined ? resolve(Buffer.concat(chunks).toString('utf8')) : reject(failure),
      } as unknown as pg.Submittable);
    });
  } finally {
    await client.end();
  }
}
