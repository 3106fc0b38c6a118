import { createHash } from 'node:crypto';
import {
  articlesAreThere,
  claimOf,
  type EnteredArticles,
  enterArticles,
  figuresOf,
  mapped,
  RELATION,
} from '../support/articles.js';
import { enter } from '../support/corpus.js';
import { startTestService, type TestService } from '../support/service.js';

if (!articlesAreThere) {
  it.todo('three real articles: ../shared/documents is not beside this checkout, so they are not entered');
}

(articlesAreThere ? describe : describe.skip)(
  'three real articles with no-break spaces, curly quotes and brackets',
  () => {
    let service: TestService;
    let articles: EnteredArticles;
    beforeAll(async () => {
      service = await startTestService();
      articles = await enterArticles(await service.member('analyst', 'annotator'));
    });
    afterAll(() => service.close());

    it('each document is known by the SHA-256 of its text and comes back byte for byte', async () => {
      const { expected, ids } = articles;
      expect(expected.documents).toHaveLength(3);
      for (const { document, sha256, bytes, codePoints, title } of expected.documents) {
        expect(ids.of(document)).toBe(`sha256:${sha256}`);
        expect((await service.admin.get(`documents/${ids.of(document)}`)).body).toMatchObject({
          title,
          bytes,
          codePoints,
        });
        const address = `${service.url}/v1/workspaces/default/documents/${ids.of(document)}/text`;
        const answer = await fetch(address, { headers: { authorization: `Bearer ${service.admin.token}` } });
        const body = Buffer.from(await answer.arrayBuffer());
        expect(createHash('sha256').update(body).digest('hex')).toBe(sha256);
      }
    });

    it('all 55 spans read back with their exact quote, context, offsets and figures', async () => {
      const { expected, texts, ids, incidentOf, view } = articles;
      expect(expected.annotations).toHaveLength(55);
      for (const span of expected.annotations) {
        const path = `${incidentOf(span.incident)}/claims/${ids.of(span.id)}`;
        const { body: claim } = await service.admin.get(path);
        const [figure] = figuresOf(span);
        expect(claim).toMatchObject({
          id: ids.of(span.id),
          kind: 'claim',
          status: 'active',
          revision: 1,
          recordedBy: 'analyst',
          ...claimOf(span, ids.of(span.document), figure),
        });
        expect(claim.figure).toEqual(figure);
        const points = Array.from(texts.get(span.document) ?? '');
        expect(points.slice(claim.anchor.start, claim.anchor.end).join('')).toBe(span.exact);
        expect(view(span.incident).claims).toContainEqual(claim);
      }
    });

    it('the second and third figure of a span stand on the same quote', () => {
      const { expected, ids, view } = articles;
      const several = expected.annotations.filter((span) => figuresOf(span).length > 1);
      expect(several.map(({ id }) => id)).toEqual(['C03', 'C12', 'C25']);
      for (const span of several) {
        const claims = view(span.incident).claims.filter(
          ({ anchor }) => anchor?.start === span.start && anchor.documentId === ids.of(span.document),
        );
        expect(claims.map(({ figure }) => figure)).toEqual(figuresOf(span));
        for (const { anchor } of claims) expect(anchor?.exact).toBe(span.exact);
      }
    });

    it('a quote without its position finds the same place, for every span', async () => {
      const { expected, ids, incidentOf } = articles;
      const before = await service.size();
      for (const span of expected.annotations.slice(0, 12)) {
        const { id } = await enter(service.admin, `${incidentOf(span.incident)}/claims`, {
          anchor: { documentId: ids.of(span.document), exact: span.exact },
        });
        const { body } = await service.admin.get(`${incidentOf(span.incident)}/claims/${id}`);
        expect([body.anchor.start, body.anchor.end]).toEqual([span.start, span.end]);
      }
      expect(await service.size()).toBe(before + 12);
    });

    it('its warnings, attacks, links and disputes read back', () => {
      const { expected, ids, view } = articles;
      expect([
        expected.warnings.length,
        expected.attacks.length,
        expected.links.length,
        expected.disputes.length,
      ]).toEqual([4, 8, 10, 4]);
      for (const each of expected.warnings) {
        expect(view(each.incident).warnings.find(({ id }) => id === ids.of(each.id))).toMatchObject({
          issuedBy: each.issuedBy,
          issuedTo: each.issuedTo,
          issuedAt: { edtf: each.issuedAtEdtf, asPrinted: each.issuedAtText },
          evidence: each.annotations.map(ids.of),
        });
      }
      for (const each of expected.attacks) {
        const found = view(each.incident).attacks.find(({ id }) => id === ids.of(each.id));
        expect(found).toMatchObject({
          summary: each.name,
          occurredAt: { edtf: each.whenEdtf, asPrinted: each.whenText },
          claimedBy: each.perpetratorClaimed,
          evidence: each.annotations.map(ids.of),
        });
        expect(found?.casualties?.killed?.low).toBe(each.fatalities[0]?.min);
        expect(found?.casualties?.wounded?.low).toBe(each.injured[0]?.min);
      }
      const links = ['PARIS', 'K1'].flatMap((code) => view(code).links);
      for (const each of expected.links) {
        const found = links.find(({ id }) => id === ids.of(each.id));
        expect(found?.warningId ?? found?.earlierAttackId).toBe(ids.of(each.source));
        expect(found).toMatchObject({
          attackId: ids.of(each.target),
          relation: mapped(RELATION, each.type),
          evidence: each.evidence.map(ids.of),
        });
      }
      for (const each of expected.disputes) {
        expect(view(each.incident).disputes.find(({ id }) => id === ids.of(each.id))).toMatchObject({
          question: each.question,
          status: 'open',
          positions: each.positions.map(({ value, annotations }) => ({
            statement: value,
            evidence: annotations.map(ids.of),
          })),
        });
      }
    });

    it('nothing of it differs when it is replayed from the first event', async () => {
      for (const { differences } of await service.replay()) expect(differences).toEqual([]);
    });
  },
);
