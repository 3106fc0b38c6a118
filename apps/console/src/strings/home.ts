export const strings = {
  title: 'Home',
  incidents: 'Incidents',
  documents: 'Documents',
  noIncidents: 'No incident yet. Open one to start annotating.',
};
