export const strings = {
  title: 'Admin',
};
