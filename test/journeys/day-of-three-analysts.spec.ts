import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AnnotationView,
  ChangeView,
  EventView,
  IncidentSummary,
  IncidentView,
  TagCount,
} from '@casebook/contracts';
import {
  corpusAnnotations,
  corpusDocuments,
  corpusText,
  enter,
  Ids,
  requestOf,
  shareOut,
} from '../support/corpus.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

/** A moment of the day: a place in the ledger, and a time at which nothing else was recorded. */
interface Mark {
  position: number;
  time: string;
}

interface Page<T> {
  items: T[];
  next: string | null;
}

/*
 * One day, in order: each test goes on where the one before it stopped. Mira, Jonas and Tess annotate the corpus, Ada settles what they
 * cannot agree on, Ruth reads. In the evening everything that was said during the day is looked up again.
 */
describe('a day of three analysts', () => {
  const corpus = corpusAnnotations();
  const ids = new Ids();
  const request = requestOf(ids);
  const marks: Record<string, Mark> = {};
  let service: TestService;
  let mira: Client;
  let jonas: Client;
  let tess: Client;
  let ada: Client;
  let ruth: Client;
  let analysts: Client[];

  beforeAll(async () => {
    service = await startTestService();
    mira = await service.member('mira', 'annotator', 'Mira Okonjo');
    jonas = await service.member('jonas', 'annotator', 'Jonas Wirth');
    tess = await service.member('tess', 'annotator', 'Tess Albany');
    ada = await service.member('ada', 'adjudicator', 'Ada Lindqvist');
    ruth = await service.member('ruth', 'reader', 'Ruth Vane');
    analysts = [mira, jonas, tess];
  });
  afterAll(() => service.close());

  const incidentPath = (key: string): string => `incidents/${ids.of(key)}`;
  const pathOf = (kind: string, key: string): string => {
    const all = [
      ...corpus.claims,
      ...corpus.warnings,
      ...corpus.attacks,
      ...corpus.links,
      ...corpus.disputes,
    ];
    const found = all.find((each) => each.key === key);
    if (found === undefined) throw new Error(`the corpus has no ${key}`);
    return `${incidentPath(found.incident)}/${kind}/${ids.of(key)}`;
  };
  const incidentAt = async (key: string, asOf?: number | string): Promise<IncidentView> => {
    const moment = asOf === undefined ? '' : `?asOf=${encodeURIComponent(asOf)}`;
    const answer = await ruth.get<IncidentView>(`${incidentPath(key)}${moment}`);
    if (answer.status !== 200) throw new Error(answer.text);
    return answer.body;
  };
  /** Every item of a list, page by page as the Link header leads. */
  const follow = async <T>(client: Client, path: string): Promise<T[]> => {
    const items: T[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const page: { body: Page<T>; headers: Headers } = await client.get<Page<T>>(next);
      items.push(...page.body.items);
      next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1];
      expect(next === undefined).toBe(page.body.next === null);
    }
    return items;
  };
  /** Remembers the present moment, and lets the clock go on, so that no later event has its time. */
  const mark = async (name: string): Promise<void> => {
    const position = await service.size();
    const [last] = (await ruth.get<Page<EventView>>(`events?after=${position - 1}`)).body.items;
    marks[name] = { position, time: last?.recordedAt ?? '' };
    await sleep(3);
  };
  const at = (name: string): Mark => {
    const found = marks[name];
    if (found === undefined) throw new Error(`no moment was called ${name}`);
    return found;
  };

  it('the documents of the corpus are imported once, by whichever member is first', async () => {
    for (const document of await corpusDocuments()) {
      const first = await mira.post('documents', document);
      const sha256 = createHash('sha256').update(document.text, 'utf8').digest('hex');
      expect([first.status, first.body.id]).toEqual([201, `sha256:${sha256}`]);
      expect(first.headers.get('location')).toBe(`/v1/workspaces/default/documents/sha256:${sha256}`);
      const again = await jonas.post('documents', { title: 'The same text', text: document.text });
      expect([again.status, again.body]).toEqual([
        200,
        { ...first.body, differs: { title: document.title } },
      ]);
    }
    expect((await ruth.post('documents', { title: 'x', text: 'y' })).status).toBe(403);
    const listed = await follow<{ id: string; title: string; publisher?: string }>(ruth, 'documents?limit=5');
    expect(listed).toHaveLength(13);
    for (const document of await corpusDocuments()) {
      const found = listed.find(({ title }) => title === document.title);
      expect(found).toMatchObject({ publisher: document.publisher });
      expect((await ruth.get(`documents/${found?.id}/text`)).text).toBe(document.text);
    }
    for (const name of new Set(corpus.incidents.flatMap(({ documents }) => documents))) {
      const sha256 = createHash('sha256').update(corpusText(name), 'utf8').digest('hex');
      ids.set(name, `sha256:${sha256}`);
    }
  });

  it('incidents are opened and their documents attached', async () => {
    for (const { key, title, summary, documents } of corpus.incidents) {
      ids.set(key, (await enter(mira, 'incidents', { title, summary })).id);
      for (const name of documents) {
        await enter(mira, `${incidentPath(key)}/documents`, { documentId: ids.of(name) });
      }
      expect(await incidentAt(key)).toMatchObject({
        title,
        summary,
        status: 'open',
        documents: documents.map((name) => ({ id: ids.of(name), attachedBy: 'mira' })),
      });
    }
    await mark('opened');
  });

  it('three analysts tag all claims of the corpus at the same time, none in the way of another', async () => {
    await shareOut(analysts, corpus.claims, async (analyst, claim) => {
      ids.set(
        claim.key,
        (await enter(analyst, `${incidentPath(claim.incident)}/claims`, request.claim(claim))).id,
      );
    });
    await mark('tagged');
    for (const { key } of corpus.incidents) {
      const expected = corpus.claims.filter(({ incident }) => incident === key);
      const { claims } = await incidentAt(key);
      expect(claims).toHaveLength(expected.length);
      for (const claim of expected) {
        const view = claims.find(({ id }) => id === ids.of(claim.key));
        const { anchor, ...fields } = request.claim(claim);
        expect(view).toMatchObject({ status: 'active', revision: 1, ...fields });
        expect(view?.anchor).toMatchObject(anchor);
        const points = Array.from(corpusText(claim.document));
        expect(points.slice(view?.anchor?.start, view?.anchor?.end).join('')).toBe(claim.exact);
      }
      expect(new Set(claims.map(({ recordedBy }) => recordedBy))).toEqual(new Set(['mira', 'jonas', 'tess']));
    }
  });

  it('warnings and attacks are recorded, links made, disputes raised', async () => {
    await Promise.all([
      shareOut(analysts, corpus.warnings, async (analyst, each) => {
        ids.set(
          each.key,
          (await enter(analyst, `${incidentPath(each.incident)}/warnings`, request.warning(each))).id,
        );
      }),
      shareOut(analysts, corpus.attacks, async (analyst, each) => {
        ids.set(
          each.key,
          (await enter(analyst, `${incidentPath(each.incident)}/attacks`, request.attack(each))).id,
        );
      }),
    ]);
    await shareOut(analysts, corpus.links, async (analyst, each) => {
      ids.set(
        each.key,
        (await enter(analyst, `${incidentPath(each.incident)}/links`, request.link(each))).id,
      );
    });
    await shareOut(analysts, corpus.disputes, async (analyst, each) => {
      ids.set(
        each.key,
        (await enter(analyst, `${incidentPath(each.incident)}/disputes`, request.dispute(each))).id,
      );
    });
    await mark('recorded');
    for (const { key } of corpus.incidents) {
      const view = await incidentAt(key);
      const here = <T extends { incident: string }>(all: T[]): T[] =>
        all.filter(({ incident }) => incident === key);
      for (const [list, expected] of [
        [view.warnings, here(corpus.warnings).map((each) => [each.key, request.warning(each)] as const)],
        [view.attacks, here(corpus.attacks).map((each) => [each.key, request.attack(each)] as const)],
        [view.links, here(corpus.links).map((each) => [each.key, request.link(each)] as const)],
        [view.disputes, here(corpus.disputes).map((each) => [each.key, request.dispute(each)] as const)],
      ] as const) {
        expect(list).toHaveLength(expected.length);
        for (const [annotation, fields] of expected) {
          expect((list as AnnotationView[]).find(({ id }) => id === ids.of(annotation))).toMatchObject(
            fields,
          );
        }
      }
    }
  });

  it('a revision on what somebody else changed is refused with the change and its author; nothing is lost', async () => {
    const path = pathOf('warnings', 'w-halvane-page');
    const read = await jonas.get(path);
    expect(read.headers.get('etag')).toMatch(/^"1\./);
    const mirasWord = await mira.patch(
      path,
      { channel: 'typed page, by courier', reason: 'The Courier says by courier' },
      { 'if-match': '"1"' },
    );
    expect([mirasWord.status, mirasWord.body.revision, mirasWord.headers.get('etag')]).toEqual([
      200,
      2,
      '"2"',
    ]);

    const jonasWord = { issuedTo: ['Interior Ministry of Ildria, duty officer'], disclosed: 'unknown' };
    const conflict = await jonas.patch(path, jonasWord, { 'if-match': read.headers.get('etag') ?? '' });
    expect(conflict.status).toBe(412);
    expect(conflict.headers.get('etag')).toBe('"2"');
    expect(conflict.body).toMatchObject({
      type: 'urn:casebook:problem:revision-mismatch',
      detail: expect.stringMatching(/revision 2, not 1.*Changed by mira/) as string,
      expected: 1,
      current: 2,
      changes: [
        {
          actor: 'mira',
          type: 'WarningRevised',
          annotationId: ids.of('w-halvane-page'),
          reason: 'The Courier says by courier',
          changes: [
            {
              field: 'channel',
              before: 'typed page, by hand to the duty officer',
              after: 'typed page, by courier',
            },
          ],
        },
      ],
    });
    const merged = await jonas.patch(path, jonasWord, { 'if-match': '"2"' });
    expect(merged.body.revision).toBe(3);
    expect((await ruth.get(path)).body).toMatchObject({
      channel: 'typed page, by courier',
      ...jonasWord,
      revision: 3,
    });
    await mark('corrected');
  });

  it('an incident’s own conflict names what changed in between too', async () => {
    const path = incidentPath('tarrick');
    const tag = (await jonas.get(path)).headers.get('etag') ?? '';
    expect(tag).toMatch(/^"1\.[\w-]+"$/);
    expect((await mira.patch(path, { title: 'Tarrick and Saint-Orvain' }, { 'if-match': tag })).status).toBe(
      200,
    );
    const conflict = await jonas.patch(path, { title: 'Rockets on Tarrick' }, { 'if-match': tag });
    expect([conflict.status, conflict.body.changes]).toMatchObject([
      412,
      [
        {
          actor: 'mira',
          type: 'IncidentRevised',
          changes: [{ field: 'title', after: 'Tarrick and Saint-Orvain' }],
        },
      ],
    ]);
  });

  it('a request that is sent again with its key is answered as it was, and recorded once', async () => {
    const path = `${incidentPath('ardennock')}/claims`;
    const body = {
      anchor: { documentId: ids.of('10-lantern-festival-blasts.txt'), start: 0, end: 20 },
      statement: 'Sent twice, because the first answer was lost',
    };
    const headers = { 'idempotency-key': 'tess-0001' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => tess.post(path, body, headers)));
    const settled = await tess.post(path, body, headers);
    const recorded = answers.filter(({ status }) => status !== 409);
    for (const answer of recorded) expect(answer.body).toEqual(settled.body);
    expect(recorded.every(({ status }) => status === 201)).toBe(true);
    expect([
      settled.status,
      settled.headers.get('idempotency-replayed'),
      settled.headers.get('etag'),
    ]).toEqual([201, 'true', '"1"']);
    expect((await tess.post(path, { ...body, statement: 'Another' }, headers)).status).toBe(422);
    const found = await ruth.get<Page<AnnotationView>>(`${path}?recordedBy=tess&limit=500`);
    const twice = found.body.items.filter((each) => 'statement' in each && each.statement === body.statement);
    expect(twice.map(({ id }) => id)).toEqual([settled.body.id]);
    ids.set('sent-twice', settled.body.id as string);
  });

  it('they talk about a claim in a thread; a word is mended and one taken back', async () => {
    const comments = `${incidentPath('salt-market')}/comments`;
    const targetId = ids.of('sm-courier-named');
    const first = await enter(jonas, comments, {
      targetId,
      body: 'Is this not the dispatch that 03 prints to?',
    });
    const reply = await enter(mira, comments, {
      targetId,
      replyTo: first.id,
      body: 'Yes: one agency, two papers.',
    });
    const aside = await enter(tess, comments, { targetId, replyTo: reply.id, body: 'Lunch?' });
    await enter(tess, comments, { targetId: ids.of('salt-market'), body: 'All five documents are in.' });
    await jonas.patch(`${comments}/${first.id}`, { body: 'Is this not the dispatch that 03 prints too?' });
    await tess.post(`${comments}/${aside.id}/retraction`, { reason: 'Wrong window' });
    const thread = await ruth.get<Page<AnnotationView>>(`${comments}?targetId=${targetId}`);
    expect(thread.body.items).toMatchObject([
      {
        id: first.id,
        revision: 2,
        body: 'Is this not the dispatch that 03 prints too?',
        recordedBy: 'jonas',
      },
      { id: reply.id, replyTo: first.id, recordedBy: 'mira', status: 'active' },
      {
        id: aside.id,
        replyTo: reply.id,
        status: 'retracted',
        retraction: { by: 'tess', reason: 'Wrong window' },
      },
    ]);
  });

  it('a dispute is settled by the adjudicator, reopened on new evidence, and settled otherwise', async () => {
    const path = pathOf('disputes', 'd-market-toll');
    expect((await jonas.post(`${path}/resolution`, { outcome: 'all-kept', reason: 'x' })).status).toBe(403);
    const settled = await ada.post(
      `${path}/resolution`,
      {
        outcome: 'prevails',
        prevailing: 0,
        reason: 'The registrar accounts for the difference, group by group.',
      },
      { 'if-match': '"1"' },
    );
    expect([settled.status, settled.body.revision]).toEqual([200, 2]);
    expect((await ruth.get(path)).body).toMatchObject({
      status: 'resolved',
      resolution: { outcome: 'prevails', prevailing: 0, decidedBy: 'ada' },
    });
    await mark('settled');

    const reopened = await tess.post(`${path}/reopening`, { reason: 'The traders opened their list.' });
    expect(reopened.body.revision).toBe(3);
    expect((await ruth.get(path)).body.resolution).toBeUndefined();
    const [before] = (await ruth.get(path)).body.positions as { evidence: string[] }[];
    expect(before?.evidence).toHaveLength(3);
    const again = await ada.post(`${path}/resolution`, {
      outcome: 'compatible',
      reason: 'They count different days; both figures stand.',
    });
    expect(again.body.revision).toBe(4);
    expect((await ruth.get(path)).body).toMatchObject({
      status: 'resolved',
      resolution: { outcome: 'compatible', reason: 'They count different days; both figures stand.' },
    });

    const withdrawn = pathOf('disputes', 'd-market-any-warning');
    await mira.post(`${withdrawn}/withdrawal`, { reason: 'The permanent secretary settled it himself.' });
    expect((await ruth.get(withdrawn)).body).toMatchObject({ status: 'withdrawn', revision: 2 });
  });

  it('a claim is retracted: it stays, says so, and is no longer taken as evidence', async () => {
    const path = pathOf('claims', 'sm-mercury-toll');
    const retracted = await jonas.post(`${path}/retraction`, {
      reason: 'It repeats the agency; not a source of its own.',
    });
    expect([retracted.status, retracted.body.revision]).toEqual([200, 2]);
    expect((await ruth.get(path)).body).toMatchObject({
      status: 'retracted',
      retraction: { by: 'jonas', reason: 'It repeats the agency; not a source of its own.' },
      statement: corpus.claims.find(({ key }) => key === 'sm-mercury-toll')?.statement,
    });
    const refused = await mira.post(`${incidentPath('salt-market')}/attacks`, {
      summary: 'x',
      evidence: [ids.of('sm-mercury-toll')],
    });
    expect(refused.body.type).toBe('urn:casebook:problem:reference-retracted');
    const dispute = await ruth.get(pathOf('disputes', 'd-market-toll'));
    expect(dispute.body.positions[2].evidence).toContain(ids.of('sm-mercury-toll'));
  });

  it('an incident is closed by the adjudicator, and reopened', async () => {
    const path = incidentPath('ardennock');
    expect((await ada.post(`${path}/closure`, { reason: 'Inquiry published' })).status).toBe(200);
    expect((await tess.post(`${path}/attacks`, { summary: 'x' })).status).toBe(409);
    expect((await ruth.get<Page<IncidentSummary>>('incidents?status=closed')).body.items).toMatchObject([
      { id: ids.of('ardennock'), status: 'closed' },
    ]);
    expect((await ada.post(`${path}/reopening`, { reason: 'Second volume announced' })).status).toBe(200);
    expect(await incidentAt('ardennock')).toMatchObject({ status: 'open', revision: 3 });
    await mark('evening');
  });

  describe('in the evening', () => {
    it.each(['position', 'time'] as const)('the day is read again as of five moments, by %s', async (by) => {
      const then = (name: string): Promise<IncidentView> => incidentAt('salt-market', at(name)[by]);
      const claims = corpus.claims.filter(({ incident }) => incident === 'salt-market').length;

      const opened = await then('opened');
      expect([opened.documents.length, opened.claims.length, opened.disputes.length]).toEqual([5, 0, 0]);

      const tagged = await then('tagged');
      expect([tagged.claims.length, tagged.warnings.length]).toEqual([claims, 0]);
      expect(tagged.claims.every(({ status }) => status === 'active')).toBe(true);

      const recorded = await then('recorded');
      const warning = (view: IncidentView) => view.warnings.find(({ id }) => id === ids.of('w-halvane-page'));
      expect(warning(recorded)).toMatchObject({
        revision: 1,
        channel: 'typed page, by hand to the duty officer',
      });
      const toll = (view: IncidentView) => view.disputes.find(({ id }) => id === ids.of('d-market-toll'));
      expect(toll(recorded)).toMatchObject({ status: 'open', revision: 1 });

      const settled = await then('settled');
      expect(warning(settled)).toMatchObject({ revision: 3, channel: 'typed page, by courier' });
      expect(toll(settled)).toMatchObject({
        status: 'resolved',
        resolution: { outcome: 'prevails', prevailing: 0 },
      });
      const mercury = (view: IncidentView) => view.claims.find(({ id }) => id === ids.of('sm-mercury-toll'));
      expect(mercury(settled)).toMatchObject({ status: 'active', revision: 1 });

      const evening = await then('evening');
      expect(toll(evening)).toMatchObject({ status: 'resolved', resolution: { outcome: 'compatible' } });
      expect(mercury(evening)).toMatchObject({ status: 'retracted' });
      expect(evening).toEqual(await incidentAt('salt-market'));
    });

    it('an annotation reads as it was, and not before it was', async () => {
      const path = pathOf('warnings', 'w-halvane-page');
      expect((await ruth.get(`${path}?asOf=${at('recorded').position}`)).body.revision).toBe(1);
      expect((await ruth.get(`${path}?asOf=${at('evening').time}`)).body).toEqual(
        (await ruth.get(path)).body,
      );
      const early = await ruth.get(`${path}?asOf=${at('tagged').position}`);
      expect(early.body).toMatchObject({
        status: 404,
        detail: expect.stringContaining('at that moment') as string,
      });
      expect((await ruth.get(`${incidentPath('salt-market')}?asOf=1`)).status).toBe(404);
      const beforeAll = await ruth.get(`${incidentPath('salt-market')}?asOf=2001-01-01T00:00:00Z`);
      expect(beforeAll.status).toBe(404);
    });

    it('its history has every change in order: who, when, what, before and after, in a sentence', async () => {
      const path = incidentPath('salt-market');
      const history = await follow<ChangeView>(ruth, `${path}/history?limit=17`);
      const positions = history.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(new Set(positions).size).toBe(positions.length);
      const events = (await follow<EventView>(ruth, 'events?limit=500')).filter(
        ({ stream }) => stream === `incident:${ids.of('salt-market')}`,
      );
      expect(history.map(({ position, type, actor, at: when }) => [position, type, actor, when])).toEqual(
        events.map(({ position, type, actor, recordedAt }) => [position, type, actor, recordedAt]),
      );
      expect(history[0]).toMatchObject({
        type: 'IncidentOpened',
        actor: 'mira',
        incidentId: ids.of('salt-market'),
      });
      for (const { sentence, actor } of history)
        expect(sentence).toMatch(new RegExp(`^${actor} .*\\.$`, 's'));
      const sentences = history.map(({ sentence }) => sentence);
      for (const sentence of [
        'mira opened the incident “Salt Market bombing, Kelmora”.',
        'mira revised the warning “A typed page from Halvane, which by the account of one anonymous official named…” (channel), because: The Courier says by courier.',
        'tess commented on the claim “The Halvanian page named the Salt Market and the day.”: “Lunch?”.',
        'tess retracted the comment “Lunch?”, because: Wrong window.',
        'ada settled the dispute “How many people did the Salt Market bomb kill?”: the positions are compatible, because: They count different days; both figures stand.',
        'tess reopened the dispute “How many people did the Salt Market bomb kill?”, because: The traders opened their list.',
        'mira withdrew the dispute “Had the Ildrian authorities received any warning at all?”, because: The permanent secretary settled it himself.',
        'jonas retracted the claim “Nearly 50 people were killed.”, because: It repeats the agency; not a source of its own.',
      ]) {
        expect(sentences).toContain(sentence);
      }

      const about = await follow<ChangeView>(
        ruth,
        `${path}/history?annotationId=${ids.of('w-halvane-page')}`,
      );
      expect(about.map(({ type, actor }) => [type, actor])).toEqual([
        ['WarningRecorded', expect.any(String)],
        ['WarningRevised', 'mira'],
        ['WarningRevised', 'jonas'],
      ]);
      expect(about[2]?.changes).toEqual([
        { field: 'disclosed', before: 'after', after: 'unknown' },
        {
          field: 'issuedTo',
          before: corpus.warnings.find(({ key }) => key === 'w-halvane-page')?.issuedTo,
          after: ['Interior Ministry of Ildria, duty officer'],
        },
      ]);
      const dispute = await follow<ChangeView>(
        ruth,
        `${path}/history?annotationId=${ids.of('d-market-toll')}`,
      );
      expect(dispute.map(({ type }) => type)).toEqual([
        'DisputeRaised',
        'DisputeSettled',
        'DisputeReopened',
        'DisputeSettled',
      ]);
      expect(dispute[2]).toMatchObject({ actor: 'tess', reason: 'The traders opened their list.' });
    });

    it('the audit finds a change by who, where, what, which and when', async () => {
      const audit = (query: string): Promise<ChangeView[]> => follow<ChangeView>(ruth, `audit?${query}`);
      const all = await audit('limit=100');
      expect(all.map(({ position }) => position)).toEqual(all.map((_, index) => index + 1));
      expect(all).toHaveLength(await service.size());

      expect(await audit('actor=ada')).toEqual(all.filter(({ actor }) => actor === 'ada'));
      expect((await audit('actor=ada')).map(({ type }) => type)).toEqual([
        'DisputeSettled',
        'DisputeSettled',
        'IncidentClosed',
        'IncidentReopened',
      ]);
      expect(await audit('type=ClaimRetracted')).toMatchObject([
        { actor: 'jonas', annotationId: ids.of('sm-mercury-toll'), incidentId: ids.of('salt-market') },
      ]);
      const tarrick = ids.of('tarrick');
      expect(await audit(`incidentId=${tarrick}`)).toEqual(
        all.filter(({ incidentId }) => incidentId === tarrick),
      );
      const page = ids.of('w-halvane-page');
      expect(await audit(`annotationId=${page}`)).toEqual(
        all.filter(({ annotationId }) => annotationId === page),
      );
      const [from, to] = [at('recorded').time, at('corrected').time];
      expect(await audit(`from=${from}&to=${to}&limit=2`)).toEqual(
        all.filter(({ at: when }) => when >= from && when <= to),
      );
      expect(
        await audit(`actor=jonas&type=WarningRevised&incidentId=${ids.of('salt-market')}`),
      ).toMatchObject([{ annotationId: page, changes: [{ field: 'disclosed' }, { field: 'issuedTo' }] }]);
      expect(await audit('actor=nobody')).toEqual([]);
      expect(JSON.stringify(all)).not.toContain('casebook_');
    });

    it('the tags in use are counted, everywhere and in one incident', async () => {
      const counted = (claims: { tags: string[] }[]): TagCount[] => {
        const counts = new Map<string, number>();
        for (const tag of claims.flatMap(({ tags }) => tags)) counts.set(tag, (counts.get(tag) ?? 0) + 1);
        return [...counts].map(([tag, count]) => ({ tag, count })).sort((a, b) => (a.tag < b.tag ? -1 : 1));
      };
      const standing = corpus.claims.filter(({ key }) => key !== 'sm-mercury-toll');
      expect(await follow<TagCount>(ruth, 'tags?limit=7')).toEqual(counted(standing));
      const there = standing.filter(({ incident }) => incident === 'tarrick');
      expect(await follow<TagCount>(ruth, `tags?incidentId=${ids.of('tarrick')}`)).toEqual(counted(there));
      expect(await follow<TagCount>(ruth, 'tags?prefix=to')).toEqual(
        counted(standing).filter(({ tag }) => tag.startsWith('to')),
      );
    });

    it('lists are filtered and paged without a gap or a repetition', async () => {
      const claims = `${incidentPath('salt-market')}/claims`;
      const whole = (await incidentAt('salt-market')).claims;
      expect(await follow(ruth, `${claims}?limit=4`)).toEqual(whole);
      const by = async (query: string): Promise<string[]> =>
        (await follow<AnnotationView>(ruth, `${claims}?${query}&limit=3`)).map(({ id }) => id);
      const idsOf = (wanted: (claim: (typeof whole)[number]) => boolean): string[] =>
        whole.filter(wanted).map(({ id }) => id);
      expect(await by('tag=toll')).toEqual(idsOf(({ tags }) => tags?.includes('toll') === true));
      expect(await by('modality=denied')).toEqual(idsOf(({ modality }) => modality === 'denied'));
      expect(await by('status=retracted')).toEqual([ids.of('sm-mercury-toll')]);
      expect(await by('recordedBy=tess')).toEqual(idsOf(({ recordedBy }) => recordedBy === 'tess'));
      const courier = ids.of('02-market-warning-courier.txt');
      expect(await by(`documentId=${courier}`)).toEqual(
        idsOf(({ anchor }) => anchor?.documentId === courier),
      );
      const links = await follow<AnnotationView>(
        ruth,
        `${incidentPath('salt-market')}/links?targetId=${ids.of('w-halvane-page')}`,
      );
      expect(links.map(({ id }) => id)).toEqual([ids.of('l-page-market'), ids.of('l-page-karst')]);
      const incidents = await follow<IncidentSummary>(ruth, 'incidents?limit=2');
      expect(incidents.map(({ id }) => id).sort()).toEqual(
        corpus.incidents.map(({ key }) => ids.of(key)).sort(),
      );
      expect(incidents.find(({ id }) => id === ids.of('salt-market'))?.counts).toMatchObject({
        claim: whole.length - 1,
        dispute: corpus.disputes.filter(({ incident }) => incident === 'salt-market').length,
      });
      expect((await ruth.get<Page<{ id: string }>>('documents?q=market')).body.items).not.toHaveLength(0);
      expect((await ruth.get<Page<unknown>>('documents?language=fr')).body.items).toHaveLength(1);
    });

    it('the raw ledger is paged from first to last, without a gap', async () => {
      const events = await follow<EventView>(ruth, 'events?limit=23');
      expect(events.map(({ position }) => position)).toEqual(events.map((_, index) => index + 1));
      expect(events).toHaveLength(await service.size());
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      const versions = new Map<string, number>();
      for (const { stream, version } of events) {
        expect(version).toBe((versions.get(stream) ?? 0) + 1);
        versions.set(stream, version);
      }
      const tagged = events.find(({ subject }) => subject === ids.of('sm-toll-early'));
      expect(tagged).toMatchObject({
        type: 'ClaimTagged',
        stream: `incident:${ids.of('salt-market')}`,
        actor: 'mira',
        data: { anchor: { exact: 'killing at least 31 people' }, figure: { min: 31, max: null } },
      });
      const after = await ruth.get<Page<EventView>>(`events?after=${at('settled').position}&limit=1`);
      expect(after.body.items).toMatchObject([
        { position: at('settled').position + 1, type: 'DisputeReopened' },
      ]);
    });

    it('a read that is asked again unchanged costs no body', async () => {
      for (const path of [
        incidentPath('tarrick'),
        pathOf('claims', 'sm-toll-early'),
        `documents/${ids.of('06-tarrick-rockets.txt')}`,
        `documents/${ids.of('06-tarrick-rockets.txt')}/text`,
      ]) {
        const first = await ruth.get(path);
        const again = await ruth.get(path, { 'if-none-match': `"x", W/${first.headers.get('etag')}` });
        expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
      }
    });

    it('the whole day replayed from the first event gives the same views', async () => {
      const views = await service.replay();
      expect(views.map(({ view }) => view)).toContain('incidents_v1');
      for (const { differences, events, rowsCompared } of views) {
        expect(differences).toEqual([]);
        expect(events).toBe(await service.size());
        expect(rowsCompared).toBeGreaterThan(0);
      }
    });
  });
});
