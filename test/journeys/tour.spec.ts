import {
  type FreshStart,
  freshStart,
  masked,
  outputOf,
  patternOf,
  readPage,
  sectionOf,
  stepsOf,
} from '../support/pasted.js';

const MARK = '@@@ step';

/* All blocks of the tour run in one bash session, as if pasted whole. */
describe('the tour of the README', () => {
  const steps = stepsOf(sectionOf(readPage('README.md'), 'A tour'), 'sh');
  let service: FreshStart;
  let outputs: string[];

  beforeAll(async () => {
    service = await freshStart();
    const script = steps
      .map(({ code }) => `${code}\nprintf '\\n${MARK}\\n'`)
      .join('\n')
      .replaceAll('casebook_4Xv4…', service.token)
      .replaceAll('http://127.0.0.1:3000', service.url);
    outputs = (await outputOf('bash', ['-c', `exec 2>&1\n${script}`])).split(MARK);
  }, 400_000);

  afterAll(() => service.stop(), 60_000);

  it('has commands, and prints what most of them answer', () => {
    expect(steps.length).toBeGreaterThan(10);
    expect(steps.filter(({ printed }) => printed !== null).length).toBe(steps.length - 1);
  });

  it.each(steps.map(({ code, printed }, index) => [code.split('\n')[0], printed, index] as const))(
    '%s',
    (_command, printed, index) => {
      expect(masked(outputs[index] ?? '')).toMatch(patternOf(printed ?? ''));
    },
  );
});
