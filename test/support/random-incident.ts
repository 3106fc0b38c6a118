import type { AnnotationKind } from '@casebook/contracts';
import { fieldsOf, phrases } from '@casebook/testing';
import fc from 'fast-check';
import { enter } from './corpus.js';
import type { Client } from './service.js';

/** Of each kind, as many; references name others by their keys. */
const EACH = 3;
const keysOf = (kind: AnnotationKind): string[] =>
  Array.from({ length: EACH }, (_, index) => `$${kind}-${index}`);
const anyOf = (...kinds: AnnotationKind[]) => fc.constantFrom(...kinds.flatMap(keysOf));

/** Text that breaks careless tools: right-to-left script with marks, surrogate pairs, what spreadsheets take for formulas, quotes. */
const hostile = fc.constantFrom(
  '\u202eمرحبا\u202c "عالم"',
  '👩🏽‍🚀𝒜\u{10ffff}',
  "=cmd|'/c calc'!A1",
  '+1\t-1 @x',
  '"\\"</script>\u2028\u2029',
  '-1',
);
const words = fc.oneof(phrases(), hostile);

type Fields = Record<string, any>;
export interface IncidentPlan {
  readonly text: string;
  /** The passages of the text, in code points. */
  readonly passages: readonly { readonly start: number; readonly end: number }[];
  readonly lines: readonly { readonly kind: AnnotationKind; readonly key: string; readonly body: Fields }[];
  readonly retracted: readonly string[];
  readonly settled: boolean;
}

const kinds = fieldsOf({
  claims: anyOf('claim'),
  warnings: anyOf('warning'),
  attacks: anyOf('attack'),
  targets: anyOf('claim', 'item', 'warning', 'attack', 'link'),
});
const IN_ORDER = ['claim', 'item', 'warning', 'attack', 'link', 'dispute', 'comment'] as const;

/** An incident with annotations of every kind, all fields as random as they may be. */
export const incidentPlans = (): fc.Arbitrary<IncidentPlan> =>
  fc
    .record({
      parts: fc.array(words, { minLength: 1, maxLength: 5 }),
      drawn: fc.tuple(
        ...IN_ORDER.map((kind) =>
          fc.array(kinds[kind] as fc.Arbitrary<Fields>, { minLength: EACH, maxLength: EACH }),
        ),
      ),
      hostile: fc.array(hostile, { minLength: 3, maxLength: 3 }),
      retracted: fc.subarray([...keysOf('claim'), ...keysOf('item'), ...keysOf('attack')], { maxLength: 2 }),
      settled: fc.boolean(),
    })
    .map(({ parts, drawn, hostile: bad, ...rest }) => {
      const passages: { start: number; end: number }[] = [];
      let length = 0;
      for (const part of parts) {
        const end = length + Array.from(part).length;
        passages.push({ start: length, end });
        length = end + 3;
      }
      const lines = IN_ORDER.flatMap((kind, at) =>
        drawn[at]!.map((body, index) => ({
          kind,
          key: `${kind}-${index}`,
          body: fitting(kind, body, index, bad),
        })),
      );
      return { text: parts.join(' | '), passages, lines, ...rest };
    });

/** The fields with what the service asks of them besides their form. */
function fitting(kind: AnnotationKind, body: Fields, index: number, bad: readonly string[]): Fields {
  switch (kind) {
    case 'claim':
      return {
        ...body,
        ...(index === 0 && {
          statement: bad[0],
          tags: [...new Set(bad)].filter((tag) => !/[\u202e\u202c\u2028\u2029]/.test(tag)),
        }),
      };
    case 'dispute':
      return {
        ...body,
        ...('owner' in body && { owner: 'admin' }),
        ...(index === 0 && { question: bad[1] }),
      };
    case 'comment': {
      const { replyTo: _, ...others } = body;
      return index === 2
        ? { ...others, targetId: '$claim-0', replyTo: '$comment-0' }
        : index === 0
          ? { ...others, targetId: '$claim-0' }
          : others;
    }
    case 'warning':
    case 'attack':
      return index === 0 ? { ...body, summary: `${bad[2]} ${'x'.repeat(9000)}` } : body;
    case 'link':
    case 'item':
      return body;
  }
}

const COMMANDS: Readonly<Record<AnnotationKind, string>> = {
  claim: 'tag-claim',
  item: 'keep-item',
  warning: 'record-warning',
  attack: 'record-attack',
  link: 'link-warning',
  dispute: 'raise-dispute',
  comment: 'make-comment',
};

/** Records it; the incident's path. The client may adjudicate. */
export async function makeIncident(client: Client, plan: IncidentPlan): Promise<string> {
  const { text, passages, lines, retracted, settled } = plan;
  const document = { title: 'Random', text, url: 'https://example.org/random', publisher: 'The Courier' };
  const { id: documentId } = (await client.post('documents', document)).body as { id: string };
  const incident = await enter(client, 'incidents', { title: 'Random “incident”', summary: 'Of one run.' });
  const path = `incidents/${incident.id}`;
  const bodies = lines.map(({ kind, key, body }, index) => ({
    key,
    command: COMMANDS[kind],
    body: kind === 'claim' ? { ...body, anchor: { documentId, ...passages[index % passages.length] } } : body,
  }));
  bodies.push({ key: 'on', command: 'make-comment', body: { targetId: incident.id, body: 'On it all.' } });
  await enter(client, `${path}/documents`, { documentId });
  const imported = await client.post(
    `${path}/import`,
    bodies.map((line) => JSON.stringify(line)).join('\n'),
    { 'content-type': 'application/x-ndjson' },
  );
  const end = JSON.parse(imported.text.trimEnd().split('\n').at(-1)!) as { refused: number };
  if (end.refused > 0) throw new Error(imported.text);
  await stand(client, path, retracted, settled);
  return path;
}

async function stand(
  client: Client,
  path: string,
  retracted: readonly string[],
  settled: boolean,
): Promise<void> {
  const change = async (of: string, body: object): Promise<void> => {
    const { status, text } = await client.post(`${path}/${of}`, body);
    if (status !== 200) throw new Error(`${of}: ${text}`);
  };
  const idsOf = async (list: string): Promise<string[]> =>
    ((await client.get(`${path}/${list}?limit=50`)).body.items as { id: string }[]).map(({ id }) => id);
  for (const key of retracted) {
    const [kind, index] = key.slice(1).split('-');
    const list = `${kind}s`;
    await change(`${list}/${(await idsOf(list))[Number(index)]}/retraction`, { reason: 'No longer.' });
  }
  if (settled) {
    const [dispute] = await idsOf('disputes');
    await change(`disputes/${dispute}/resolution`, { outcome: 'compatible', reason: 'Both hold.' });
  }
}
