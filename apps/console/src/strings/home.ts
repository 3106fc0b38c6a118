export const strings = {
  title: 'Home',
  open: 'Open an incident',
  import: 'Import documents',
  incidents: 'Incidents',
  noIncidents: 'No incident yet. Open one, and bring in the documents that tell of it.',
  noIncidentsThen: 'There was no incident at this moment.',
  counts: {
    claim: (n: number) => (n === 1 ? '1 claim' : `${n} claims`),
    warning: (n: number) => (n === 1 ? '1 warning' : `${n} warnings`),
    attack: (n: number) => (n === 1 ? '1 attack' : `${n} attacks`),
    link: (n: number) => (n === 1 ? '1 link' : `${n} links`),
    dispute: (n: number) => (n === 1 ? '1 dispute' : `${n} disputes`),
    comment: (n: number) => (n === 1 ? '1 comment' : `${n} comments`),
    item: (n: number) => (n === 1 ? '1 item' : `${n} items`),
  } as Readonly<Record<string, (n: number) => string>>,
  closed: 'closed',
  restricted: 'restricted',
  since: (count: string, names: string) => `${count} since your last visit, by ${names}`,
  changes: (n: number, more: boolean) =>
    more ? `More than ${n} changes` : n === 1 ? '1 change' : `${n} changes`,
  seeWhat: 'See what changed',
  latest: (when: string) => `Latest change ${when}`,

  continue: 'Continue',
  noDrafts: 'Nothing begun and not recorded.',
  draftFrom: (when: string) => `Begun ${when}`,
  discard: 'Discard',
  discardOf: (title: string) => `Discard the draft ${title}`,

  disputes: 'Your open disputes',
  noDisputes: 'No open dispute is yours to settle.',
  age: (days: number) =>
    days === 0 ? 'raised today' : days === 1 ? 'open for a day' : `open for ${days} days`,

  mentions: 'Mentions',
  noMentions: (id: string) => `Nobody has written @${id} in a comment.`,

  documents: 'Documents',
  noDocuments: 'No document yet. Drop a text file on this page.',
  filter: 'Find a document',
  noMatch: 'No document has these words in its title or publisher.',
  inIncident: 'Open in an incident',
  words: (codePoints: number) => `${codePoints.toLocaleString('en')} characters`,
  attachTo: (title: string) => `Read “${title}” in`,
  attachLead: 'A document is annotated within an incident. Choose one; the document is attached to it.',

  openTitle: 'Open an incident',
  incidentTitle: 'Title',
  summary: 'Summary',
  summaryHint: 'What happened, and what is contested.',
  create: 'Open it',
};
