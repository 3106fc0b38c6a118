import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { startTestService, type TestService } from '../support/service.js';

describe('an incident for fact-checkers and for maps', () => {
  let service: TestService;
  let ids: Record<string, string>;

  beforeAll(async () => {
    service = await startTestService();
    ids = await incidentOfAllKinds(service.admin);
  });
  afterAll(() => service.close());

  const read = async (format: string): Promise<any> =>
    JSON.parse((await service.admin.get(`incidents/${ids['incident']}/export/${format}`)).text);

  it('as ClaimReview has a review for each position of a settled dispute, and none of an open one', async () => {
    expect((await read('claimreview'))['@graph']).toEqual([]);
    await service.admin.post(`incidents/${ids['incident']}/disputes/${ids['dispute']}/resolution`, {
      outcome: 'prevails',
      prevailing: 1,
      reason: 'Two sources.',
    });
    await service.caughtUp();
    const { '@context': context, '@graph': reviews } = await read('claimreview');
    expect(context).toBe('https://schema.org');
    expect(reviews).toMatchObject([
      {
        '@type': 'ClaimReview',
        claimReviewed: 'Nine.',
        author: { '@type': 'Person', name: 'Administrator' },
        itemReviewed: {
          '@type': 'Claim',
          appearance: [{ '@type': 'CreativeWork', url: 'https://example.org/blast' }],
        },
        reviewRating: { alternateName: 'Does not prevail', ratingExplanation: 'Two sources.' },
      },
      { claimReviewed: 'Twelve.', reviewRating: { alternateName: 'Prevails' } },
    ]);
    expect(reviews[0].reviewRating.ratingValue).toBeUndefined();
  });

  it('as GeoJSON has a point where coordinates are recorded, and invents none', async () => {
    await enter(service.admin, `incidents/${ids['incident']}/attacks`, {
      summary: 'Somewhere in the north',
      place: { name: 'The north', geoPrecision: 'region' },
    });
    await service.caughtUp();
    expect(await read('geojson')).toMatchObject({
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [-121.7702, -49.0213] },
          properties: { summary: 'A blast', killedBest: 9 },
        },
        { geometry: null, properties: { place: 'The north', geoPrecision: 'region', acledGeoPrecision: 3 } },
      ],
    });
  });
});
