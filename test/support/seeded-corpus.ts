import { createHash } from 'node:crypto';
import { corpusAnnotations, corpusDocuments, corpusText, enter, Ids, requestOf } from './corpus.js';
import type { Answer, Client } from './service.js';

/** Who works on the seeded incidents, with what each may do. */
export const PEOPLE = {
  mira: ['annotator', 'Mira Okonjo'],
  jonas: ['annotator', 'Jonas Wirth'],
  tess: ['annotator', 'Tess Albany'],
  ada: ['adjudicator', 'Ada Lindqvist'],
  ruth: ['auditor', 'Ruth Vane'],
} as const;
export type Person = keyof typeof PEOPLE;

export interface SeededCorpus {
  readonly people: Readonly<Record<Person, Client>>;
  /** The id of what the corpus calls by this key. */
  readonly id: (key: string) => string;
}

/** Moves the service's clock on, where it can be; days are counted from the beginning of the work. */
type Clock = (day: number) => void;

/**
 * The three incidents of the corpus as a team has worked on them for a month: claims, warnings, attacks, links, disputes raised, settled and
 * reopened, revisions, a retraction, a thread of comments, an undo.
 */
export async function seedCorpus(
  member: (id: string, role: string, name: string) => Promise<Client>,
  clock: Clock = () => undefined,
): Promise<SeededCorpus> {
  const entries = Object.entries(PEOPLE).map(
    async ([id, [role, name]]) => [id, await member(id, role, name)] as const,
  );
  const people = Object.fromEntries(await Promise.all(entries)) as unknown as SeededCorpus['people'];
  const ids = new Ids();
  const work = { people, ids, clock };
  await importAll(work);
  await annotateAll(work);
  await reconsider(work);
  return { people, id: ids.of };
}

interface Work {
  readonly people: SeededCorpus['people'];
  readonly ids: Ids;
  readonly clock: Clock;
}

const corpus = corpusAnnotations();
const ANALYSTS = ['mira', 'jonas', 'tess'] as const;
const INCIDENT_EVERY_DAYS = 4;

async function importAll({ people, ids, clock }: Work): Promise<void> {
  clock(0);
  for (const document of await corpusDocuments()) await people.mira.post('documents', document);
  for (const name of new Set(corpus.incidents.flatMap(({ documents }) => documents)))
    ids.set(name, `sha256:${createHash('sha256').update(corpusText(name), 'utf8').digest('hex')}`);
  for (const [index, { key, title, summary, documents }] of corpus.incidents.entries()) {
    clock(index * INCIDENT_EVERY_DAYS);
    ids.set(key, (await enter(people.mira, 'incidents', { title, summary })).id);
    for (const name of documents)
      await enter(people.mira, `incidents/${ids.of(key)}/documents`, { documentId: ids.of(name) });
  }
}

/** The annotations of each kind in order, each by the analyst whose turn it is, half a day or so after the one before. */
async function annotateAll({ people, ids, clock }: Work): Promise<void> {
  const request = requestOf(ids);
  const start = corpus.incidents.length * INCIDENT_EVERY_DAYS;
  const all = [
    ...corpus.claims.map((each) => ['claims', each, () => request.claim(each)] as const),
    ...corpus.warnings.map((each) => ['warnings', each, () => request.warning(each)] as const),
    ...corpus.attacks.map((each) => ['attacks', each, () => request.attack(each)] as const),
    ...corpus.links.map((each) => ['links', each, () => request.link(each)] as const),
    ...corpus.disputes.map(
      (each) => ['disputes', each, () => ({ ...request.dispute(each), owner: 'ada' })] as const,
    ),
  ];
  for (const [index, [kind, { key, incident }, body]] of all.entries()) {
    // Work comes in sittings of some eight annotations, a minute or so apart.
    clock(start + Math.floor(index / 8) * 0.7 + (index % 8) * 0.002);
    const analyst = people[ANALYSTS[index % ANALYSTS.length]!];
    ids.set(key, (await enter(analyst, `incidents/${ids.of(incident)}/${kind}`, body())).id);
  }
}

async function done(answered: Promise<Answer>): Promise<Answer> {
  const answer = await answered;
  if (answer.status >= 300) throw new Error(answer.text);
  return answer;
}

/** What the team then thought better of. */
async function reconsider({ people: { mira, jonas, tess, ada }, ids, clock }: Work): Promise<void> {
  const market = `incidents/${ids.of('salt-market')}`;
  const toll = `${market}/disputes/${ids.of('d-market-toll')}`;
  const attack = `${market}/attacks/${ids.of('a-salt-market')}`;
  const steps: readonly (() => Promise<unknown>)[] = [
    () =>
      done(
        mira.patch(`${market}/warnings/${ids.of('w-halvane-page')}`, {
          channel: 'typed page, by courier',
          reason: 'The Courier says by courier.',
        }),
      ),
    () =>
      done(
        mira.patch(attack, {
          eventType: 'bombing-explosion',
          casualties: { killed: { low: 38, best: 38, high: 41 }, wounded: { low: 104, best: 104 } },
        }),
      ),
    () =>
      done(
        ada.post(`${toll}/resolution`, {
          outcome: 'prevails',
          prevailing: 0,
          reason: 'The registrar accounts for the difference, group by group.',
        }),
      ),
    () => done(tess.post(`${toll}/reopening`, { reason: 'The traders opened their list.' })),
    () =>
      done(
        jonas.post(`${market}/claims/${ids.of('sm-mercury-toll')}/retraction`, {
          reason: 'It repeats the agency; it is no source of its own.',
        }),
      ),
    () =>
      done(
        mira.post(`${market}/disputes/${ids.of('d-market-any-warning')}/withdrawal`, {
          reason: 'The permanent secretary answered it himself.',
        }),
      ),
    async () => {
      const targetId = ids.of('sm-courier-named');
      const first = await enter(jonas, `${market}/comments`, {
        targetId,
        body: 'Is this not the dispatch that the Mercury prints too, @mira?',
      });
      await enter(mira, `${market}/comments`, {
        targetId,
        replyTo: first.id,
        body: 'Yes: one agency, two papers. @ada, count it once.',
      });
    },
    async () => {
      const { body } = await done(tess.patch(attack, { weapons: ['handcart bomb', 'car bomb'] }));
      await done(tess.post('undo', { positions: [body.position], reason: 'The wrong attack.' }));
    },
    () =>
      done(
        ada.post(`incidents/${ids.of('ardennock')}/closure`, {
          reason: 'The inquiry has published its report.',
        }),
      ),
  ];
  for (const [index, step] of steps.entries()) {
    clock(27 + index * 0.4);
    await step();
  }
}
