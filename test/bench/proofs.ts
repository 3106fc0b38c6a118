import { randomInt } from 'node:crypto';
import { StoredTiles, TiledTree } from '@casebook/ledger';
import { createPool } from '@casebook/postgres';
import { inThisProcess, type Opener } from './contender.js';
import { storeEvents } from './stored-events.js';

/** Inclusion and consistency proofs by turns, of random events and sizes, from tiles and the events behind the last tile. */
export function proofsAt(size: number): Opener {
  return async (url) => {
    const workspaceId = `proofs-${size}`;
    await storeEvents(url, workspaceId, size);
    const pool = createPool({ url, role: 'casebook_service' });
    await new StoredTiles(pool, workspaceId).build(size);
    let inclusion = false;
    return inThisProcess(
      `${size.toLocaleString('en')} events`,
      () => {
        inclusion = !inclusion;
        const tree = new TiledTree(size, new StoredTiles(pool, workspaceId));
        return inclusion ? tree.inclusion(randomInt(size)) : tree.consistency(randomInt(1, size));
      },
      () => pool.end(),
    );
  };
}
