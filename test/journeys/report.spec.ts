import { writeFile } from 'node:fs/promises';
import { EXPORT_FORMATS, ExportRefused, proveReport } from '@casebook/exchange';
import type { IncidentSource } from '@casebook/views';
import { CommandLine } from '../support/command-line.js';
import { fetchExport, textOf } from '../support/exports.js';
import { incidentOfAllKinds } from '../support/incident-of-all-kinds.js';
import { type Client, startTestService, type TestService } from '../support/service.js';

const HOSTILE = '</style><script>alert(1)</script><img src=x onerror=alert(2)> & "quoted" \u202eRTL שלום';

describe('a report for people', () => {
  let service: TestService;
  let alice: Client;
  let ids: Record<string, string>;
  const line = new CommandLine();

  beforeAll(async () => {
    service = await startTestService();
    alice = await service.member('alice', 'adjudicator', 'Alice <b>“A”</b>');
    ids = await incidentOfAllKinds(alice);
    const path = `incidents/${ids['incident']}`;
    await alice.patch(path, { title: `Blast ${HOSTILE}`, summary: HOSTILE });
    await alice.post(`${path}/disputes/${ids['dispute']}/resolution`, {
      outcome: 'prevails',
      prevailing: 1,
      reason: HOSTILE,
    });
    await alice.patch(`documents/${ids['document']}`, { upstream: 'Meridian, 4 March', tlp: 'amber' });
    await service.caughtUp();
  });
  afterAll(async () => {
    await service.close();
    await line.close();
  });

  const page = async (): Promise<{ text: string; policy: string }> => {
    const { status, bytes, headers } = await fetchExport(
      service.url,
      alice,
      `incidents/${ids['incident']}/export/report.html`,
    );
    expect(status).toBe(200);
    return { text: bytes.toString('utf8'), policy: headers.get('content-security-policy') ?? '' };
  };
  const verify = async (text: string, name: string, ...more: string[]) => {
    await writeFile(line.path(name), text);
    return line.start(['verify', '--offline', line.path(name), ...more]).ended;
  };

  it('tells the timeline, warnings beside attacks, tolls, disputes with their evidence, and sources', async () => {
    const { text } = await page();
    for (const heading of ['Timeline', 'Warnings beside attacks', 'Tolls', 'Disputes', 'Sources', 'Claims'])
      expect(text).toContain(`<h2>${heading}</h2>`);
    for (const words of [
      'A third note',
      '9 January 2024',
      'A blast',
      'Twelve.',
      'Meridian, 4 March',
      'TLP:AMBER',
    ])
      expect(text).toContain(words);
  });

  it('runs nothing and loads nothing, whatever an analyst wrote', async () => {
    const { text, policy } = await page();
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]+='; base-uri 'none'; form-action 'none'$/,
    );
    expect(text).not.toMatch(/<script|<img|<link|<iframe|<[^>]*\s(on\w+|src)=|@import|url\(/i);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text.match(/<style>/g)).toHaveLength(1);
  });

  it('is proved from the saved page alone', async () => {
    const { text } = await page();
    const key = (await alice.get('ledger/verifier-key')).text.trim();
    const proved = await verify(text, 'report.html', '--verifier-key', key);
    expect([proved.code, proved.stderr]).toEqual([0, '']);
    const events = (await alice.get(`incidents/${ids['incident']}/history?limit=500`)).body
      .items as unknown[];
    expect(proved.stdout).toContain(`All ${events.length} events of the incident ${ids['incident']}`);
    expect(proved.stdout).toContain('Not proved: the wording of the page');
    expect(proved.stdout).toContain('IncidentOpened by alice');
  });

  it('is not proved once an event in it is changed, left out, or added from elsewhere', async () => {
    const { text } = await page();
    const other = await incidentOfAllKinds(alice);
    await service.caughtUp();
    const foreign = (
      await fetchExport(service.url, alice, `incidents/${other['incident']}/export/report.html`)
    ).bytes.toString('utf8');
    const inside = /(<pre id="casebook-proof" hidden>)(.*)(<\/pre>)/s;
    const proofOf = (from: string) =>
      JSON.parse(
        inside
          .exec(from)![2]!
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&'),
      ) as { events: { envelope: string; path: number[] }[]; incidentId: string };
    const withProof = (proof: unknown): string =>
      text.replace(
        inside,
        (_, open: string, __, close: string) =>
          `${open}${JSON.stringify(proof).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}${close}`,
      );
    const proof = proofOf(text);
    const [first, second, ...rest] = proof.events;
    const changed = { ...second!, envelope: second!.envelope.replace('"alice"', '"mallory"') };
    for (const [events, incidentId, why] of [
      [[first, changed, ...rest], proof.incidentId, 'not in the signed ledger'],
      [[first, ...rest], proof.incidentId, 'is missing'],
      [proofOf(foreign).events, proof.incidentId, 'not in the signed ledger'],
      [proof.events, other['incident'], 'not to the incident'],
      [[], proof.incidentId, 'contains no event'],
    ] as const) {
      const forged = withProof({ ...proof, events, incidentId });
      expect(() => proveReport(forged)).toThrow(why);
    }
    const nothing = await verify('<!doctype html><p>Hello', 'none.html');
    expect([nothing.code, nothing.stderr]).toEqual([1, expect.stringContaining('contains no proof')]);
  });

  it('is the same to the byte as of the position that it names', async () => {
    const { text } = await page();
    const position = /As of position (\d+)/.exec(text)![1]!;
    const again = await fetchExport(
      service.url,
      alice,
      `incidents/${ids['incident']}/export/report.html?asOf=${position}`,
    );
    expect(again.bytes.toString('utf8')).toBe(text);
  });

  it('as PDF says the same', async () => {
    const { status, bytes } = await fetchExport(
      service.url,
      alice,
      `incidents/${ids['incident']}/export/report.pdf`,
    );
    expect([status, bytes.subarray(0, 5).toString('latin1')]).toEqual([200, '%PDF-']);
    const text = await textOf('report.pdf', bytes);
    for (const words of ['A third note', 'Twelve.', 'How to check this report'])
      expect(text).toContain(words);
  });

  it('as PDF is refused in a sentence where the service has no Chromium', async () => {
    const pieces = EXPORT_FORMATS['report.pdf'].write({} as IncidentSource, { base: '' });
    await expect(pieces[Symbol.asyncIterator]().next()).rejects.toThrow(ExportRefused);
  });
});
