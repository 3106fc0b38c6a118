import { leafHash, noteVerifier, openCheckpoint, provesInclusion } from '@casebook/ledger';
import { z } from 'zod';

/*
 * The proof at the foot of a report: the envelope of every event of the incident up to the report's position, the audit path of each
 * (RFC 6962 section 2.1.1), and a signed checkpoint. Envelopes say who did what kind of thing when, and contain only
 * a salted commitment to the content, so the file discloses nothing else.
 */

const base64 = z.base64();

const reportProof = z.strictObject({
  format: z.literal('casebook-report-proof/1'),
  incidentId: z.string(),
  /** The report shows the incident as of this position. */
  position: z.int().min(1),
  /** The signed checkpoint, verbatim (C2SP tlog-checkpoint). */
  checkpoint: z.string(),
  verifierKeys: z.array(z.string()).min(1),
  /** The hashes of all paths, without duplicates. */
  hashes: z.array(base64),
  events: z.array(
    z.strictObject({
      /** The leaf: RFC 8785 JSON. */
      envelope: z.string(),
      /** Its audit path: indexes into `hashes`, starting with the leaf's sibling. */
      path: z.array(z.int().min(0)),
    }),
  ),
});
export type ReportProof = z.infer<typeof reportProof>;

/** The file's proof does not hold; the message says where. */
export class UnprovedReport extends Error {
  override readonly name = 'UnprovedReport';
}

/** The element that contains the proof. */
export const PROOF_ID = 'casebook-proof';

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** The proof in the HTML of a report. @throws UnprovedReport */
export function proofIn(page: string): ReportProof {
  const open = new RegExp(`<pre[^>]*\\bid="?${PROOF_ID}"?[^>]*>`, 'i').exec(page);
  const start = open === null ? -1 : open.index + open[0].length;
  const end = page.indexOf('</pre>', start);
  if (start < 0 || end < 0)
    throw new UnprovedReport('the page contains no proof; is it a complete Casebook report?');
  const text = page.slice(start, end).replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity]!);
  const parsed = reportProof.safeParse(jsonIn(text));
  if (!parsed.success) throw new UnprovedReport('the proof in the page is damaged');
  return parsed.data;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const envelope = z.looseObject({
  position: z.int().min(1),
  streamId: z.string(),
  streamVersion: z.int().min(1),
  type: z.string(),
  actorId: z.string(),
  recordedAt: z.string(),
});

export interface ProvedReport {
  readonly incidentId: string;
  readonly position: number;
  readonly origin: string;
  /** The size of the signed ledger. */
  readonly size: number;
  /** The keys that signed the checkpoint. */
  readonly verifiedBy: readonly string[];
  readonly note: string;
  readonly events: number;
  readonly first: z.infer<typeof envelope>;
  readonly last: z.infer<typeof envelope>;
}

/**
 * Proves that a report's events are in the signed ledger, all belong to one incident, and follow each other without a
 * gap from its first event on.
 * @throws UnprovedReport, BadNote
 */
export function proveReport(page: string, trustedKey?: string): ProvedReport {
  const proof = proofIn(page);
  const { incidentId, position, checkpoint, hashes } = proof;
  const keys = trustedKey === undefined ? proof.verifierKeys : [trustedKey];
  const verifiers = keys.map((text) => ({ text, verifier: noteVerifier(text) }));
  const signed = openCheckpoint(
    checkpoint,
    verifiers.map(({ verifier }) => verifier),
  );
  const { origin, size, root } = signed;
  if (size < position)
    throw new UnprovedReport(
      `the checkpoint is for ${size} events, but the report is as of position ${position}`,
    );
  const known = hashes.map((hash) => Buffer.from(hash, 'base64'));
  const events = proof.events.map((event, index) => {
    const leaf = Buffer.from(event.envelope, 'utf8');
    const { data } = envelope.safeParse(jsonIn(event.envelope));
    if (data === undefined) throw new UnprovedReport(`the event ${index + 1} of the proof is damaged`);
    const path = event.path.map((at) => known[at] ?? Buffer.alloc(0));
    if (!provesInclusion(path, leafHash(leaf), data.position - 1, size, root))
      throw new UnprovedReport(`the event at position ${data.position} is not in the signed ledger`);
    if (data.streamId !== `incident:${incidentId}`)
      throw new UnprovedReport(
        `the event at position ${data.position} belongs to ${data.streamId}, not to the incident`,
      );
    if (data.streamVersion !== index + 1)
      throw new UnprovedReport(`between the events of the incident, number ${index + 1} is missing`);
    if (data.position > position)
      throw new UnprovedReport(`the event at position ${data.position} is later than the report`);
    return data;
  });
  const [first] = events;
  const last = events.at(-1);
  if (first === undefined || last === undefined) throw new UnprovedReport('the proof contains no event');
  return {
    incidentId,
    position,
    origin,
    size,
    verifiedBy: verifiers
      .filter(({ verifier }) => signed.verifiedBy.includes(verifier))
      .map(({ text }) => text),
    note: checkpoint,
    events: events.length,
    first,
    last,
  };
}
