export const strings = {
  title: 'Tour',
  step: (n: number, of: number, title: string) => `${n} of ${of}: ${title}`,
  steps: [
    {
      title: 'Who says it',
      text: 'Three invented analysts worked for a month on an invented bombing. Each claim marks its words in a document, and names the chain of those who said it, to the one who printed it.',
      show: 'Show a claim with its chain',
    },
    {
      title: 'What is contested',
      text: 'A dispute has positions, each with its evidence. This one was settled because two papers agreed, and reopened because both print one dispatch: two papers, one source.',
      show: 'Show the dispute',
    },
    {
      title: 'What was believed then',
      text: 'Nothing is written over. The bar at the foot has every change: drag it, and the whole page is as it was. Here is the moment at which the dispute was settled; Esc returns to now.',
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
