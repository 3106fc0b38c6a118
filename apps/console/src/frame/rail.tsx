import { Link } from 'wouter';
import { pathTo, subjectOf, useAddress } from '../address/address.js';
import { useMe, useSession } from '../data/session.js';
import { useTheme } from '../look/theme.js';
import { strings } from '../strings/frame.js';
import css from './frame.module.css';
import { Company } from './presence/company.js';
import { Icon, type IconName } from './icons.js';
import { useLastSubject } from './last-subject.js';

interface Entry {
  readonly icon: IconName;
  readonly label: string;
  readonly path: string | undefined;
  readonly current: boolean;
}

/** The pages, those of the subject that was last looked at included. */
function useEntries(): Entry[] {
  const { path } = useAddress();
  const { incident, document } = useLastSubject();
  const here = subjectOf(path);
  const page = (icon: IconName, label: string, target: string): Entry => ({
    icon,
    label,
    path: target,
    current: target === '/' ? path === '/' : path.startsWith(target),
  });
  return [
    page('home', strings.home, pathTo.home),
    {
      icon: 'incident',
      label: strings.incident,
      path: incident && pathTo.incident(incident),
      current: here.incident !== undefined && here.document === undefined,
    },
    {
      icon: 'document',
      label: strings.document,
      path:
        incident !== undefined && document !== undefined ? pathTo.document(incident, document) : undefined,
      current: here.document !== undefined,
    },
    page('search', strings.search, pathTo.search),
    page('audit', strings.audit, pathTo.audit),
    page('compare', strings.compare, pathTo.compare),
    page('admin', strings.admin, pathTo.admin),
  ];
}

export function Rail({ showKeys }: { readonly showKeys: () => void }) {
  const { to } = useAddress();
  const { member, role } = useMe();
  const { leave } = useSession();
  const [theme, nextTheme] = useTheme();
  return (
    <nav className={css['rail']} aria-label={strings.rail}>
      <ul>
        {useEntries().map(
          ({ icon, label, path, current }) =>
            path !== undefined && (
              <li key={label}>
                <Link href={to(path)} className={css['item']} aria-current={current ? 'page' : undefined}>
                  <Icon name={icon} />
                  {label}
                </Link>
              </li>
            ),
        )}
      </ul>
      <Company />
      <ul className={css['foot']}>
        <li>
          <button type="button" className={css['item']} onClick={showKeys}>
            <Icon name="keys" />
            {strings.keys}
          </button>
        </li>
        <li>
          <button type="button" className={css['item']} onClick={nextTheme} aria-label={strings.theme[theme]}>
            <Icon name="theme" />
            {strings.themeShort}
          </button>
        </li>
        <li>
          <button
            type="button"
            className={css['item']}
            onClick={() => void leave()}
            title={strings.signedInAs(member.name, role)}
          >
            <Icon name="signOut" />
            {strings.signOut}
          </button>
        </li>
      </ul>
    </nav>
  );
}
