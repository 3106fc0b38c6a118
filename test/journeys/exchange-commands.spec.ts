import { readFileSync, writeFileSync } from 'node:fs';
import { CommandLine, type EndedCommand } from '../support/command-line.js';
import { enter } from '../support/corpus.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { startTestService, type TestService } from '../support/service.js';

describe('tables and reports on the command line', () => {
  const line = new CommandLine();
  let service: TestService;
  let ids: Record<string, string>;

  beforeAll(async () => {
    service = await startTestService();
    ids = await incidentOfAllKinds(service.admin);
  });
  afterAll(async () => {
    await line.close();
    await service.close();
  });

  const run = (...args: string[]): Promise<EndedCommand> =>
    line.start(args, { CASEBOOK_URL: service.url, CASEBOOK_TOKEN: service.admin.token }).ended;

  it('write a table to a file, and one as of a moment to standard output', async () => {
    const incident = ['--incident', ids['incident']!];
    const claims = line.path('claims.csv');
    const written = await run('export-incident', claims, ...incident, '--format', 'csv', '--kind', 'claims');
    expect([written.code, written.stdout]).toEqual([
      0,
      expect.stringContaining('bytes as csv, as of position'),
    ]);
    expect(readFileSync(claims, 'utf8')).toContain("'=Nine were killed");
    const moment = String(await service.size());
    await enter(service.admin, `incidents/${ids['incident']}/comments`, {
      targetId: ids['claim'],
      body: 'Later.',
    });
    const then = await run(
      'export-incident',
      '-',
      ...incident,
      '--format',
      'csv',
      '--kind',
      'comments',
      '--as-of',
      moment,
    );
    expect([then.code, then.stdout.includes('One agency?'), then.stdout.includes('Later.')]).toEqual([
      0,
      true,
      false,
    ]);
    const refused = await run('export-incident', '-', ...incident, '--format', 'csv');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('?kind=claims')]);
  });

  it('bring a table in, with a file that maps its columns, and name the line of what is refused', async () => {
    const { id } = await enter(service.admin, 'incidents', { title: 'Another' });
    writeFileSync(
      line.path('sheet.csv'),
      Buffer.from('Was,Wann\nJ\xfcrgen warnt,2024-01-09\nUndatiert,bald\n', 'latin1'),
    );
    writeFileSync(line.path('columns.json'), '{"Was": "summary", "Wann": "issued_at"}');
    const table = ['--incident', id, '--from', 'csv', '--kind', 'warnings', '--charset', 'windows-1252'];
    const came = await run(
      'import-annotations',
      line.path('sheet.csv'),
      ...table,
      '--columns',
      line.path('columns.json'),
    );
    expect([came.code, came.stdout]).toEqual([1, expect.stringContaining('2 items: 1 recorded, 1 refused')]);
    expect(came.stderr).toContain('sheet.csv: line 3');
    expect((await service.admin.get(`incidents/${id}/warnings`)).body.items).toMatchObject([
      { summary: 'Jürgen warnt', issuedAt: { edtf: '2024-01-09' } },
    ]);
  });
});
