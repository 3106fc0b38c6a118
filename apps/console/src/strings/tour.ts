export const strings = {
  title: 'Tour',
  step: (n: number, of: number, title: string) => `${n} of ${of}: ${title}`,
  steps: [
    {
      title: 'Who says it',
      text: 'Three invented analysts worked for a month on an invented bombing. Each claim marks its words in a document and names the chain of people who said it, down to the paper that printed it.',
      show: 'Show a claim with its chain',
    },
    {
      title: 'What is contested',
      text: 'A dispute has positions, each with its evidence. This one was settled because two papers agreed, and reopened because both print the same dispatch: two papers, one source.',
      show: 'Show the dispute',
    },
    {
      title: 'What was believed then',
      text: 'Nothing is overwritten. The bar at the bottom has every change: drag it, and the whole page shows that moment. This is the moment when the dispute was settled; Esc returns to now.',
      show: 'Show that moment',
    },
  ],
  next: 'Next step',
  back: 'Step back',
  skip: 'Skip the tour',
  finish: 'Start in your own workspace',
  over: 'Close the tour',
  goTo: (workspace: string) => `Go to the workspace ${workspace}`,
} as const;
