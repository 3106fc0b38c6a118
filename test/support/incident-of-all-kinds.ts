import { enter } from './corpus.js';
import type { Client } from './service.js';

export const ALL_KINDS_TEXT =
  'At least “nine” people were killed\u00a0– said the governor. 🙂 At least “nine” people were killed, the agency wrote.';

/** An incident with an annotation of every kind, with every field that exports have to carry; the ids of what it holds. */
export async function incidentOfAllKinds(client: Client): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  const document = { title: 'Blast at the market', text: ALL_KINDS_TEXT, url: 'https://example.org/blast' };
  ids['document'] = (await client.post('documents', document)).body.id as string;
  ids['incident'] = (await enter(client, 'incidents', { title: 'Blast “at” the market' })).id;
  const path = `incidents/${ids['incident']}`;
  const make = async (name: string, kind: string, body: object): Promise<void> => {
    ids[name] = (await enter(client, `${path}/${kind}`, body)).id;
  };
  await enter(client, `${path}/documents`, { documentId: ids['document'] });
  await make('claim', 'claims', {
    anchor: { documentId: ids['document'], exact: '“nine” people', start: 9, end: 22 },
    statement: '=Nine were killed',
    asserters: [
      { name: 'the governor', kind: 'named' },
      { name: 'Meridian', kind: 'organisation' },
    ],
    quotation: 'verbatim',
    modality: 'hedged',
    estimative: 'reportedly',
    credibility: 2,
    tags: ['toll', 'blessés'],
    figure: { counts: 'killed', min: 9, max: null, asPrinted: 'nine' },
  });
  await make('bare', 'claims', { anchor: { documentId: ids['document'], start: 0, end: 8 } });
  await make('warning', 'warnings', {
    summary: 'A third note',
    issuedTo: ['the contingent', 'the town'],
    issuedAt: { edtf: '2024-01-09', asPrinted: 'January 9' },
    specificity: { when: 'vague', who: 'stated' },
    evidence: [ids['claim']],
  });
  await make('attack', 'attacks', {
    summary: 'A blast',
    place: { name: 'Market', latitude: -49.0213, longitude: -121.7702 },
    casualties: { killed: { best: 9, low: 9, evidence: [ids['claim']] } },
  });
  await make('link', 'links', { warningId: ids['warning'], attackId: ids['attack'], relation: 'warned-of' });
  await make('dispute', 'disputes', {
    question: 'Nine?',
    targets: [ids['claim'], ids['attack']],
    positions: [{ statement: 'Nine.', evidence: [ids['claim']] }, { statement: 'Twelve.' }],
  });
  await make('comment', 'comments', { targetId: ids['claim'], body: 'One agency?' });
  await make('reply', 'comments', { targetId: ids['claim'], body: 'Two.', replyTo: ids['comment'] });
  await make('onIncident', 'comments', { targetId: ids['incident'], body: 'Hm.' });
  await make('item', 'items', {
    format: 'stix',
    type: 'indicator',
    title: 'An indicator',
    about: ['http://www.example.com/index.html', 'not an IRI'],
    content: { type: 'indicator', 'x-tool': [1, null, { deep: true }] },
  });
  return ids;
}
