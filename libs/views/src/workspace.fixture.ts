import { decide, decideDocument, decideMembers } from '@casebook/incident';
import type {
  DocumentCommand,
  DocumentState,
  IncidentCommand,
  IncidentState,
  MembersCommand,
  MembersState,
} from '@casebook/incident';
import type { DecidedEvent } from '@casebook/contracts';
import { Ledger, type Outcome, type StreamFold } from '@casebook/ledger';
import { poolOf } from '@casebook/postgres';
import { createTestDatabase, type History, type LibraryDocument, type TestDatabase } from '@casebook/testing';
import { createHash, randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  AccessQueries,
  documentFold,
  HistoryQueries,
  incidentFold,
  IncidentQueries,
  inlineViews,
  LibraryQueries,
  MemberQueries,
  membersFold,
  newEvent,
  streams,
  viewEntities,
} from './index.js';

/** A database with the ledger and every query, as in the service. */
export interface Bench {
  readonly database: TestDatabase;
  readonly dataSource: DataSource;
  readonly ledger: Ledger;
  readonly incidents: IncidentQueries;
  readonly library: LibraryQueries;
  readonly members: MemberQueries;
  readonly access: AccessQueries;
  readonly histories: HistoryQueries;
  /** A new workspace's writer. */
  workspace(): Promise<Writer>;
  close(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const database = await createTestDatabase();
  const dataSource = await database.dataSource({ entities: viewEntities });
  const ledger = new Ledger(poolOf(dataSource), { views: inlineViews });
  let made = 0;
  return {
    database,
    dataSource,
    ledger,
    incidents: new IncidentQueries(dataSource),
    library: new LibraryQueries(dataSource),
    members: new MemberQueries(dataSource),
    access: new AccessQueries(dataSource, ledger),
    histories: new HistoryQueries(ledger, dataSource),
    async workspace() {
      made += 1;
      const id = `desk-${made}`;
      await ledger.openWorkspace(id);
      return new Writer(ledger, id);
    },
    async close() {
      await ledger.close();
      await database.drop();
    },
  };
}

type Decided =
  | { readonly accepted: true; readonly events: readonly DecidedEvent[] }
  | { readonly accepted: false; readonly refusal: unknown };

/** Sends commands to one workspace, as the service's handlers do. */
export class Writer {
  constructor(
    private readonly ledger: Ledger,
    readonly workspaceId: string,
  ) {}

  incident(id: string, command: IncidentCommand, actor = 'alice'): Promise<Outcome<unknown>> {
    return this.commit(streams.incident(id), incidentFold, actor, (state: IncidentState) =>
      decide(command, state),
    );
  }

  document(command: DocumentCommand, actor = 'alice'): Promise<Outcome<unknown>> {
    return this.commit(streams.document(command.documentId), documentFold, actor, (state: DocumentState) =>
      decideDocument(command, state),
    );
  }

  member(command: MembersCommand, actor = 'root'): Promise<Outcome<unknown>> {
    return this.commit(streams.members, membersFold, actor, (state: MembersState) =>
      decideMembers(command, state),
    );
  }

  /** Opens the workspace's member list with the admin root and a token of hers. */
  open(): Promise<Outcome<unknown>> {
    return this.member({
      type: 'OpenWorkspace',
      id: this.workspaceId,
      admin: { id: 'root', name: 'Root' },
      token: { id: uuidv7(), digest: randomBytes(32).toString('hex'), label: 'first' },
    });
  }

  /** Gives a member a token with this text. */
  async issueToken(memberId: string, token: string, rest = {}): Promise<string> {
    const tokenId = uuidv7();
    await this.member({ type: 'IssueToken', tokenId, memberId, digest: digestOf(token), ...rest });
    return tokenId;
  }

  import({ id, ...document }: LibraryDocument): Promise<Outcome<unknown>> {
    return this.document({ type: 'ImportDocument', documentId: id, document });
  }

  /** Four documents of 1.5 MB each: three of them are more than a page of events may hold. */
  async importLong(): Promise<void> {
    for (const digit of ['1', '2', '3', '4']) {
      const id = `sha256:${digit.repeat(64)}`;
      await this.import({ id, title: 'Длинный “text” 🧨', text: digit.repeat(1_500_000) });
    }
  }

  /**
   * Imports the history's documents and sends its commands, `together` at a time, which puts them into one
   * batch.
   */
  async play({ documents, incidentId, steps }: History, together = 1): Promise<void> {
    for (const document of documents) await this.import(document);
    for (let at = 0; at < steps.length; at += together) {
      await Promise.all(
        steps.slice(at, at + together).map(({ command, actor }) => this.incident(incidentId, command, actor)),
      );
    }
  }

  private commit<S>(
    streamId: string,
    fold: StreamFold<S>,
    actorId: string,
    decideOn: (state: S) => Decided,
  ): Promise<Outcome<unknown>> {
    return this.ledger.commit({
      workspaceId: this.workspaceId,
      body: {},
      actorId,
      correlationId: 'test',
      parts: [
        {
          streamId,
          fold,
          decide: (state: S) => {
            const decision = decideOn(state);
            return decision.accepted ? { accepted: true, events: decision.events.map(newEvent) } : decision;
          },
        },
      ],
    });
  }
}

/** The digest of a token in the ledger. */
export const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new workspace with Bob, a reader, and Alice, an annotator. */
export async function staffed(bench: Bench): Promise<Writer> {
  const writer = await bench.workspace();
  await writer.open();
  await writer.member({ type: 'AddMember', member: { id: 'bob', name: 'Bob', role: 'reader' } });
  await writer.member({ type: 'AddMember', member: { id: 'alice', name: 'Alice', role: 'annotator' } });
  return writer;
}

/** Every item of a list, page by page; fails if the list does not end. */
export async function everything<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null } | null>,
): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 10_000; pages += 1) {
    const answer = await page(cursor);
    if (answer === null) throw new Error('there is no such list');
    items.push(...answer.items);
    if (answer.next === null) return items;
    cursor = answer.next;
  }
  throw new Error('the list has no end');
}
