import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readDocumentAt } from '@casebook/exchange';
import { readFile } from 'node:fs/promises';
import { clock } from './known-chance.js';

const DOCUMENTS = new URL('../../corpus/tour/', import.meta.url);

interface Recorded {
  readonly id: string;
  readonly revision: number;
  readonly position: number;
  readonly token?: string;
}

/** Sets the clock: `05-09 14:02` of the year of the tour, in UTC. */
export function on(moment: string): void {
  const next = Date.parse(`2024-${moment.replace(' ', 'T')}:00Z`);
  if (!(next >= clock.now)) throw new Error(`${moment} is no moment after the one before it`);
  clock.now = next;
}

/** A member at work: each deed is a request to the service, as the console sends it. */
export class Analyst {
  constructor(
    private readonly app: NestFastifyApplication,
    private readonly token: string,
  ) {}

  async ask<T = Recorded>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<T> {
    const answer = await this.app.inject({
      method,
      url: `/v1/workspaces/tour/${path}`,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      ...(body !== undefined && { payload: body }),
    });
    if (answer.statusCode >= 300)
      throw new Error(`${method} ${path}: ${answer.statusCode} ${answer.body}\n${JSON.stringify(body)}`);
    // Requests of one minute are a few seconds apart, so that no two changes have the same time.
    clock.now += 4_000 + (clock.now % 7_000);
    return answer.json<T>();
  }

  post = (path: string, body: object = {}): Promise<Recorded> => this.ask('POST', path, body);
  revise = (path: string, body: object): Promise<Recorded> => this.ask('PATCH', path, body);
  /** Revises what somebody else has revised since this revision; both changes are kept. */
  merge = (path: string, revision: number, body: object): Promise<Recorded> =>
    this.ask('PATCH', path, body, { 'if-match': `"${revision}"`, prefer: 'merge' });

  /** Imports a document of the tour, and attaches it to the incident. */
  async brings(incident: string, name: string): Promise<string> {
    const document = await readDocumentAt(new URL(name, DOCUMENTS).pathname, readFile);
    const { id } = await this.post('documents', document);
    await this.post(`incidents/${incident}/documents`, { documentId: id });
    return id;
  }
}

/** A member of a desk of its own whom the admin has let in. */
export async function joins(
  app: NestFastifyApplication,
  admin: Analyst,
  member: { id: string; name: string; role: string },
): Promise<Analyst> {
  await admin.post('members', member);
  const { token } = await admin.post(`members/${member.id}/tokens`, { label: 'the tour' });
  return new Analyst(app, token ?? '');
}
