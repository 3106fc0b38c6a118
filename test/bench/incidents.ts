import { createHash } from 'node:crypto';
import {
  decide,
  decideDocument,
  type DocumentState,
  type IncidentCommand,
  type IncidentState,
} from '@casebook/incident';
import { Ledger, type LedgerOptions, type Outcome } from '@casebook/ledger';
import { createPool } from '@casebook/postgres';
import { documentFold, incidentFold, inlineViews, newEvent, streams } from '@casebook/views';
import { v7 as uuidv7 } from 'uuid';
import { claimPayload, driveHere, type Contender, type Driven, type Opener } from './contender.js';

const TEXT = `According to officials at least forty people were killed in the blast, the ministry said on Tuesday, while witnesses spoke of more.`;
const QUOTE = 'at least forty people were killed in the blast, the ministry said on Tuesday';
const START = TEXT.indexOf(QUOTE);
const DOCUMENT_ID = `sha256:${createHash('sha256').update(TEXT).digest('hex')}`;

/** Claims tagged in real incidents, by the service's own decisions, with the views that the service has inline. */
export class IncidentWork {
  private constructor(
    private readonly ledger: Ledger,
    private readonly pool: ReturnType<typeof createPool>,
    private readonly workspaceId: string,
  ) {}

  static async open(url: string, workspaceId: string, options: LedgerOptions = {}): Promise<IncidentWork> {
    const pool = createPool({ url, role: 'casebook_service' });
    const work = new IncidentWork(new Ledger(pool, { views: inlineViews, ...options }), pool, workspaceId);
    if (await work.ledger.openWorkspace(workspaceId)) {
      await work.ledger.commit({
        ...work.by('importer'),
        parts: [
          {
            streamId: streams.document(DOCUMENT_ID),
            fold: documentFold,
            decide: (state: DocumentState) => {
              const decision = decideDocument(
                { type: 'ImportDocument', documentId: DOCUMENT_ID, document: { title: 'Blast', text: TEXT } },
                state,
              );
              return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
            },
          },
        ],
      });
    }
    return work;
  }

  /** New incidents, open, with the document attached. */
  openIncidents(count: number): Promise<string[]> {
    return Promise.all(
      Array.from({ length: count }, async () => {
        const incidentId = uuidv7();
        await this.give(incidentId, 0, {
          type: 'OpenIncident',
          incidentId,
          fields: { title: 'River market' },
        });
        await this.give(incidentId, 0, { type: 'AttachDocument', documentId: DOCUMENT_ID });
        return incidentId;
      }),
    );
  }

  /** The client's next claim. */
  async tag(incidentId: string, client: number): Promise<void> {
    const { statement } = claimPayload(client, 0);
    const outcome = await this.give(incidentId, client, {
      type: 'RecordAnnotation',
      kind: 'claim',
      id: uuidv7(),
      fields: {
        anchor: {
          documentId: DOCUMENT_ID,
          exact: QUOTE,
          prefix: TEXT.slice(0, START),
          suffix: TEXT.slice(START + QUOTE.length, START + QUOTE.length + 32),
          start: START,
          end: START + QUOTE.length,
        },
        statement: String(statement),
        quotation: 'verbatim',
        modality: 'stated',
        tags: ['toll', 'official'],
      },
    });
    if (outcome.status !== 'committed') throw new Error(`A claim was ${JSON.stringify(outcome)}`);
  }

  async close(): Promise<void> {
    await this.ledger.close();
    await this.pool.end();
  }

  private by(actorId: string) {
    return { workspaceId: this.workspaceId, body: {}, actorId, correlationId: `request-${actorId}` };
  }

  private give(incidentId: string, client: number, command: IncidentCommand): Promise<Outcome<unknown>> {
    return this.ledger.commit({
      ...this.by(`member-${client}`),
      body: { command: command.type, client },
      parts: [
        {
          streamId: streams.incident(incidentId),
          fold: incidentFold,
          decide: (state) => {
            const decision = decide(command, state as IncidentState);
            return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
          },
        },
      ],
    });
  }
}

/** Each client on an incident of its own; all of them new in every round. */
export const spread: Opener = (url) => working('casebook', url, (clients) => clients);

/** All clients on one incident, new in every round. */
export const oneHotIncident: Opener = (url) => working('one hot incident', url, () => 1);

async function working(
  name: string,
  url: string,
  incidentsFor: (clients: number) => number,
): Promise<Contender> {
  const work = await IncidentWork.open(url, 'incidents');
  return {
    name,
    drive: async (clients, milliseconds): Promise<Driven> => {
      const incidents = await work.openIncidents(incidentsFor(clients));
      return driveHere(
        (client) => work.tag(incidents[client % incidents.length]!, client),
        clients,
        milliseconds,
      );
    },
    close: () => work.close(),
  };
}
