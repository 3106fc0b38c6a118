import { proveArchive, proveReport } from '@casebook/exchange';
import {
  leafHash,
  noteVerifier,
  openCheckpoint,
  parseOfflineProof,
  type Policy,
  provesInclusion,
} from '@casebook/ledger';
import { linesOf, outlivedIn } from './archive-file.js';
import { readGiven } from './failures.js';
import { readPolicyFile, requirePolicy } from './policy-file.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Proves an export, a report or a .tlog-proof from the file alone. Throws with the contradiction otherwise. */
export async function verifyOffline(file: string, verifierKey?: string, policyFile?: string): Promise<void> {
  const policy = policyFile === undefined ? null : await readPolicyFile(policyFile);
  const note = await (file.endsWith('.tlog-proof')
    ? verifyProof(file, verifierKey, policy)
    : /\.html?$/i.test(file)
      ? verifyReport(file, verifierKey)
      : verifyArchive(file, verifierKey));
  if (policy !== null) say(`${policyFile} holds: cosigned by ${requirePolicy(note, policy)}`);
}

/** Returns the signed checkpoint that proves it. */
async function verifyArchive(file: string, verifierKey: string | undefined): Promise<string> {
  const proving = proveArchive(linesOf(file), verifierKey);
  let step = await proving.next();
  while (!step.done) step = await proving.next();
  const { workspaceId, origin, size, root, erased, outlived, verifiedBy, unproved, note } = step.value;
  say(
    `${file}: ${size} events of the workspace ${workspaceId}, ${erased} of them erased, root ${root.toString('base64')}, sound`,
  );
  if (outlived.size > 0) process.stdout.write(outlivedIn(file, outlived));
  sayKeys(origin, verifiedBy, verifierKey);
  if (unproved.length > 0)
    say(
      `The file names further keys, which did not sign this checkpoint. It proves nothing about them:\n${listed(unproved)}`,
    );
  return note;
}

/** Returns the signed checkpoint that proves it. */
async function verifyReport(file: string, verifierKey: string | undefined): Promise<string> {
  const proved = proveReport((await readGiven(file)).toString('utf8'), verifierKey);
  const { incidentId, position, origin, size, events, first, last, verifiedBy, note } = proved;
  say(
    `${file}: proved. All ${events} events of the incident ${incidentId} in the file, up to position ${position}, are in the signed ledger of ${size} events, with none left out between them`,
  );
  for (const each of [first, last])
    say(`  position ${each.position}: ${each.type} by ${each.actorId}, recorded at ${each.recordedAt}`);
  sayKeys(origin, verifiedBy, verifierKey);
  say(
    `Not proved: the wording of the page, and that the incident had no later event. Export report.html again as of position ${position} from a ledger that you have verified, and compare the two files`,
  );
  return note;
}

/** Returns the signed checkpoint that proves it. */
async function verifyProof(
  file: string,
  verifierKey: string | undefined,
  policy: Policy | null,
): Promise<string> {
  const keys = verifierKey === undefined ? (policy?.logs ?? []) : [{ verifier: noteVerifier(verifierKey) }];
  if (keys.length === 0) {
    throw new Error(
      'a .tlog-proof names no key: give --verifier-key, from …/ledger/verifier-key or another source that you trust, or a --policy with a log line',
    );
  }
  const proof = parseOfflineProof((await readGiven(file)).toString('utf8'));
  const { origin, size, root } = openCheckpoint(
    proof.checkpoint,
    keys.map(({ verifier }) => verifier),
  );
  if (proof.extra === null)
    throw new Error(`${file} holds no event: its extra line should be the event's envelope`);
  if (!provesInclusion(proof.hashes, leafHash(proof.extra), proof.index, size, root)) {
    throw new Error(
      `${file} does not prove that its event is at index ${proof.index} of the ledger of ${size} events`,
    );
  }
  const envelope = JSON.parse(proof.extra.toString('utf8')) as Record<string, unknown>;
  if (envelope['position'] !== proof.index + 1)
    throw new Error(
      `${file}: the event says position ${String(envelope['position'])}, the proof ${proof.index + 1}`,
    );
  say(
    `${file}: proved. Position ${proof.index + 1} of ${size} in ${origin} is ${String(envelope['type'])} by ${String(envelope['actorId'])}, recorded at ${String(envelope['recordedAt'])}`,
  );
  return proof.checkpoint;
}

const listed = (keys: readonly string[]): string => keys.map((key) => `  ${key}`).join('\n');

function sayKeys(origin: string, verifiedBy: readonly string[], asked: string | undefined): void {
  say(
    asked === undefined
      ? `The checkpoint of ${origin} fits the keys in the file. Compare them with a source that you trust:\n${listed(verifiedBy)}`
      : `The checkpoint of ${origin} is signed by ${asked}`,
  );
}
