import { exchangeReport, type ExchangeReport } from '@casebook/contracts';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { enter } from '../support/corpus.js';
import { ALL_KINDS_TEXT, incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

type ItemReport = Extract<ExchangeReport, { type: 'item' }>;
type EndReport = Extract<ExchangeReport, { type: 'end' }>;

const TABLES = ['claims', 'warnings', 'attacks', 'links', 'disputes', 'comments', 'items'];

describe('an import of tables', () => {
  let service: TestService;
  let alice: Client;
  let document: string;

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'annotator', 'Alice');
    const details = { title: 'Blast', text: ALL_KINDS_TEXT, url: 'https://example.org/blast' };
    document = (await alice.post('documents', details)).body.id as string;
  });
  afterAll(() => service.close());

  async function open(): Promise<string> {
    const path = `incidents/${(await enter(alice, 'incidents', { title: 'Another' })).id}`;
    await enter(alice, `${path}/documents`, { documentId: document });
    return path;
  }
  async function send(
    incident: string,
    kind: string,
    body: string | Uint8Array,
    { query = '', type = 'text/csv', client = alice } = {},
  ): Promise<{ items: ItemReport[]; end: EndReport }> {
    const answer = await client.post(`${incident}/import?kind=${kind}${query}`, body, {
      'content-type': type,
    });
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    const lines = answer.text
      .trimEnd()
      .split('\n')
      .map((line) => exchangeReport.parse(JSON.parse(line)));
    return {
      items: lines
        .filter((line): line is ItemReport => line.type === 'item')
        .sort((a, b) => a.index - b.index),
      end: lines.at(-1) as EndReport,
    };
  }
  const outcomes = ({ items }: { items: ItemReport[] }) => items.map(({ line, outcome }) => [line, outcome]);
  const tablesOf = async (incident: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        TABLES.map(async (kind) => [kind, (await alice.get(`${incident}/export/csv?kind=${kind}`)).text]),
      ),
    ) as Record<string, string>;

  it('takes its own tables into another incident, and exports the same values again', async () => {
    const made = await incidentOfAllKinds(alice);
    await alice.post(`incidents/${made['incident']}/links/${made['link']}/retraction`, { reason: '-1' });
    const first = await tablesOf(`incidents/${made['incident']}`);
    const there = await open();
    for (const kind of TABLES) {
      const report = await send(there, kind, first[kind]!);
      const expected = kind === 'items' ? 'kept' : 'recorded';
      expect([kind, new Set(report.items.map(({ outcome }) => outcome))]).toEqual([
        kind,
        new Set([expected]),
      ]);
    }
    const second = await tablesOf(there);
    for (const kind of TABLES)
      expect([kind, valuesIn(second[kind]!)]).toEqual([kind, valuesIn(first[kind]!)]);
    const [claim] = (await alice.get(`${there}/claims`)).body.items;
    expect(claim).toMatchObject({ statement: '=Nine were killed', origin: { format: 'casebook' } });
    const [comment] = (await alice.get(`${there}/comments`)).body.items.slice(-1);
    expect(comment.targetId).toBe(there.slice('incidents/'.length));

    const before = await service.size();
    for (const kind of TABLES) {
      const again = await send(there, kind, first[kind]!);
      const back = await send(`incidents/${made['incident']}`, kind, first[kind]!);
      for (const report of [again, back])
        expect(new Set(report.items.map(({ outcome }) => outcome))).toEqual(new Set(['known']));
    }
    expect(await service.size()).toBe(before);
  });

  it('reads the habits of spreadsheets: a byte order mark, semicolons, other names, blank rows, another charset', async () => {
    const incident = await open();
    const columns = encodeURIComponent(
      JSON.stringify({ Aussage: 'statement', Zitat: 'quote', Schlagworte: 'tags', Quelle: 'document_id' }),
    );
    const rows = [
      'Aussage;Zitat;Schlagworte;Quelle;Bearbeiter',
      '"Neun Tote; sagt man";“nine” people, 9;"Zahl\\; genau";https://example.org/blast;Jürgen',
      ';;;;',
      "'=1+1;the agency wrote;a;https://example.org/blast;",
    ].join('\r\n');
    const quoted = rows.replace('“nine” people, 9', 'said the governor');
    const marked = await send(incident, 'claims', `\ufeff${quoted}`, { query: `&columns=${columns}` });
    expect(outcomes(marked)).toEqual([
      [2, 'recorded'],
      [4, 'recorded'],
    ]);
    const [one, two] = (await alice.get(`${incident}/claims`)).body.items;
    expect(one).toMatchObject({
      statement: 'Neun Tote; sagt man',
      tags: ['Zahl; genau'],
      origin: { format: 'csv', rest: { columns: { Bearbeiter: 'Jürgen' } } },
      recordedBy: 'alice',
    });
    expect(two.statement).toBe('=1+1');

    const other = await open();
    const latin = await send(
      other,
      'warnings',
      iconv.encode('summary;issued_by\nDie „dritte“ Warnung;Jürgen', 'win1252'),
      {
        type: 'text/csv; charset=windows-1252',
      },
    );
    expect(latin.end).toMatchObject({ complete: true, recorded: 1 });
    expect((await alice.get(`${other}/warnings`)).body.items).toMatchObject([
      { summary: 'Die „dritte“ Warnung', issuedBy: 'Jürgen' },
    ]);
  });

  it('remembers what the columns are called, in the settings of the workspace', async () => {
    const set = await service.admin.patch('settings', {
      importColumns: { warnings: { Was: 'summary', Wer: 'issued_by' } },
      reason: 'Our sheet is in German.',
    });
    expect(set.status).toBe(200);
    const incident = await open();
    await send(incident, 'warnings', 'Was,Wer\nEine Notiz,Der Dienst\n');
    await send(incident, 'warnings', 'Was,Wer\nNoch eine,Der Bote\n', {
      query: `&columns=${encodeURIComponent('{"Wer":"channel"}')}`,
    });
    expect((await alice.get(`${incident}/warnings`)).body.items).toMatchObject([
      { summary: 'Eine Notiz', issuedBy: 'Der Dienst' },
      { summary: 'Noch eine', channel: 'Der Bote' },
    ]);
    expect((await alice.get('settings')).body.importColumns).toEqual({
      warnings: { Was: 'summary', Wer: 'issued_by' },
    });
  });

  it('refuses row by row what cannot be read, with the line, and records the others', async () => {
    const incident = await open();
    const report = await send(
      incident,
      'attacks',
      [
        'summary,latitude,longitude,occurred_at,killed_best',
        '"A blast\nat the market",-49.02,-121.77,2024-01-18,9',
        'Too few,1',
        'No number,north,1,,',
        'No date,,,the 18th,',
        'Half a place,1,,,',
        'Fine,,,,',
      ].join('\n'),
    );
    expect(outcomes(report)).toEqual([
      [2, 'recorded'],
      [4, 'refused'],
      [5, 'refused'],
      [6, 'refused'],
      [7, 'refused'],
      [8, 'recorded'],
    ]);
    expect(report.items.map(({ why = '' }) => why)).toEqual([
      '',
      expect.stringContaining('Line 4 has 2 cells, but the header has 5'),
      expect.stringContaining('On line 5, the column latitude holds "north"'),
      expect.stringContaining('occurredAt'),
      expect.stringContaining('place'),
      '',
    ]);
  });

  it('ties rows of several tables by the ids that the tables give them', async () => {
    const incident = await open();
    await send(incident, 'claims', 'id,quote,statement\n1,said the governor,The governor says so\n');
    await send(incident, 'warnings', 'id,summary,evidence\n1,A note,1\n');
    await send(incident, 'attacks', 'id,summary,evidence\n1,A blast,1; 2\n');
    const links = await send(incident, 'links', 'warning_id,attack_id,relation\n1,1,warned-of\n');
    expect(outcomes(links)).toEqual([[2, 'recorded']]);
    const comments = await send(
      incident,
      'comments',
      'target_id,body\nclaims/1,Who?\nincident,On all of it\n',
    );
    expect(outcomes(comments)).toEqual([
      [2, 'recorded'],
      [3, 'recorded'],
    ]);
    const [claim] = (await alice.get(`${incident}/claims`)).body.items;
    expect((await alice.get(`${incident}/attacks`)).body.items).toMatchObject([{ evidence: [claim.id] }]);
    expect((await alice.get(`${incident}/comments`)).body.items).toMatchObject([{ targetId: claim.id }, {}]);
  });

  it('as a dry run tells the same and records nothing; as an import it is undone as one', async () => {
    const incident = await open();
    const table = 'id,quote\na,said the governor\nb,nowhere in the text\n';
    const before = await service.size();
    const dry = await send(incident, 'claims', table, { query: '&dryRun=true' });
    expect([await service.size(), dry.end.dryRun]).toEqual([before, true]);
    const real = await send(incident, 'claims', table);
    expect(real.items).toEqual(dry.items);
    expect(outcomes(real)).toEqual([
      [2, 'recorded'],
      [3, 'orphaned'],
    ]);
    const undone = await alice.post('undo', { correlationId: real.end.import, reason: 'The wrong sheet.' });
    expect([undone.status, undone.body.undone.length]).toEqual([200, 2]);
  });

  it('says what is wrong with a table as a whole', async () => {
    const incident = await open();
    for (const [body, why] of [
      ['', 'is empty'],
      ['a,b\n1,2\n', 'None of the columns'],
      ['summary,summary\n1,2\n', 'Two columns'],
      ['summary\n"never closed\n', 'never closed'],
      [Buffer.from('summary\nJ\xfcrgen\n', 'latin1'), 'is not UTF-8'],
    ] as const) {
      const { end } = await send(incident, 'warnings', body);
      expect([end.complete, end.problem?.type, end.problem?.detail]).toEqual([
        false,
        'urn:casebook:problem:malformed-csv',
        expect.stringContaining(why),
      ]);
    }
    for (const [query, type, parameter] of [
      ['', 'text/csv', 'kind'],
      ['?kind=tolls', 'text/csv', 'kind'],
      ['?kind=claims&columns=%7B%22a%22%3A%22nothing%22%7D', 'text/csv', 'columns'],
      ['?kind=claims&columns=a', 'text/csv', 'columns'],
      ['?kind=claims', 'text/csv; charset=klingon', 'Content-Type'],
    ] as const) {
      const refused = await alice.post(`${incident}/import${query}`, 'quote\n', { 'content-type': type });
      expect([query, refused.status, refused.text]).toEqual([query, 400, expect.stringContaining(parameter)]);
    }
  });
});

/** What the rows say, without ids, which are new in every incident, and without who recorded them when. */
function valuesIn(table: string): Record<string, string>[] {
  const rows = parse<Record<string, string>>(table, { columns: true });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([name]) =>
          !/^(id|.*_id|targets|reply_to|.*evidence|origin_.*|attributed_.*|decided_.*|.*_(by|at)|revision)$/.test(
            name,
          ),
      ),
    ),
  );
}
