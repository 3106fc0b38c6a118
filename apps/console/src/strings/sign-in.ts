export const strings = {
  title: 'Sign in to Casebook',
  lead: 'A ledger of what analysts found in documents: who says what, what is contested, what was believed when.',
  byProvider: 'Sign in with your organisation',
  or: 'or by a token',
  token: 'Token',
  tokenHint: 'The first start of the service printed one; an admin gives you another.',
  signIn: 'Sign in',
  signingIn: 'Signing in …',
};
