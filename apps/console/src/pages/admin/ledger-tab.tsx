import { answerOf } from '@casebook/client';
import { useQuery } from '@tanstack/react-query';
import { casebook } from '../../data/casebook.js';
import { codeOf } from '../../data/problems.js';
import { useMay, useMe } from '../../data/session.js';
import buttons from '../../parts/parts.module.css';
import { EmptyState, Loaded } from '../../parts/states.js';
import { parseCheckpoint, witnessesOf } from '../../proof/note.js';
import { strings } from '../../strings/admin.js';
import { strings as audit } from '../../strings/audit.js';
import { LedgerLine } from '../audit/ledger-line.js';
import css from './admin.module.css';

const LEDGER = '/v1/workspaces/{workspace}/ledger';
type Sent = Promise<{ data?: string; error?: unknown; response: Response }>;

/** The ledger's size, signer and cosigners, and its download as a file. */
export function LedgerTab() {
  const { workspace } = useMe();
  const oversees = useMay('oversee');
  return (
    <>
      <LedgerLine />
      <Keys />
      <h2 className={css['head']}>{strings.export}</h2>
      {oversees ? (
        <>
          <p className={css['lead']}>{strings.exportLead}</p>
          <p className={css['lead']}>{strings.exportHint}</p>
          <a className={buttons['button']} href={`/v1/workspaces/${workspace}/ledger/export`} download>
            {strings.export}
          </a>
        </>
      ) : (
        <EmptyState>{strings.notOverseer}</EmptyState>
      )}
    </>
  );
}

function Keys() {
  const { workspace } = useMe();
  const params = { path: { workspace } };
  const keys = useQuery({
    queryKey: ['ledger', 'keys', 'now'],
    queryFn: () => answerOf(casebook.api.GET(`${LEDGER}/verifier-key`, { params, parseAs: 'text' }) as Sent),
  });
  const witnessed = useQuery({
    queryKey: ['ledger', 'witnessed', 'now'],
    queryFn: async () => {
      try {
        return await answerOf(
          casebook.api.GET(`${LEDGER}/checkpoint`, {
            params: { ...params, query: { witnessed: 'true' } },
            parseAs: 'text',
          }) as Sent,
        );
      } catch (error) {
        // There are no witnesses, or too few have signed.
        if (codeOf(error) === 'not-found') return '';
        throw error;
      }
    },
  });
  return (
    <dl className={css['facts']}>
      <dt>{strings.verifierKeys}</dt>
      <dd>
        <Loaded query={keys}>{(text) => <code>{text.trim()}</code>}</Loaded>
      </dd>
      <dt>{strings.witnessed}</dt>
      <dd>
        <Loaded query={witnessed}>{(note) => <Witnessed note={note} />}</Loaded>
      </dd>
    </dl>
  );
}

function Witnessed({ note }: { readonly note: string }) {
  if (note === '') return strings.noWitnessed;
  const checkpoint = parseCheckpoint(note);
  return `${strings.witnessedSize(checkpoint.size)}: ${audit.witnesses(witnessesOf(checkpoint).join(', '))}`;
}
