import { answerOf } from '@casebook/client';
import { useSettings } from '../../data/admin.js';
import { casebook } from '../../data/casebook.js';
import { newKey, useWrite } from '../../data/writes.js';
import { Loaded } from '../../parts/states.js';
import { strings } from '../../strings/admin.js';
import css from './admin.module.css';
import { useAdministering, WhyNot } from './permitted.js';

interface Configured {
  readonly requireIfMatch: boolean;
  readonly revision: number;
  readonly key: string;
}

export function SettingsTab() {
  const administering = useAdministering();
  const { mutate, isPending } = useWrite<Configured, unknown>(
    (workspace, { requireIfMatch, revision, key }) =>
      answerOf(
        casebook.api.PATCH('/v1/workspaces/{workspace}/settings', {
          params: {
            path: { workspace },
            header: { 'Idempotency-Key': key, 'If-Match': `"${revision}"` },
          },
          body: { requireIfMatch },
        }),
      ),
  );
  return (
    <>
      <Loaded query={useSettings()}>
        {({ requireIfMatch, revision }) => (
          <div className={css['setting']}>
            <label className={css['check']}>
              <input
                type="checkbox"
                checked={requireIfMatch}
                disabled={!administering || isPending}
                aria-describedby="require-if-match"
                onChange={() => mutate({ requireIfMatch: !requireIfMatch, revision, key: newKey() })}
              />
              {strings.requireIfMatch}
            </label>
            <p className={css['meta']} id="require-if-match">
              {strings.requireIfMatchHint}
            </p>
          </div>
        )}
      </Loaded>
      {!administering && <WhyNot />}
    </>
  );
}
