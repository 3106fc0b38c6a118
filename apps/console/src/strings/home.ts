export const strings = {
  title: 'Home',
  open: 'Open an incident',
  import: 'Import documents',
  incidents: 'Incidents',
  noIncidents: 'No incidents yet. Open one, and import the documents about it.',
  noIncidentsThen: 'There were no incidents at this moment.',
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
  noDrafts: 'No drafts.',
  draftFrom: (when: string) => `Begun ${when}`,
  discard: 'Discard',
  discardOf: (title: string) => `Discard the draft ${title}`,

  disputes: 'Your open disputes',
  noDisputes: 'You have no open disputes to settle.',
  age: (days: number) =>
    days === 0 ? 'raised today' : days === 1 ? 'open for a day' : `open for ${days} days`,

  mentions: 'Mentions',
  noMentions: (id: string) => `Nobody has mentioned @${id} in a comment.`,

  documents: 'Documents',
  noDocuments: 'No documents yet. Drop a text file on this page.',
  filter: 'Find a document',
  noMatch: 'No document has these words in its title or publisher.',
  inIncident: 'Open in an incident',
  words: (codePoints: number) => `${codePoints.toLocaleString('en')} characters`,
  attachTo: (title: string) => `Read “${title}” in`,
  attachLead:
    'Documents are annotated within an incident. Choose one, and the document will be attached to it.',

  openTitle: 'Open an incident',
  incidentTitle: 'Title',
  summary: 'Summary',
  summaryHint: 'What happened, and what is contested.',
  create: 'Open it',
};
