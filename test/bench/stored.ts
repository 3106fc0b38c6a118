import { migrate } from '@casebook/postgres';
import pg from 'pg';
import { casebookOn } from './casebook.js';
import type { Opener } from './contender.js';
import { storeEvents } from './stored-events.js';

/** Appends to a ledger that holds so many events already, in a database of its own, on streams that are there already. */
export function beside(size: number): Opener {
  return async (url) => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query(`CREATE DATABASE stored_${size}`);
    await admin.end();
    const address = new URL(url);
    address.pathname = `/stored_${size}`;
    await migrate(address.href);
    await storeEvents(address.href, 'stored', size);
    // Clients on streams far apart, old and young.
    return casebookOn(
      `${size.toLocaleString('en')} stored`,
      address.href,
      'stored',
      (client) => `incident-${1 + Math.floor((client * size) / 100 / 64)}`,
    );
  };
}
