import { type ReactNode, useRef, useState } from 'react';
import { pathTo, subjectOf, useAddress } from '../address/address.js';
import { useConnection } from '../data/connection.js';
import { useLiveFeed } from '../data/live.js';
import { useVisit } from '../data/visits.js';
import { newKey, useUndo } from '../data/writes.js';
import { useKey } from '../keys/keyboard.js';
import type { KeyName } from '../keys/table.js';
import { useToasts } from '../parts/toast.js';
import { strings } from '../strings/frame.js';
import { Anything } from './anything/anything.js';
import css from './frame.module.css';
import { Inspector } from './inspector/inspector.js';
import { KeyList } from './key-list.js';
import { useLastSubject } from './last-subject.js';
import { AlsoHere } from './presence/company.js';
import { Rail } from './rail.js';
import { TimeBar } from './time/time-bar.js';
import { Tour } from './tour/tour.js';

function useGo(name: KeyName, path: string | undefined): void {
  const { go } = useAddress();
  useKey(name, () => path !== undefined && go(path), path !== undefined);
}

/** The keys that work on every page. */
function useFrameKeys(showKeys: () => void): void {
  const { asOf, on, change } = useAddress();
  const { incident, document } = useLastSubject();
  const { lastRecorded } = useToasts();
  const undo = useUndo();
  useGo('goHome', pathTo.home);
  useGo('goIncident', incident && pathTo.incident(incident));
  useGo(
    'goDocument',
    incident !== undefined && document !== undefined ? pathTo.document(incident, document) : undefined,
  );
  useGo('goAudit', pathTo.audit);
  useGo('goCompare', pathTo.compare);
  useGo('goAdmin', pathTo.admin);
  useGo('search', pathTo.search);
  useKey('keys', showKeys);
  useKey('undoMine', () => {
    if (lastRecorded === undefined || undo.isPending) return false;
    undo.mutate({ positions: [...lastRecorded], key: newKey() });
    return undefined;
  });
  // The innermost closes first: forms and dialogs handle the key before this; then the selection, then the past.
  useKey(
    'back',
    () => change(on !== undefined ? { on: undefined } : { asOf: undefined }),
    on !== undefined || asOf !== undefined,
  );
}

/** The frame around every page: the rail, the page, the inspector of the selection, and the time bar. */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { asOf, on, path } = useAddress();
  const [keysShown, setKeysShown] = useState(false);
  const [anythingShown, setAnythingShown] = useState(false);
  const content = useRef<HTMLElement>(null);
  const connection = useConnection();
  const { incident, document } = subjectOf(path);
  useLiveFeed();
  useVisit(incident);
  useFrameKeys(() => setKeysShown(true));
  useKey('anything', () => setAnythingShown(true));
  return (
    <div className={css['frame']} data-past={asOf === undefined ? undefined : ''}>
      <a
        className={css['skip']}
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {strings.skip}
      </a>
      <Rail showKeys={() => setKeysShown(true)} />
      <main className={css['content']} id="content" ref={content} tabIndex={-1}>
        {connection === 'offline' && <output className={css['notice']}>{strings.offline}</output>}
        <AlsoHere />
        <Tour />
        {children}
      </main>
      {incident !== undefined && (on !== undefined || document !== undefined) && (
        <aside
          className={css['inspector']}
          aria-label={strings.inspector}
          data-empty={on === undefined || undefined}
        >
          {on === undefined ? (
            // Beside a text its space is reserved, so that the words under the pointer do not move.
            <p className={css['unselected']}>{strings.nothingSelected}</p>
          ) : (
            <Inspector key={on} incident={incident} annotation={on} />
          )}
        </aside>
      )}
      <footer className={css['bar']} aria-label={strings.timeBar}>
        <TimeBar />
      </footer>
      {keysShown && <KeyList onClose={() => setKeysShown(false)} />}
      {anythingShown && (
        <Anything showKeys={() => setKeysShown(true)} onClose={() => setAnythingShown(false)} />
      )}
    </div>
  );
}
