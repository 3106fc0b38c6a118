export const strings = {
  tabs: 'Views of the incident',
  tab: {
    overview: 'Overview',
    timeline: 'Timeline',
    graph: 'Graph',
    tolls: 'Tolls',
    sources: 'Sources',
    disputes: 'Disputes',
    scorecard: 'Scorecard',
    map: 'Map',
  },
  untitled: 'Erased incident',
  documents: 'Documents',
  noDocuments: 'No document is attached yet.',
};
