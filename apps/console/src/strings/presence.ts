export const strings = {
  present: 'Here now',
  /** A member and the incident or document where they are. */
  at: (name: string, place: string) => `${name}, at ${place}`,
  aDocument: (name: string, document: string) => `${name} (${document})`,
  alsoHere: 'Also here:',
  more: (count: number) => `+${count}`,
  moreLabel: (count: number) => `${count} more`,
};
