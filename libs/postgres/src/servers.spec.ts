import { type OwnServer, type Standby, startOwnServer, startStandby } from '@casebook/testing';
import { createPool, destinationOf, placeOf } from './index.js';

describe('the URL of a database', () => {
  it('names one server, which may be any', () => {
    const url = 'postgres://ann:secret@db:5433/casebook?sslmode=verify-full';
    expect(destinationOf(url)).toEqual({ urls: [url], attributes: 'any' });
  });

  it('names several servers, with the same login, database and parameters, of which the primary is wanted', () => {
    expect(
      destinationOf(
        'postgresql://ann:p%40ss@a:5432,b,[::1]:5433/casebook?sslmode=require&target_session_attrs=primary',
      ),
    ).toEqual({
      urls: ['a:5432', 'b', '[::1]:5433'].map(
        (host) => `postgresql://ann:p%40ss@${host}/casebook?sslmode=require`,
      ),
      attributes: 'primary',
    });
    expect(destinationOf('postgres://a,b/casebook').attributes).toBe('read-write');
    expect(destinationOf('postgres://a/casebook?target_session_attrs=standby')).toEqual({
      urls: ['postgres://a/casebook'],
      attributes: 'standby',
    });
  });

  it.each([
    ['mysql://a/casebook', 'must be a postgres:// URL'],
    ['postgres://a,,b/casebook', 'names no host before or after a comma'],
    ['postgres://a,/casebook', 'names no host before or after a comma'],
    ['postgres://ann:secret@a:99999,b/casebook', 'has a host that cannot be read: a:99999'],
    [
      'postgres://a/casebook?host=b,c',
      'must name its hosts before the path (a:5432,b:5432), not in the parameter host',
    ],
    [
      'postgres://a/casebook?port=1,2',
      'must name its hosts before the path (a:5432,b:5432), not in the parameter port',
    ],
    [
      'postgres://a,b/casebook?target_session_attrs=master',
      'target_session_attrs must be one of any, read-write, primary, read-only, standby, prefer-standby',
    ],
  ])('%s is refused', (url, sentence) => {
    expect(() => destinationOf(url)).toThrow(new Error(sentence));
  });

  it('is shown without the login', () => {
    expect(placeOf('postgres://ann:secret@a:5432,b:5433/casebook')).toBe('a:5432,b:5433/casebook');
  });
});

describe('connections to one of several servers', () => {
  let primary: OwnServer;
  let standby: Standby;
  /** Both servers, the standby first. */
  const both = (attributes: string, password?: string): string => {
    const url = new URL(primary.url);
    url.searchParams.set('target_session_attrs', attributes);
    if (password !== undefined) url.password = password;
    return url.toString().replace(/@/, `@127.0.0.1:${standby.port},`);
  };
  const portOf = async (url: string): Promise<number> => {
    const pool = createPool({ url, poolSize: 1 });
    try {
      return (await pool.query<{ port: number }>('SELECT inet_server_port() AS port')).rows[0]!.port;
    } finally {
      await pool.end();
    }
  };
  beforeAll(async () => {
    primary = await startOwnServer();
    standby = await startStandby(primary);
  }, 60_000);
  afterAll(async () => {
    await standby.discard();
    await primary.discard();
  });

  it('are to the kind of server that the URL asks for, wherever it stands', async () => {
    const ports = { primary: primary.port, standby: standby.port };
    for (const [attributes, kind] of [
      ['read-write', 'primary'],
      ['primary', 'primary'],
      ['read-only', 'standby'],
      ['standby', 'standby'],
      ['prefer-standby', 'standby'],
      ['any', 'standby'],
    ] as const)
      expect([attributes, await portOf(both(attributes))]).toEqual([attributes, ports[kind]]);
  });

  it('fail with what the servers say where all say the same, as about a wrong password', async () => {
    await expect(portOf(both('read-write', 'wrong'))).rejects.toMatchObject({ code: '28P01' });
  });

  it('fail as those to a server that starts while none is a primary, and name what each server is', async () => {
    const url = standby.url.replace('@', '@127.0.0.1:1,');
    await expect(portOf(`${url}?target_session_attrs=read-write`)).rejects.toMatchObject({
      code: '57P03',
      message: expect.stringMatching(
        new RegExp(
          `^No primary is there: 127.0.0.1:1: .*ECONNREFUSED.*; 127.0.0.1:${standby.port} is a standby$`,
        ),
      ) as string,
    });
  });

  it('of a pool move to the standby when it is promoted, and stay there when the old primary comes back', async () => {
    const pool = createPool({ url: both('read-write'), poolSize: 2 });
    const port = async () =>
      (await pool.query<{ port: number }>('SELECT inet_server_port() AS port')).rows[0]!.port;
    expect(await port()).toBe(primary.port);
    await standby.promote();
    // The embedded server is started again by itself, as a primary of the timeline before.
    process.kill(primary.pid, 'SIGKILL');
    for (let found = 0; found !== standby.port;) found = await port().catch(() => 0);
    const old = createPool({ url: primary.url, poolSize: 1 });
    for (let isBack = false; !isBack;)
      isBack = await old.query('SELECT 1').then(
        () => true,
        () => false,
      );
    await old.end();
    const fresh = Array.from({ length: 3 }, () => portOf(both('read-write')));
    expect(await Promise.all([...fresh, port()])).toEqual(Array(4).fill(standby.port));
    await pool.end();
  });
});
