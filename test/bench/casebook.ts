import { Ledger, type StreamFold } from '@casebook/ledger';
import { createPool } from '@casebook/postgres';
import { claimPayload, type Contender } from './contender.js';

interface Claims {
  readonly count: number;
  readonly lastId: string;
}

const claims: StreamFold<Claims> = {
  name: 'claims',
  initial: { count: 0, lastId: '' },
  evolve: (state, event) => ({ count: state.count + 1, lastId: event.subject ?? '' }),
  weight: () => 1,
};

/** The ledger as the service uses it: decided on state, hashed, in the tree, by a member, with a command id. */
export async function casebook(url: string): Promise<Contender> {
  const pool = createPool({ url, role: 'casebook_service' });
  const ledger = new Ledger(pool);
  await ledger.openWorkspace('bench');
  const run = Date.now().toString(36);
  return {
    name: 'casebook',
    append: async (client) => {
      const outcome = await ledger.commit<never>({
        workspaceId: 'bench',
        body: { command: 'TagClaim', client },
        actorId: `member-${client}`,
        correlationId: `request-${client}`,
        parts: [
          {
            streamId: `incident-${run}-${client}`,
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
    close: async () => {
      await ledger.close();
      await pool.end();
    },
  };
}
