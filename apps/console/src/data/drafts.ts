/*
 * Drafts: input that a member has not recorded yet, and the only data of the console that is not in the API. They are
 * in IndexedDB, by workspace and member, so that they survive a reload, a crash and an expired token.
 */

export interface Draft {
  /** Identifies the draft, such as `claim:<incident>:<document>:<start>-<end>` or `edit:<annotation>`. */
  readonly id: string;
  /** `workspace/member`. */
  readonly owner: string;
  /** The address for continuing it. */
  readonly address: string;
  /** A line that describes it. */
  readonly title: string;
  readonly savedAt: number;
  readonly value: unknown;
}

const STORE = 'drafts';
let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('casebook', 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(STORE, { keyPath: ['owner', 'id'] });
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB cannot be opened')));
  });
  return opened;
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(STORE));
    transaction.addEventListener('complete', () => resolve(request.result));
    transaction.addEventListener('abort', () =>
      reject(transaction.error ?? new Error('the draft was not kept')),
    );
  });
}

export const keepDraft = (draft: Draft): Promise<unknown> =>
  inStore('readwrite', (store) => store.put(draft));

export const dropDraft = (owner: string, id: string): Promise<unknown> =>
  inStore('readwrite', (store) => store.delete([owner, id]));

export const draftOf = (owner: string, id: string): Promise<Draft | undefined> =>
  inStore('readonly', (store) => store.get([owner, id]) as IDBRequest<Draft | undefined>);

/** All drafts of a member in a workspace, latest first. */
export async function draftsOf(owner: string): Promise<Draft[]> {
  const all = await inStore(
    'readonly',
    (store) => store.getAll(IDBKeyRange.bound([owner], [owner, []])) as IDBRequest<Draft[]>,
  );
  return all.sort((a, b) => b.savedAt - a.savedAt);
}
