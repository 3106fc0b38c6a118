import { Ledger, type StreamFold } from '@casebook/ledger';
import { createPool } from '@casebook/postgres';
import { claimPayload, type Contender, inThisProcess, type Opener } from './contender.js';

interface Claims {
  readonly count: number;
  readonly lastId: string;
}

export const claims: StreamFold<Claims> = {
  name: 'claims',
  initial: { count: 0, lastId: '' },
  evolve: (state, event) => ({ count: state.count + 1, lastId: event.subject ?? '' }),
  weight: () => 1,
};

/** The ledger as the service uses it: decided on state, hashed, in the tree, by a member, with a command id. */
export const casebook: Opener = (url) => {
  const run = Date.now().toString(36);
  return casebookOn('casebook', url, 'bench', (client) => `incident-${run}-${client}`);
};

/** The same in a workspace of its own choice, on streams that may be there already. */
export async function casebookOn(
  name: string,
  url: string,
  workspaceId: string,
  streamOf: (client: number) => string,
): Promise<Contender> {
  const pool = createPool({ url, role: 'casebook_service' });
  const ledger = new Ledger(pool);
  await ledger.openWorkspace(workspaceId);
  return inThisProcess(
    name,
    async (client) => {
      const outcome = await ledger.commit<never>({
        workspaceId,
        body: { command: 'TagClaim', client },
        actorId: `member-${client}`,
        correlationId: `request-${client}`,
        parts: [
          {
            streamId: streamOf(client),
            fold: claims,
            decide: ({ count }: Claims) => ({
              accepted: true,
              events: [
                {
                  type: 'ClaimTagged',
                  schemaVersion: 1,
                  subject: `claim-${client}-${count}`,
                  payload: claimPayload(client, count),
                },
              ],
            }),
          },
        ],
      });
      if (outcome.status !== 'committed') throw new Error(`An append was ${outcome.status}`);
    },
    async () => {
      await ledger.close();
      await pool.end();
    },
  );
}
