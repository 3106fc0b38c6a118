import { Keys } from '../keys/keys.js';
import { KEYS, type KeyName, SCOPES } from '../keys/table.js';
import { Dialog } from '../parts/dialog.js';
import { strings } from '../strings/frame.js';
import css from './frame.module.css';

/** Every key of the table, by where it works. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const names = Object.keys(KEYS) as KeyName[];
  return (
    <Dialog title={strings.keys} onClose={onClose} wide>
      <div className={css['keyList']}>
        {SCOPES.map((scope) => (
          <section key={scope} className={css['keyGroup']}>
            <h3>{strings.keyScopes[scope]}</h3>
            {names
              .filter((name) => KEYS[name].scope === scope)
              .map((name) => (
                <div key={name}>
                  <span>{KEYS[name].label}</span>
                  <Keys name={name} />
                </div>
              ))}
          </section>
        ))}
      </div>
    </Dialog>
  );
}
