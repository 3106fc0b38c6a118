export const strings = {
  notThere: 'Nothing with this id was recorded at this moment. Press Esc to deselect it.',
};
