export const strings = {
  none: 'Nothing was recorded yet: the time bar fills as you work.',
  moment: 'Moment shown',
  now: (count: number) => (count === 1 ? 'Now, after 1 change' : `Now, after ${count} changes`),
  beforeFirst: 'Before the first change',
  asOf: (time: string, index: number, count: number) => `As of ${time}, change ${index} of ${count}`,
  returnToNow: 'Return to now',
  compare: 'Compare',
  stepBack: 'One change back',
  stepForth: 'One change forth',
  play: 'Play the history',
  stop: 'Stop playing',
};
