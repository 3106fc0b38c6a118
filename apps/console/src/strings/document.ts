export const strings = {
  untitled: 'Erased document',
};
