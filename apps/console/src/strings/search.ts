export const strings = {
  title: 'Search',
};
