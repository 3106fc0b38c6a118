import { readFileSync, writeFileSync } from 'node:fs';
import { CommandLine } from '../support/command-line.js';
import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { startTestService, type TestService } from '../support/service.js';

describe('the commands that exchange incidents', () => {
  let service: TestService;
  let ids: Record<string, string>;
  const commands = new CommandLine();
  beforeAll(async () => {
    service = await startTestService();
    ids = await incidentOfAllKinds(service.admin);
  });
  afterAll(async () => {
    await commands.close();
    await service.close();
  });

  const run = (args: readonly string[], input?: string) =>
    commands.start([...args, '--url', service.url], { CASEBOOK_TOKEN: service.admin.token }, input).ended;
  const exportTo = (file: string, ...more: string[]) =>
    run(['export-incident', file, '--incident', ids['incident']!, '--format', 'stix', ...more]);
  const open = async (): Promise<string> => (await enter(service.admin, 'incidents', { title: 'There' })).id;

  it('write a bundle to a file, to a pipe, as of a moment', async () => {
    const position = await service.size();
    const file = commands.path('incident.stix.json');
    const written = await exportTo(file, '--json');
    expect([written.code, JSON.parse(written.stdout)]).toEqual([
      0,
      { file, format: 'stix', bytes: expect.any(Number) as number, position },
    ]);
    const piped = await exportTo('-', '--as-of', String(position));
    expect([piped.code, piped.stdout]).toEqual([0, readFileSync(file, 'utf8')]);
  });

  /** The bundle in a file of the folder that the commands share. */
  const bundle = async (): Promise<{ file: string; text: string }> => {
    const file = commands.path('bundle.stix.json');
    const { text } = await service.admin.get(`incidents/${ids['incident']}/export/stix`);
    writeFileSync(file, text);
    return { file, text };
  };

  it('tell what would become of a file, and record nothing', async () => {
    const { file } = await bundle();
    const there = await open();
    const before = await service.size();
    const dry = await run(['import-annotations', file, '--incident', there, '--from', 'stix', '--dry-run']);
    expect([dry.code, dry.stdout]).toEqual([0, expect.stringContaining('nothing was recorded (dry run)')]);
    expect(await service.size()).toBe(before);
  });

  it('take a bundle in from a pipe, and nothing of it twice from a file', async () => {
    const { file, text } = await bundle();
    const there = await open();
    const taken = await run(['import-annotations', '-', '--incident', there, '--from', 'stix'], text);
    expect([taken.code, taken.stdout]).toEqual([0, expect.stringMatching(/recorded.*; import /)]);
    const again = await run(['import-annotations', file, '--incident', there, '--from', 'stix', '--json']);
    const end = JSON.parse(again.stdout.trimEnd().split('\n').at(-1)!) as object;
    expect([again.code, end]).toEqual([0, expect.objectContaining({ type: 'end', recorded: 0, refused: 0 })]);
  });

  it('name the object that is refused, and end with 1', async () => {
    const file = commands.path('misp.json');
    writeFileSync(
      file,
      JSON.stringify({ Event: { info: 'Rockets', Attribute: [7, { type: 'text', value: 'x' }] } }),
    );
    const taken = await run(['import-annotations', file, '--incident', await open(), '--from', 'misp']);
    expect(taken.code).toBe(1);
    expect(taken.stderr).toContain(
      `${file}: item 0: refused: It is not a JSON object, so it is not a MISP attribute.`,
    );
    expect(taken.stdout).toContain('3 items: 2 kept, 1 refused');
  });

  it('say in a sentence what is wrong, leave no file, and end with 1', async () => {
    const file = commands.path('none.json');
    const unknown = await run(['export-incident', file, '--incident', ids['claim']!, '--format', 'stix']);
    expect([unknown.code, unknown.stdout]).toEqual([1, '']);
    expect(unknown.stderr).toContain('404');
    const format = await exportTo(file, '--format', 'docx');
    expect([format.code, format.stderr]).toEqual([1, expect.stringContaining('not an export format')]);
    expect(() => readFileSync(file)).toThrow('ENOENT');
  });

  it('say in a sentence that a file or a format is not there', async () => {
    const file = commands.path('absent.json');
    const absent = await run(['import-annotations', file, '--incident', ids['incident']!, '--from', 'stix']);
    expect([absent.code, absent.stderr]).toEqual([1, expect.stringContaining('absent.json')]);
    writeFileSync(file, '{}');
    const tool = await run(['import-annotations', file, '--incident', ids['incident']!, '--from', 'word']);
    expect([tool.code, tool.stderr]).toEqual([1, expect.stringContaining('from')]);
  });
});
