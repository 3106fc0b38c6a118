export const strings = {
  unreachable: 'The service cannot be reached. Your drafts are kept; try again once the connection is back.',
  unexpected: (message: string) =>
    `Something failed in this page: ${message}. Reload it; your drafts are kept.`,
};
