import { type Analyst, on } from './desk.js';

interface Desk {
  readonly ines: Analyst;
  readonly teodor: Analyst;
  readonly wanjiru: Analyst;
  readonly incident: string;
  /** The path of the incident. */
  readonly at: string;
}
type Ids = Readonly<Record<string, string>>;

const organisation = (name: string) => ({ name, kind: 'organisation' });
const named = (name: string) => ({ name, kind: 'named' });
const anonymous = (name: string) => ({ name, kind: 'anonymous' });
const GAZETTE = organisation('Port Mirel Gazette');
const OBSERVER = organisation('The Quarn Observer');
const QUILLON = organisation('Quillon Press Agency');
const MERCURY = organisation('Pellan Daily Mercury');
const AUTHORITY = organisation('Harbour Authority of Port Mirel');

const claimOn = (desk: Desk, documentId: string) => async (by: Analyst, exact: string, fields: object) =>
  (await by.post(`${desk.at}/claims`, { anchor: { documentId, exact }, ...fields })).id;

/** The first three days: the Gazette, the attack, the notice that was there before it. */
export async function before(desk: Desk): Promise<Ids> {
  const { ines, teodor, wanjiru, at } = desk;
  on('05-05 13:40');
  const claim = claimOn(desk, await wanjiru.brings(desk.incident, '1-blast-on-the-night-ferry.txt'));
  const killed = await claim(wanjiru, 'killing at least nine people', {
    statement: 'At least nine people were killed on the Grey Heron.',
    asserters: [organisation('Harbour police'), GAZETTE],
    quotation: 'paraphrase',
    modality: 'stated',
    tags: ['toll', 'killed'],
    figure: { counts: 'killed', min: 9, asPrinted: 'at least nine' },
  });
  const injured = await claim(wanjiru, 'injuring about 20', {
    statement: 'About 20 people were injured.',
    asserters: [organisation('Harbour police'), GAZETTE],
    quotation: 'paraphrase',
    modality: 'hedged',
    tags: ['toll', 'wounded'],
    figure: { counts: 'wounded', min: 18, max: 22, asPrinted: 'about 20' },
  });
  const nothing = await claim(wanjiru, 'We were told nothing.', {
    statement: 'The ministry had no warning of any kind.',
    asserters: [named('Hale Brannick'), GAZETTE],
    quotation: 'verbatim',
    modality: 'denied',
    tags: ['warning'],
  });
  on('05-05 15:05');
  const blamed = await claim(teodor, 'This is the Ninth Bell, and nobody else', {
    statement: 'The Ninth Bell bombed the ferry.',
    asserters: [named('Hale Brannick'), GAZETTE],
    quotation: 'verbatim',
    modality: 'stated',
    credibility: 4,
    tags: ['attribution'],
  });
  const denied = await claim(teodor, 'the group had no part in it', {
    statement: 'The Ninth Bell denies that it bombed the ferry.',
    asserters: [anonymous('a caller who said she spoke for the Ninth Bell'), GAZETTE],
    quotation: 'paraphrase',
    modality: 'denied',
    credibility: 3,
    tags: ['attribution', 'denial'],
  });
  const gangway = await claim(teodor, 'Boarding closes at 10:15', {
    statement: 'The ferry was to sail at 10:15.',
    tags: ['time'],
  });
  on('05-06 08:15');
  const van = await claim(
    wanjiru,
    'a white van had stood on the car deck with its lights on since the afternoon',
    {
      statement: 'A van stood on the car deck for hours, and was reported twice.',
      asserters: [anonymous('a deckhand'), GAZETTE],
      quotation: 'paraphrase',
      modality: 'stated',
      credibility: 3,
      tags: ['method'],
    },
  );
  const comment = await ines.post(`${at}/comments`, {
    targetId: gangway,
    body: '@teodor This is when boarding closed; she was to sail at half past ten.',
  });
  on('05-06 09:02');
  await teodor.post(`${at}/comments`, {
    targetId: gangway,
    replyTo: comment.id,
    body: 'Quite right, I take it out.',
  });
  await teodor.post(`${at}/claims/${gangway}/retraction`, {
    reason: 'The notice says when boarding closed, and nothing of the sailing.',
  });
  on('05-06 10:30');
  const attack = await teodor.post(`${at}/attacks`, {
    summary: 'A bomb in a van tears open the car deck of the night ferry Grey Heron at Sable Quay.',
    occurredAt: { edtf: '2024-05-04', asPrinted: 'on Saturday evening' },
    eventType: 'bombing-explosion',
    place: {
      name: 'Sable Quay, Port Mirel',
      country: 'Quarn',
      latitude: -47.21,
      longitude: -118.4,
      geoPrecision: 'exact',
    },
    weapons: ['explosives in a van'],
    casualties: {
      killed: { best: 9, low: 9, evidence: [killed] },
      wounded: { best: 20, low: 18, high: 22, evidence: [injured] },
    },
    evidence: [killed, injured, van],
  });
  return { killed, injured, nothing, blamed, denied, van, attack: attack.id };
}

/** What had been said beforehand, as it came to light: two warnings, and two people at work on one of them. */
export async function after(desk: Desk, { attack = '' }: Ids): Promise<Ids> {
  const { ines, teodor, wanjiru, incident, at } = desk;
  on('05-07 11:20');
  const onNotice = claimOn(desk, await teodor.brings(incident, '2-notice-to-operators.txt'));
  const action = await onNotice(
    teodor,
    'The Authority has been informed of a possible action against a vessel at one of the city quays.',
    {
      statement: 'The harbour authority knew of a possible attack on a vessel at a city quay.',
      asserters: [anonymous('an informant whom the notice does not name'), AUTHORITY],
      quotation: 'verbatim',
      modality: 'hedged',
      estimative: 'possible',
      credibility: 2,
      tags: ['warning'],
    },
  );
  const unknown = await onNotice(teodor, 'Neither the hour nor the quay is known', {
    statement: 'Neither hour nor quay was known on 2 May.',
    asserters: [AUTHORITY],
    quotation: 'verbatim',
    modality: 'stated',
    tags: ['warning', 'specificity'],
  });
  const notice = await teodor.post(`${at}/warnings`, {
    summary:
      'Notice No. 17 asks ferry operators for care: a possible action against a vessel at a city quay.',
    issuedBy: 'Harbour Authority of Port Mirel',
    issuedTo: ['operators of passenger ferries'],
    issuedAt: { edtf: '2024-05-02', asPrinted: 'Thursday, 2 May 2024' },
    channel: 'notice to operators',
    targets: ['a vessel at a city quay'],
    window: { edtf: '2024-05-02/..', asPrinted: 'in the coming days' },
    specificity: { when: 'vague', where: 'vague', who: 'none', how: 'vague' },
    disclosed: 'before',
    evidence: [action, unknown],
  });
  await teodor.post(`${at}/links`, {
    warningId: notice.id,
    attackId: attack,
    relation: 'warned-of',
    assessment: 'likely',
    confidence: 'moderate',
    grounds: 'Two days before, a vessel at a city quay, unaccompanied vehicles; but no quay and no hour.',
    evidence: [action, unknown],
  });
  on('05-09 09:45');
  const onObserver = claimOn(desk, await wanjiru.brings(incident, '3-dockers-wrote-to-the-ministry.txt'));
  const wrote = await onObserver(
    wanjiru,
    'wrote to the Ministry of Transport on Tuesday, April 30, that a bomb would be put on the night ferry at Sable Quay',
    {
      statement: 'The dockers’ union warned the ministry on 30 April and named the ferry and the quay.',
      asserters: [named('Bruna Castel'), QUILLON, OBSERVER],
      quotation: 'paraphrase',
      modality: 'stated',
      credibility: 3,
      tags: ['warning', 'specificity'],
    },
  );
  const van = await onObserver(wanjiru, 'a van will be used', {
    statement: 'The union’s letter said that a van would be used.',
    asserters: [named('Bruna Castel'), QUILLON, OBSERVER],
    quotation: 'verbatim',
    modality: 'stated',
    tags: ['warning', 'method'],
  });
  const unlikely = await onObserver(wanjiru, 'She called it unlikely that one had been sent.', {
    statement: 'The ministry calls it unlikely that the union sent a letter.',
    asserters: [named('Ottilie Rance'), organisation('Ministry of Transport of Quarn'), QUILLON, OBSERVER],
    quotation: 'paraphrase',
    modality: 'hedged',
    estimative: 'unlikely',
    tags: ['warning'],
  });
  on('05-09 10:20');
  const letter = await wanjiru.post(`${at}/warnings`, {
    summary: 'A letter of the dockers’ union names the night ferry, Sable Quay and a van.',
    issuedBy: 'Dockers’ union of Port Mirel',
    issuedTo: ['Ministry of Transport of Quarn'],
    issuedAt: { edtf: '2024-04-30', asPrinted: 'on Tuesday, April 30' },
    channel: 'letter',
    specificity: { when: 'vague', where: 'stated' },
    disclosed: 'after',
    evidence: [wrote],
  });
  // Both opened it as it was recorded: Ines says how it was sent while Wanjiru says how specific it was. Both changes are kept.
  on('05-09 10:31');
  await ines.merge(`${at}/warnings/${letter.id}`, letter.revision, {
    channel: 'letter, by ordinary post',
    specificity: { who: 'vague' },
    reason: 'Castel says so at the end.',
  });
  await wanjiru.merge(`${at}/warnings/${letter.id}`, letter.revision, {
    method: ['van'],
    specificity: { how: 'stated' },
    evidence: [wrote, van],
    reason: 'The letter named a van.',
  });
  on('05-10 08:50');
  const onMercury = claimOn(desk, await teodor.brings(incident, '4-minister-had-the-letter.txt'));
  const lay = await onMercury(
    teodor,
    'A letter that named the boat, the quay and the van lay at the Ministry of Transport of Quarn when the night ferry was blown up',
    {
      statement: 'The union’s letter was at the ministry before the bomb.',
      asserters: [organisation('Dockers’ union of Port Mirel'), QUILLON, MERCURY],
      quotation: 'paraphrase',
      modality: 'stated',
      credibility: 2,
      tags: ['warning'],
    },
  );
  await wanjiru.post(`${at}/links`, {
    warningId: letter.id,
    attackId: attack,
    relation: 'warned-of',
    assessment: 'very-likely',
    confidence: 'low',
    grounds: 'It names the boat, the quay and the van; whether it arrived in time is contested.',
    evidence: [wrote, van],
  });
  return { action, wrote, van, unlikely, lay, notice: notice.id, letter: letter.id };
}

/** A dispute: raised, settled on two papers, and reopened because the two are one source. */
export async function disagreement(desk: Desk, { nothing = '' }: Ids, ids: Ids): Promise<string> {
  const { ines, teodor, wanjiru, at } = desk;
  const { wrote = '', lay = '', unlikely = '', letter = '' } = ids;
  on('05-12 14:10');
  const dispute = await wanjiru.post(`${at}/disputes`, {
    question: 'Had the ministry been told before the ferry was bombed?',
    targets: [nothing, wrote, letter],
    positions: [
      {
        statement: 'It had the union’s letter of 30 April.',
        heldBy: 'Dockers’ union of Port Mirel',
        evidence: [wrote, lay],
      },
      {
        statement: 'It was told nothing.',
        heldBy: 'Ministry of Transport of Quarn',
        evidence: [nothing, unlikely],
      },
    ],
    grounds: 'The minister says that nothing was said; the union names a date and reads from a letter.',
    owner: 'ines',
  });
  await wanjiru.post(`${at}/comments`, {
    targetId: dispute.id,
    body: '@ines Could you settle this? The report is due on Friday.',
  });
  on('05-16 16:40');
  await ines.post(`${at}/disputes/${dispute.id}/resolution`, {
    outcome: 'prevails',
    prevailing: 0,
    reason: 'Two papers say that the letter was there, and the ministry only that it cannot find it.',
  });
  on('05-18 09:12');
  await teodor.revise(`${at}/claims/${lay}`, {
    credibility: 4,
    reason: 'The Mercury prints the agency’s dispatch, and makes “confirmed” of it.',
  });
  await teodor.post(`${at}/disputes/${dispute.id}/reopening`, {
    reason:
      'The Observer and the Mercury print one dispatch of the Quillon agency: that is one source, and the union is its only witness.',
  });
  on('05-18 11:35');
  const thanks = await ines.post(`${at}/comments`, {
    targetId: dispute.id,
    body: '@teodor You are right, I counted papers and not sources.',
  });
  on('05-18 11:52');
  await teodor.post(`${at}/comments`, {
    targetId: dispute.id,
    replyTo: thanks.id,
    body: 'The flow under Sources shows it at a glance.',
  });
  return dispute.id;
}

/** The last week: a copy of the post-book, a corrected toll, and a slip that is undone. */
export async function postBook(desk: Desk, first: Ids, ids: Ids, dispute: string): Promise<void> {
  const { ines, teodor, wanjiru, incident, at } = desk;
  const { killed = '', injured = '', nothing = '', blamed = '', denied = '', van = '', attack = '' } = first;
  const { wrote = '', lay = '', unlikely = '' } = ids;
  on('05-22 08:30');
  const slip = [
    await wanjiru.revise(`${at}/claims/${blamed}`, {
      modality: 'speculation',
      tags: ['attribution', 'rumour'],
    }),
    await wanjiru.revise(`${at}/claims/${denied}`, {
      modality: 'speculation',
      tags: ['attribution', 'rumour'],
    }),
  ];
  on('05-22 09:41');
  await ines.post('undo', {
    positions: slip.map(({ position }) => position),
    reason: 'The modality is the source’s own: the minister states it, and the caller denies it.',
  });
  on('05-29 10:05');
  const onPostBook = claimOn(desk, await wanjiru.brings(incident, '5-post-book-and-a-corrected-toll.txt'));
  const entered = await onPostBook(
    wanjiru,
    'entered in the post-book of the Ministry of Transport under Monday, May 6, two days after the explosion',
    {
      statement: 'The union’s letter reached the ministry on 6 May, after the bomb.',
      asserters: [organisation('Ministry of Transport of Quarn, post-book'), GAZETTE],
      quotation: 'paraphrase',
      modality: 'stated',
      credibility: 2,
      tags: ['warning', 'time'],
    },
  );
  const eleven = await onPostBook(wanjiru, 'put the dead at 11', {
    statement: '11 people died.',
    asserters: [organisation('Directorate of Health of Quarn'), GAZETTE],
    quotation: 'paraphrase',
    modality: 'stated',
    credibility: 1,
    tags: ['toll', 'killed'],
    figure: { counts: 'killed', min: 11, max: 11, asPrinted: '11' },
  });
  const thirtyFour = await onPostBook(wanjiru, 'the injured at 34', {
    statement: '34 people were injured.',
    asserters: [organisation('Directorate of Health of Quarn'), GAZETTE],
    quotation: 'paraphrase',
    modality: 'stated',
    credibility: 1,
    tags: ['toll', 'wounded'],
    figure: { counts: 'wounded', min: 34, max: 34, asPrinted: '34' },
  });
  on('05-29 11:15');
  await teodor.revise(`${at}/attacks/${attack}`, {
    casualties: {
      killed: { best: 11, low: 11, high: 11, evidence: [killed, eleven] },
      wounded: { best: 34, low: 34, high: 34, evidence: [injured, thirtyFour] },
    },
    evidence: [killed, injured, van, eleven, thirtyFour],
    reason: 'The Directorate corrects the first night.',
  });
  on('05-30 15:20');
  await wanjiru.revise(`${at}/disputes/${dispute}`, {
    positions: [
      {
        statement: 'It had the union’s letter of 30 April.',
        heldBy: 'Dockers’ union of Port Mirel',
        evidence: [wrote, lay],
      },
      {
        statement: 'It was told nothing.',
        heldBy: 'Ministry of Transport of Quarn',
        evidence: [nothing, unlikely],
      },
      {
        statement: 'It was written to in time, and read it too late.',
        heldBy: 'Port Mirel Gazette',
        evidence: [entered],
      },
    ],
    targets: [nothing, wrote, entered],
    reason: 'The post-book is a third answer.',
  });
  on('06-03 16:45');
  await ines.post(`${at}/comments`, {
    targetId: incident,
    body: 'Where we stand: 11 dead; who did it is open; one vague warning for certain, one exact one that may have come too late. @teodor asks the union for the postmark.',
  });
}
