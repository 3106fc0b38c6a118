/*
 * The checkpoint that this browser has seen of each workspace, in IndexedDB. Later checkpoints must extend it, which
 * those of a rewritten ledger cannot.
 */

export interface KeptCheckpoint {
  readonly workspace: string;
  /** The signed note, verbatim. */
  readonly note: string;
  /** The signing key when this browser first saw the ledger. */
  readonly verifierKey: string;
  readonly keptAt: number;
}

const STORE = 'checkpoints';
let opened: Promise<IDBDatabase> | undefined;

const open = (): Promise<IDBDatabase> =>
  (opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('casebook-proofs', 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(STORE, { keyPath: 'workspace' });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB cannot be opened')));
  }));

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await open()).transaction(STORE, mode);
  const request = work(transaction.objectStore(STORE));
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve(request.result));
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('the checkpoint was not kept')),
    );
  });
}

export const keptCheckpoint = (workspace: string): Promise<KeptCheckpoint | undefined> =>
  inStore('readonly', (store) => store.get(workspace) as IDBRequest<KeptCheckpoint | undefined>);

export const keepCheckpoint = (checkpoint: KeptCheckpoint): Promise<unknown> =>
  inStore('readwrite', (store) => store.put(checkpoint));

export const forgetCheckpoint = (workspace: string): Promise<unknown> =>
  inStore('readwrite', (store) => store.delete(workspace));
