export const strings = {
  title: 'Audit',
};
