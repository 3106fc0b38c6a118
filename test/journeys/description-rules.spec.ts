import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralParsers from '@stoplight/spectral-parsers';
import spectralRulesets from '@stoplight/spectral-rulesets';
import { startTestService, type TestService } from '../support/service.js';

/** What others hold a description of an API to: tools that are not ours find nothing to say about it. */
describe('the description of the API', () => {
  let service: TestService;
  let text: string;
  beforeAll(async () => {
    service = await startTestService();
    text = await (await fetch(`${service.url}/openapi.json`)).text();
  });
  afterAll(() => service.close());

  it('breaks none of the rules of spectral:oas', async () => {
    const spectral = new spectralCore.Spectral();
    spectral.setRuleset({ extends: [[spectralRulesets.oas as RulesetDefinition, 'recommended']] });
    const found = await spectral.run(new spectralCore.Document(text, spectralParsers.Json, 'openapi.json'));
    expect(found.map(({ code, path, message }) => `${code} ${path.join('/')}: ${message}`)).toEqual([]);
  }, 240_000);

  it('breaks none of the rules that Redocly recommends', async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: text, absoluteRef: 'openapi.json', config });
    expect(
      found.map(({ ruleId, location, message }) => `${ruleId} ${location[0]?.pointer}: ${message}`),
    ).toEqual([]);
  });
});
