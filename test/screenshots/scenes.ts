import type { Page } from 'playwright-core';
import type { Person, SeededCorpus } from '../support/seeded-corpus.js';

/** One thing to look at: who is signed in, the address, and what is done there before the picture is taken. */
export interface Scene {
  readonly name: string;
  /** Undefined: nobody is signed in. */
  readonly as?: Person | 'admin';
  readonly path: string;
  /** Seen once the page is there. */
  readonly ready: string;
  readonly prepare?: (page: Page) => Promise<void>;
  readonly media?: 'print';
}

const press =
  (...keys: readonly string[]) =>
  async (page: Page): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

/** Every page of the console, and the states that a page can be in. */
export function scenesOf(id: SeededCorpus['id'], size: number): Scene[] {
  const market = `/incidents/${id('salt-market')}`;
  const courier = `${market}/documents/${encodeURIComponent(id('02-market-warning-courier.txt'))}`;
  const posts = `/incidents/${id('ardennock')}/documents/${encodeURIComponent(id('12-tide-brigade-posts.txt'))}`;
  const on = (key: string): string => `on=${id(key)}`;
  const past = `asOf=${size - 70}`;
  return [
    { name: 'sign-in', path: '/', ready: 'Token' },
    { name: 'home', as: 'ada', path: '/', ready: 'Salt Market bombing, Kelmora' },
    {
      name: 'home-open-incident',
      as: 'mira',
      path: '/',
      ready: 'Salt Market bombing, Kelmora',
      prepare: (page) => page.getByRole('button', { name: 'Open an incident' }).click(),
    },
    {
      name: 'home-import',
      as: 'mira',
      path: '/',
      ready: 'Salt Market bombing, Kelmora',
      prepare: (page) => page.getByRole('button', { name: 'Import documents' }).click(),
    },
    { name: 'document', as: 'mira', path: courier, ready: 'The bombing killed 47 people.' },
    {
      name: 'document-selected',
      as: 'mira',
      path: `${courier}?${on('sm-courier-named')}`,
      ready: 'Add a comment',
    },
    { name: 'document-form', as: 'mira', path: `${courier}?draft=700-760`, ready: 'Keep as draft' },
    { name: 'document-past', as: 'mira', path: `${courier}?${past}`, ready: 'Return to now' },
    { name: 'document-posts', as: 'mira', path: posts, ready: 'Claims' },
    { name: 'incident', as: 'mira', path: market, ready: 'Suggestions' },
    {
      name: 'incident-selected',
      as: 'mira',
      path: `${market}?${on('w-halvane-page')}`,
      ready: 'Add a comment',
    },
    { name: 'incident-new-warning', as: 'mira', path: `${market}?new=warning`, ready: 'New warning' },
    {
      name: 'incident-edit-attack',
      as: 'mira',
      path: `${market}?${on('a-salt-market')}&edit=1`,
      ready: 'Edit the attack',
    },
    { name: 'timeline', as: 'mira', path: `${market}/timeline`, ready: 'When it happened' },
    { name: 'graph', as: 'mira', path: `${market}/graph`, ready: 'Links' },
    { name: 'tolls', as: 'mira', path: `${market}/tolls`, ready: 'Killed' },
    { name: 'sources', as: 'mira', path: `${market}/sources`, ready: 'source' },
    { name: 'disputes', as: 'ada', path: `${market}/disputes`, ready: 'Who bombed the Salt Market?' },
    { name: 'scorecard', as: 'mira', path: `${market}/scorecard`, ready: 'the attack' },
    { name: 'map', as: 'mira', path: `${market}/map`, ready: 'Karst Road, Ildria' },
    {
      name: 'incident-past',
      as: 'mira',
      path: `${market}/timeline?asOf=${size - 12}`,
      ready: 'Return to now',
    },
    { name: 'incident-print', as: 'mira', path: market, ready: 'Suggestions', media: 'print' },
    {
      name: 'compare',
      as: 'mira',
      path: `/compare?incident=${id('salt-market')}&from=${size - 70}`,
      ready: 'What led to it',
    },
    { name: 'audit', as: 'ruth', path: '/audit', ready: 'closed the incident' },
    {
      name: 'audit-proof',
      as: 'ruth',
      path: '/audit',
      ready: 'closed the incident',
      prepare: async (page) => {
        await press('j', 't')(page);
        await page.getByText('Proved').nth(1).waitFor();
      },
    },
    {
      name: 'audit-undo',
      as: 'ada',
      path: '/audit',
      ready: 'closed the incident',
      prepare: press('j', 's', 'j', 's', 'U'),
    },
    { name: 'search', as: 'mira', path: '/search?q=warning', ready: 'found' },
    { name: 'search-empty', as: 'mira', path: '/search', ready: 'Search' },
    { name: 'search-nothing', as: 'mira', path: '/search?q=unheard-of', ready: 'Nothing' },
    { name: 'anything', as: 'mira', path: market, ready: 'Suggestions', prepare: press('Control+k') },
    { name: 'keys', as: 'mira', path: market, ready: 'Suggestions', prepare: press('?') },
    { name: 'admin-members', as: 'admin', path: '/admin', ready: 'Mira Okonjo' },
    { name: 'admin-settings', as: 'admin', path: '/admin/settings', ready: 'Changes must name the revision' },
    { name: 'admin-refusals', as: 'admin', path: '/admin/refusals', ready: 'Refusals' },
    { name: 'admin-views', as: 'admin', path: '/admin/views', ready: 'incidents' },
    { name: 'admin-ledger', as: 'admin', path: '/admin/ledger', ready: 'Download the whole ledger' },
    { name: 'admin-erasure', as: 'admin', path: '/admin/erasure', ready: 'Show what would be erased' },
    { name: 'admin-refused', as: 'mira', path: '/admin', ready: 'Admin' },
    { name: 'unknown-incident', as: 'mira', path: '/incidents/nothing', ready: 'Incident' },
    { name: 'unknown-page', as: 'mira', path: '/documents/x', ready: 'There is no page' },
    {
      name: 'offline',
      as: 'mira',
      path: market,
      ready: 'Suggestions',
      prepare: async (page) => {
        await page.context().setOffline(true);
        await page.getByText('No connection.').waitFor();
      },
    },
  ];
}
