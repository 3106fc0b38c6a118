import { setTimeout as pause } from 'node:timers/promises';
import type { EventView } from '@casebook/contracts';
import { cloudEvent } from '@casebook/exchange';
import type { Ledger, WakeUps } from '@casebook/ledger';
import type { AccessQueries, HistoryQueries } from '@casebook/views';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { may } from '../access/permissions.js';
import { type Caller, readAs } from '../access/visibility.js';
import { post } from './post.js';
import type { Reachable } from './reachable.js';
import { signedHeaders } from './signature.js';
import type { Leased, WebhookStore } from './webhook-store.js';

/** Seconds before each further attempt; after the last one the event is a dead letter. */
const DELAYS_S = [5, 30, 120, 600, 1800, 3600, 7200];
const PAGE = 50;
/** Milliseconds between passes, which coalesces commits, and between checks for retries that are due. */
const GATHERED_MS = 200;
const POLL_MS = 5_000;

export interface WebhookFollowerParts {
  readonly store: WebhookStore;
  readonly histories: HistoryQueries;
  readonly access: AccessQueries;
  readonly ledger: Ledger;
  readonly reachable: Reachable;
}

/**
 * Sends the events of the ledger to the webhooks, each from its own position: at least once, and in the order
 * of the ledger, one at a time. Any number of processes may run one; a webhook is leased to one of them. A
 * process that is killed between a delivery and its record leaves the event to be sent again.
 */
export class WebhookFollower implements OnApplicationShutdown {
  private readonly logger = new Logger(WebhookFollower.name);
  private readonly closed = new AbortController();
  private again = false;
  private running: Promise<void> | null = null;
  private unsubscribe: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;

  /** @param delays seconds before each further attempt */
  constructor(
    private readonly parts: WebhookFollowerParts,
    private readonly delays: readonly number[] = DELAYS_S,
  ) {}

  start(wakeUps: WakeUps): void {
    this.unsubscribe = wakeUps.onWakeUp(() => this.look());
    this.timer = setInterval(() => this.look(), POLL_MS).unref();
    this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    this.unsubscribe();
    clearInterval(this.timer);
    this.closed.abort();
    await this.running;
  }

  private isClosed(): boolean {
    return this.closed.signal.aborted;
  }

  private look(): void {
    this.again = true;
    this.running ??= this.passes().finally(() => (this.running = null));
  }

  private async passes(): Promise<void> {
    while (this.again && !this.isClosed()) {
      this.again = false;
      try {
        await this.pass();
        await pause(GATHERED_MS, undefined, { ref: false, signal: this.closed.signal });
      } catch (error) {
        // The next poll tries again.
        if (!this.isClosed()) this.logger.warn(`Webhooks cannot be delivered: ${String(error)}`);
      }
    }
  }

  /** Delivers what is due, and returns how many webhooks had something. */
  async pass(): Promise<number> {
    const leased = await this.parts.store.lease();
    await Promise.all(leased.map((webhook) => this.deliver(webhook)));
    return leased.length;
  }

  private async deliver(webhook: Leased): Promise<void> {
    const { store, histories, ledger } = this.parts;
    for (let { position, attempts } = webhook; ; attempts = 0) {
      const reader = await this.readerOf(webhook);
      if (reader === null) {
        await store.stop(webhook, `The member ${webhook.memberId}, who created it, was removed.`);
        return;
      }
      const size = (await ledger.head(webhook.workspaceId))?.size ?? 0;
      const { items, next } = await readAs(reader, () =>
        histories.events(webhook.workspaceId, { after: position, limit: PAGE }),
      );
      for (const event of items) {
        if (!(await this.one(webhook, event, attempts))) return;
        ({ position } = event);
        attempts = 0;
      }
      if (next !== null) continue;
      // The events in between are hidden from the member.
      if (size > position && !(await store.advance(webhook, size))) return;
      await store.release(webhook);
      return;
    }
  }

  /** Whether to continue with the next event. */
  private async one(webhook: Leased, event: EventView, attempts: number): Promise<boolean> {
    const { store } = this.parts;
    const { signal } = this.closed;
    const status = signal.aborted ? null : await this.send(webhook, event);
    if (signal.aborted) {
      await store.release(webhook);
      return false;
    }
    if (typeof status === 'number' && status >= 200 && status < 300)
      return store.advance(webhook, event.position);
    const error = typeof status === 'number' ? `The receiver answered ${status}.` : (status ?? '');
    // RFC 9110 §15.5.11 (410 Gone): the receiver wants no more events.
    if (status === 410) {
      await store.stop(webhook, error);
      return false;
    }
    const delay = this.delays[attempts];
    if (delay !== undefined) {
      await store.retryIn(webhook, delay, error);
      return false;
    }
    this.logger.warn(`The webhook ${webhook.id} gave up on the event ${event.position}: ${error}`);
    return store.bury(webhook, event.position, error);
  }

  /** The status of the answer, or a sentence that says why there is none. */
  private async send({ workspaceId, url, secret }: Leased, event: EventView): Promise<number | string> {
    const body = JSON.stringify(cloudEvent(workspaceId, event));
    const seconds = Math.floor(Date.now() / 1000);
    const headers = {
      'content-type': 'application/cloudevents+json',
      'user-agent': 'casebook',
      ...signedHeaders(secret, { id: event.id, seconds, body }),
    };
    try {
      return await post({ url, headers, body, signal: this.closed.signal }, this.parts.reachable);
    } catch (error) {
      return `There was no answer: ${(error as Error).message}`;
    }
  }

  /** The member who created the webhook, with their current permissions; `null` if they are no longer a member. */
  private async readerOf({ workspaceId, memberId, oversees }: Leased): Promise<Caller | null> {
    const member = await this.parts.access.member(workspaceId, memberId);
    if (member?.status !== 'active') return null;
    const powers = { role: member.role, permissions: oversees ? null : (['read'] as const) };
    return may(powers, 'read')
      ? { workspaceId, memberId, ...powers, clearance: member.clearance ?? 'red', tokenId: null }
      : null;
  }
}
