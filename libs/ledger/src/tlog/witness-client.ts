import type { Checkpoint } from './checkpoint.js';
import { cosignaturesOn, type PolicyWitness } from './policy.js';
import { signatureLine } from './signed-note.js';
import { formatSubmission } from './witness.js';

/** Maximum time for a witness to answer, in milliseconds. */
const PATIENCE = 5_000;
/** An answer is a few lines. */
const MOST_BYTES = 16_384;

export type AskedWitness =
  | { readonly status: 'cosigned'; readonly line: string }
  /** The witness knows more events than there are, or different ones: a fork, or a ledger restored to an older state. */
  | { readonly status: 'contradicted'; readonly detail: string }
  | { readonly status: 'failed'; readonly detail: string };

/**
 * Asks a witness to cosign a checkpoint (C2SP tlog-witness). Never throws, whatever the witness does.
 * @param consistency the proof that the checkpoint's tree extends the tree of a size that is not larger
 */
export async function askWitness(
  witness: PolicyWitness,
  { size, note }: Pick<Checkpoint, 'size'> & { readonly note: string },
  consistency: (old: number) => Promise<readonly Buffer[]>,
  guess = size,
): Promise<AskedWitness> {
  try {
    let old = guess;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const { status, text } = await submit(
        witness,
        formatSubmission({ old, proof: await consistency(old), note }),
      );
      if (status === 200) return cosignatureIn(witness, note, text);
      const known = status === 409 && /^\d{1,16}\n$/.test(text) ? Number(text) : null;
      if (known === null) {
        const detail = `it answered ${status}: ${text.slice(0, 200).trim()}`;
        return { status: status === 422 || status === 409 ? 'contradicted' : 'failed', detail };
      }
      if (known > size)
        return { status: 'contradicted', detail: `it has cosigned ${known} events, and there are ${size}` };
      if (known === old)
        return { status: 'contradicted', detail: `it has cosigned another root of ${known} events` };
      old = known;
    }
    return { status: 'failed', detail: 'what it knows changed while it was asked' };
  } catch (error) {
    const { message, cause } = error as Error;
    return { status: 'failed', detail: cause instanceof Error ? `${message}: ${cause.message}` : message };
  }
}

/** The valid signature line by the witness's own key; everything else it sent is ignored. */
function cosignatureIn(witness: PolicyWitness, note: string, text: string): AskedWitness {
  const lines = text.split('\n').filter((line) => line !== '');
  const fitting = lines.flatMap((line) => cosignaturesOn(note + signatureLine(line).line, [witness]))[0];
  return fitting === undefined
    ? { status: 'failed', detail: 'its answer has no cosignature by its key that fits the checkpoint' }
    : { status: 'cosigned', line: fitting.line };
}

async function submit({ url }: PolicyWitness, body: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url?.replace(/\/$/, '')}/add-checkpoint`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += (chunk as Uint8Array).length;
    if (bytes > MOST_BYTES) throw new Error(`its answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk as Uint8Array);
  }
  return { status: answer.status, text: Buffer.concat(chunks).toString('utf8') };
}
