export const strings = {
  title: 'Sign in to Casebook',
  lead: 'A ledger of analysts’ findings in documents: who says what, what is disputed, and what was believed when.',
  byProvider: 'Sign in with your organisation',
  or: 'or with a token',
  token: 'Token',
  tokenHint: 'The first start of the service printed one; an admin can give you another.',
  signIn: 'Sign in',
  signingIn: 'Signing in …',
};
