export const strings = {
  title: 'Somebody changed this while you did',
  change: (actor: string, sentence: string) => `${actor}: ${sentence}`,
  field: 'Field',
  base: 'Before',
  theirs: 'Theirs',
  yours: 'Yours',
  merge: 'Record with these choices',
  nothing: 'nothing',
};
