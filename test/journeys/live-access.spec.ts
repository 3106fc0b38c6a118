import { Ledger } from '@casebook/ledger';
import { HistoryQueries } from '@casebook/views';
import { LiveFeed, type Subscription } from '../../apps/api/src/index.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/* The live feed pulled by hand, so that what happens between two chunks is what the test says. */

const NEVER = 3_600_000;

describe('a reader of the live feed', () => {
  let service: TestService;
  let admin: Client;
  const feeds: LiveFeed[] = [];
  beforeAll(async () => {
    service = await startTestService();
    admin = service.admin;
  });
  afterEach(() => {
    for (const feed of feeds.splice(0)) feed.beforeApplicationShutdown();
  });
  afterAll(() => service.close());

  const feedOf = (heartbeatEvery = NEVER): { feed: LiveFeed; wake: () => void } => {
    let listener: (workspaceId: string | null) => void = () => undefined;
    const wakeUps = {
      onWakeUp: (heard: typeof listener) => {
        listener = heard;
        return () => undefined;
      },
    };
    const feed = new LiveFeed(
      service.application.get(Ledger),
      service.application.get(HistoryQueries),
      wakeUps as never,
      { pollEvery: NEVER, heartbeatEvery },
    );
    feeds.push(feed);
    return { feed, wake: () => listener('default') };
  };
  const follow = (feed: LiveFeed, after: number, more: Partial<Subscription> = {}) =>
    feed.follow({
      workspaceId: 'default',
      after,
      wants: () => true,
      hidden: async () => new Set<string>(),
      mayStill: async () => true,
      signal: new AbortController().signal,
      ...more,
    });
  const open = async (title: string) => (await admin.post('incidents', { title })).body;
  const positionsIn = (text: unknown): number[] =>
    [...String(text).matchAll(/^id: (\d+)\nevent/gm)].map(([, id]) => Number(id));
  /** Lets the feed see all that is in the ledger by now. */
  const seesAll = async (feed: LiveFeed, wake: () => void, size: number): Promise<void> => {
    const front = follow(feed, size - 1);
    await front.next();
    const chunk = front.next();
    wake();
    expect(positionsIn((await chunk).value)).toEqual([size]);
    await front.return();
  };

  it('that is far behind is not shown what was hidden meanwhile, though that stands far ahead of it', async () => {
    const from = await service.size();
    for (let at = 0; at < 210; at += 1) await open(`before ${at}`);
    const secret = await open('soon restricted');
    const { feed, wake } = feedOf();
    const hidden = new Set<string>();
    const reader = follow(feed, from, { hidden: async () => new Set(hidden) });
    await reader.next();
    const first = positionsIn((await reader.next()).value);
    expect(first.length).toBeLessThan(210);

    // So many events later that the reader's next chunk does not reach to the restriction.
    for (let at = 0; at < 250; at += 1) await open(`after ${at}`);
    const restricted = await admin.post(`incidents/${secret.id}/restriction`, { members: ['admin'] });
    hidden.add(`incident:${secret.id}`);
    await open('the last');
    await seesAll(feed, wake, await service.size());
    const seen: number[] = [...first];
    while (seen.at(-1) !== (await service.size())) seen.push(...positionsIn((await reader.next()).value));
    expect(seen).not.toContain(secret.position);
    expect(seen).not.toContain(restricted.body.position);
    expect(seen).toHaveLength((await service.size()) - from - 2);
  });

  it('that is behind does not get what was erased meanwhile, though the feed had kept it', async () => {
    const { id } = await open('Erased soon after');
    const { feed, wake } = feedOf();
    const reader = follow(feed, await service.size());
    await reader.next();
    const said = await admin.post(`incidents/${id}/comments`, {
      targetId: id,
      body: 'Nobody is to read it.',
    });
    await seesAll(feed, wake, await service.size());
    const erased = await admin.post('erasures', {
      subject: said.body.id,
      reason: 'A request to forget.',
      legalBasis: 'GDPR Art. 17',
    });
    expect(erased.status).toBe(201);
    await seesAll(feed, wake, await service.size());
    const told = String((await reader.next()).value);
    expect(positionsIn(told)).toEqual([said.body.position, await service.size()]);
    expect(told).not.toContain('Nobody is to read it.');
  });

  it('that is far behind is cut off as soon as it may not read any more', async () => {
    const from = await service.size();
    for (let at = 0; at < 210; at += 1) await open(`more ${at}`);
    const { feed, wake } = feedOf();
    let may = true;
    const reader = follow(feed, from, { mayStill: async () => may });
    await reader.next();
    expect(positionsIn((await reader.next()).value).length).toBeLessThan(210);
    for (let at = 0; at < 210; at += 1) await open(`still more ${at}`);
    await service.member('leaver', 'reader');
    may = false;
    await seesAll(feed, wake, await service.size());
    expect((await reader.next()).done).toBe(true);
  });

  it('is asked again at every heartbeat, however busy the ledger is, for a token ends without an event', async () => {
    const { feed, wake } = feedOf(1);
    let may = true;
    const reader = follow(feed, await service.size(), { mayStill: async () => may });
    await reader.next();
    may = false;
    await open('busy');
    wake();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await reader.next()).done).toBe(true);
  });

  it('gets a heartbeat while no event is visible to it', async () => {
    const { feed, wake } = feedOf(1);
    const reader = follow(feed, await service.size(), { wants: () => false });
    await reader.next();
    for (let at = 0; at < 3; at += 1) {
      await open(`of no interest ${at}`);
      wake();
      expect(await reader.next()).toEqual({ done: false, value: ': still here\n\n' });
    }
  });
});
