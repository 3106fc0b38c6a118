import { SignInCodes } from '../../apps/api/src/index.js';
import { type ConsoleUnderTest, startConsole } from '../support/browser.js';

describe('the tour in the console', () => {
  let console: ConsoleUnderTest;
  beforeAll(async () => {
    console = await startConsole({ tour: true });
  });
  afterAll(() => console.close());

  const arrive = async () => {
    const { service } = console;
    const { body } = await service.admin.get('/v1/workspaces/tour/incidents');
    const code = service.application.get(SignInCodes).issue(service.admin.token, 'tour');
    return console.visit(`/incidents/${body.items[0].id}#sign-in=${code}`);
  };

  it('opens at the incident, and its three steps lead to a chain, to a dispute and into the past', async () => {
    const page = await arrive();
    const tour = page.getByRole('region', { name: 'Tour' });
    await page.getByRole('heading', { name: 'The night ferry, Port Mirel' }).waitFor();
    await tour.getByRole('heading', { name: '1 of 3: Who says it' }).waitFor();
    await tour.getByRole('button', { name: 'Show a claim with its chain' }).click();
    const selected = page.getByRole('complementary', { name: 'Selected' });
    await selected.getByText('Quillon Press Agency').first().waitFor();

    await tour.getByRole('button', { name: 'Next step' }).click();
    await tour.getByRole('button', { name: 'Show the dispute' }).click();
    const question = page.getByText('Had the ministry been told before the ferry was bombed?').first();
    await question.waitFor();
    await page.getByText('It was written to in time, and read it too late.').first().waitFor();

    await tour.getByRole('button', { name: 'Next step' }).click();
    await page.reload();
    await tour.getByRole('heading', { name: '3 of 3: What was believed then' }).waitFor();
    await tour.getByRole('button', { name: 'Show that moment' }).click();
    await page.getByText(/as of .*change \d+ of \d+/i).waitFor();
    await question.waitFor();
    await page.getByText('It was written to in time, and read it too late.').waitFor({ state: 'detached' });

    await tour.getByRole('button', { name: 'Start in your own workspace' }).click();
    await page.getByText('No incidents yet.').waitFor();
    await page.getByRole('button', { name: 'Go to the workspace tour' }).click();
    await page.getByRole('link', { name: 'The night ferry, Port Mirel' }).waitFor();
    expect(await tour.count()).toBe(0);
    await page.context().close();
  });

  it('can be skipped at once', async () => {
    const page = await arrive();
    await page.getByRole('button', { name: 'Skip the tour' }).click();
    await page.getByText('No incidents yet.').waitFor();
    await page.context().close();
  });

  it('is not there for who works elsewhere', async () => {
    const bob = await console.service.member('bob', 'annotator');
    const page = await console.open(bob.token);
    await page.getByText('No incidents yet.').waitFor();
    expect(await page.getByRole('region', { name: 'Tour' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: /Go to the workspace/ }).count()).toBe(0);
    await page.context().close();
  });
});
