export const strings = {
  title: 'Compare',
};
