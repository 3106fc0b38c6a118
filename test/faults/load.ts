import { setTimeout as delay } from 'node:timers/promises';
import type { IncidentView, WriteAnswer } from '@casebook/contracts';
import type { Operation, Seen, Write } from './history.js';
import { Random } from './random.js';

/** An incident with more attacks is left alone, so that reads stay small. */
const MOST_ATTACKS = 30;
const INCIDENTS = 12;
/** A client gives a request up after this many milliseconds, as the service's processes may be frozen. */
const PATIENCE_MS = 15_000;

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Of a write: what it recorded. Of a read: the incident. */
  readonly body: Partial<WriteAnswer> & Partial<IncidentView>;
}

/** An incident as far as a client knows it. */
interface Known {
  readonly id: string;
  revision: number;
  attacks: number;
}

export interface LoadOptions {
  readonly clients: number;
  readonly seed: number;
  readonly token: string;
  /** The addresses of the service's processes at the moment. */
  readonly urls: () => readonly string[];
  /** Receives each operation once it has ended: the journal outside of the service. */
  readonly journal: (operation: Operation) => void;
}

/**
 * Clients that write and read a workspace until they are stopped, each one call at a time, through any of the
 * service's processes. A command that was not answered is sent again with its key until it is.
 */
export class Load {
  readonly history: Operation[] = [];
  /** Answers that no client may be given, whatever fails. */
  readonly wrongAnswers: string[] = [];
  /** Requests that were answered 503, or whose connection broke. */
  turnedAway = 0;
  private readonly known: Known[] = [];
  private latest = 0;
  private stopping = false;
  private giveUp = false;
  private readonly working: Promise<unknown>;

  constructor(private readonly options: LoadOptions) {
    this.working = Promise.all(
      Array.from({ length: options.clients }, (_, client) =>
        this.client(client, new Random(options.seed + client)),
      ),
    );
  }

  /** Lets every client finish what it has under way, for at most so many milliseconds. */
  async stop(milliseconds = 60_000): Promise<void> {
    this.stopping = true;
    const timer = setTimeout(() => (this.giveUp = true), milliseconds);
    await this.working;
    clearTimeout(timer);
  }

  private async client(client: number, random: Random): Promise<void> {
    for (let n = 0; !this.stopping; n += 1) {
      const target = this.known.length < INCIDENTS || random.next() < 0.02 ? null : random.of(this.known);
      const choice = random.next();
      const key = `fault-${this.options.seed}-${client}-${n}`;
      if (target === null) await this.write(client, random, { key, deed: 'open', target });
      else if (choice < 0.4) await this.write(client, random, { key, deed: 'attack', target });
      else if (choice < 0.65) await this.write(client, random, { key, deed: 'retitle', target });
      else if (choice < 0.9) await this.read(client, random, target.id);
      else await this.read(client, random, target.id, 1 + random.below(this.latest));
    }
  }

  private async write(
    client: number,
    random: Random,
    { key, deed, target }: { key: string; deed: Write['deed']; target: Known | null },
  ): Promise<void> {
    const expected = deed === 'retitle' ? target!.revision : undefined;
    const request = { ...requestOf(deed, target, key), key, ...(expected !== undefined && { expected }) };
    const invoked = performance.now();
    const answer = await this.untilAnswered(random, request);
    const completed = answer === null ? Infinity : performance.now();
    const outcome = this.outcomeOf(key, answer);
    const incident = target?.id ?? (typeof outcome === 'object' ? (answer?.body.id ?? '') : '');
    this.note({
      kind: 'write',
      client,
      invoked,
      completed,
      key,
      incident,
      deed,
      text: key,
      outcome,
      ...(expected !== undefined && { expected }),
    });
    if (answer !== null && typeof outcome === 'object') this.learn(deed, target, answer);
    else if (target !== null && deed === 'retitle') await this.read(client, random, target.id);
  }

  private outcomeOf(key: string, answer: Answer | null): Write['outcome'] {
    if (answer === null) return 'unknown';
    if (answer.status === 412) return 'refused';
    const { position } = answer.body;
    if ((answer.status === 200 || answer.status === 201) && typeof position === 'number') return { position };
    this.wrongAnswers.push(`${key}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return 'unknown';
  }

  private learn(deed: Write['deed'], target: Known | null, { body }: Answer): void {
    const { id = '', position = 0, revision = 0 } = body;
    this.latest = Math.max(this.latest, position);
    if (target === null) this.known.push({ id, revision, attacks: 0 });
    else if (deed === 'retitle') target.revision = Math.max(target.revision, revision);
    else if ((target.attacks += 1) >= MOST_ATTACKS && this.known.includes(target))
      this.known.splice(this.known.indexOf(target), 1);
  }

  /** A read is not sent again: one that was not answered is no read. */
  private async read(client: number, random: Random, incident: string, asOf?: number): Promise<void> {
    const invoked = performance.now();
    const path = `incidents/${incident}${asOf === undefined ? '' : `?asOf=${asOf}`}`;
    const answer = await this.attempt(random, { method: 'GET', path });
    if (answer === null) return;
    const completed = performance.now();
    if (answer.status !== 200 && answer.status !== 404) {
      this.wrongAnswers.push(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return;
    }
    const seen = answer.status === 404 ? null : seenIn(answer.body as IncidentView);
    const reflects = Number(answer.headers.get('ledger-position') ?? 0);
    const known = this.known.find(({ id }) => id === incident);
    if (known !== undefined && seen !== null && asOf === undefined)
      known.revision = Math.max(known.revision, seen.revision);
    this.note({
      kind: 'read',
      client,
      invoked,
      completed,
      incident,
      reflects,
      seen,
      ...(asOf !== undefined && { asOf }),
    });
  }

  private note(operation: Operation): void {
    this.history.push(operation);
    this.options.journal(operation);
  }

  private async untilAnswered(random: Random, request: Request): Promise<Answer | null> {
    for (;;) {
      const answer = await this.attempt(random, request);
      if (answer !== null || this.giveUp) return answer;
      await delay(20 + random.below(80));
    }
  }

  /** `null`: the connection broke, or the service cannot answer now. */
  private async attempt(
    random: Random,
    { method, path, body: sent, key, expected }: Request,
  ): Promise<Answer | null> {
    try {
      const answer = await fetch(`${random.of(this.options.urls())}/v1/workspaces/default/${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.options.token}`,
          ...(sent !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { 'idempotency-key': key }),
          ...(expected !== undefined && { 'if-match': `"${expected}"` }),
        },
        ...(sent !== undefined && { body: JSON.stringify(sent) }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const text = await answer.text();
      const body = JSON.parse(text) as Answer['body'];
      if (!isTurnedAway(answer, body)) return { status: answer.status, headers: answer.headers, body };
    } catch (error) {
      // Broken connections, and patience that ended.
      if (!(error instanceof TypeError || error instanceof DOMException)) throw error;
    }
    this.turnedAway += 1;
    return null;
  }
}

interface Request {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly expected?: number;
}

/** 503 with Retry-After, or the same key still under way: to be sent again. */
const isTurnedAway = ({ status, headers }: Response, body: unknown): boolean =>
  (status === 503 && headers.has('retry-after')) ||
  (status === 409 && (body as { type?: string }).type === 'urn:casebook:problem:key-in-progress');

function requestOf(deed: Write['deed'], target: Known | null, text: string): Request {
  if (target === null || deed === 'open') return { method: 'POST', path: 'incidents', body: { title: text } };
  const path = `incidents/${target.id}`;
  return deed === 'attack'
    ? { method: 'POST', path: `${path}/attacks`, body: { summary: text } }
    : { method: 'PATCH', path, body: { title: text } };
}

const seenIn = ({ title, revision, attacks }: IncidentView): Seen => ({
  title: title ?? '',
  revision,
  attacks: attacks.map(({ summary }) => summary ?? '').sort(),
});
