import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { pathTo, useAddress } from '../../address/address.js';
import { Page } from '../../frame/page.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';
import { ErasureTab } from './erasure-tab.js';
import { LedgerTab } from './ledger-tab.js';
import { MembersTab } from './members-tab.js';
import { RefusalsTab } from './refusals-tab.js';
import { SettingsTab } from './settings-tab.js';
import { ViewsTab } from './views-tab.js';

type TabName = keyof typeof strings.tab;

const TABS: Readonly<Record<TabName, ComponentType>> = {
  members: MembersTab,
  ledger: LedgerTab,
  views: ViewsTab,
  refusals: RefusalsTab,
  settings: SettingsTab,
  erasure: ErasureTab,
};
const NAMES = Object.keys(TABS) as TabName[];

export function AdminPage({ tab }: { readonly tab: string | undefined }) {
  const { to } = useAddress();
  const current = NAMES.find((name) => name === tab) ?? 'members';
  const Tab = TABS[current];
  return (
    <Page title={strings.title}>
      <nav className={css['tabs']} aria-label={strings.tabs}>
        {NAMES.map((name) => (
          <Link
            key={name}
            href={to(`${pathTo.admin}/${name}`)}
            aria-current={name === current ? 'page' : undefined}
          >
            {strings.tab[name]}
          </Link>
        ))}
      </nav>
      <Tab />
    </Page>
  );
}
