/** The version of the program, as the changelog names it. */
export const VERSION = '0.1.0';
