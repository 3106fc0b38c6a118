import { canonicalJson } from '../hashing/canonical-json.js';
import { envelopeHash, envelopeText, saltedHash } from '../hashing/envelope.js';
import type { StoredEvent } from '../ledger-types.js';
import { Frontier } from '../hashing/merkle.js';

/** Where a ledger contradicts itself, and how. */
export interface LedgerFinding {
  readonly position: number;
  readonly detail: string;
}

/** The inputs of `LedgerCheck`; the rest follows from the events. */
export interface LedgerCheckOptions {
  /** The workspace that every event must name. */
  readonly workspaceId: string;
}

/**
 * Recomputes a ledger from its events in order of position: checks each event by itself and against its neighbours.
 * This is the only definition of a sound ledger: online verification, offline verification and imports all use it.
 *
 * Memory grows with the number of streams (a few dozen bytes each), not of events.
 */
export class LedgerCheck {
  private tree = Frontier.EMPTY;
  private last: StoredEvent | null = null;
  private readonly versions = new Map<string, number>();
  /** Positions without a payload, and positions named by an erasure. */
  private readonly gone = new Set<number>();
  private readonly erased = new Set<number>();

  constructor(private readonly options: LedgerCheckOptions) {}

  /** The number of events checked. */
  get size(): number {
    return this.tree.size;
  }

  /** The Merkle tree of the events so far, over the computed hashes of their envelopes, not the stored ones. */
  get frontier(): Frontier {
    return this.tree;
  }

  /** Checks the next event and returns everything wrong with it. A wrong event still counts as read, so that the next is judged on its own. */
  add(event: StoredEvent): LedgerFinding[] {
    const findings = [...this.neighbours(event), ...hashes(event)].map((detail) => ({
      position: this.tree.size + 1,
      detail,
    }));
    this.tree = this.tree.append([envelopeHash(envelopeText(event))]);
    this.versions.set(event.streamId, event.streamVersion);
    this.last = event;
    if (event.payload === null) this.gone.add(event.position);
    else for (const position of positionsErasedBy(event)) this.erased.add(position);
    return findings;
  }

  /** Findings that need the whole ledger: missing payloads that no erasure accounts for. */
  finish(): LedgerFinding[] {
    return [...this.gone]
      .filter((position) => !this.erased.has(position))
      .map((position) => ({
        position,
        detail: 'its payload is gone, and no erasure in the ledger names it',
      }));
  }

  /** Positions whose payload exists although an erasure names them. */
  get outlived(): readonly number[] {
    return [...this.erased]
      .filter((position) => position <= this.size && !this.gone.has(position))
      .sort((a, b) => a - b);
  }

  private neighbours(event: StoredEvent): string[] {
    const { last } = this;
    const faults: string[] = [];
    const expected = this.tree.size + 1;
    if (event.position !== expected)
      faults.push(`the event at this place says that its position is ${event.position}`);
    if (event.workspaceId !== this.options.workspaceId) {
      faults.push(`it belongs to the workspace ${event.workspaceId}, not ${this.options.workspaceId}`);
    }
    const version = (this.versions.get(event.streamId) ?? 0) + 1;
    if (event.streamVersion !== version) {
      faults.push(`it is version ${event.streamVersion} of its stream, where version ${version} comes next`);
    }
    if (last !== null && event.recordedAt < last.recordedAt) {
      faults.push(`it was recorded at ${event.recordedAt}, before the event below it (${last.recordedAt})`);
    }
    const sibling = last?.commandId === event.commandId ? last : null;
    const index = sibling === null ? 0 : sibling.commandIndex + 1;
    if (event.commandIndex !== index) {
      faults.push(`it is event ${event.commandIndex} of its command, where event ${index} comes next`);
    }
    if (sibling !== null && !event.commandDigest.equals(sibling.commandDigest)) {
      faults.push(
        'the digest of its command is not that of the event below it, which is of the same command',
      );
    }
    return faults;
  }
}

/** The type of events that name erased events, in `positions` of their payload. */
const ERASURE = 'PayloadErased';

/** The positions erased by this event; empty for other types. */
export const positionsErasedBy = ({
  type,
  payload,
}: Pick<StoredEvent, 'type' | 'payload'>): readonly number[] => {
  const positions = type === ERASURE && payload !== null ? payload['positions'] : null;
  return Array.isArray(positions) ? positions.filter((each): each is number => typeof each === 'number') : [];
};

function hashes(event: StoredEvent): string[] {
  const faults: string[] = [];
  if (!envelopeHash(envelopeText(event)).equals(event.leafHash)) {
    faults.push(
      'its leaf hash is not that of its envelope: the hash or something in the envelope was changed',
    );
  }
  if ((event.payload === null) !== (event.payloadSalt === null)) {
    faults.push('it has a payload without its salt, or a salt without its payload');
  } else if (event.payload !== null && event.payloadSalt !== null) {
    const commitment = saltedHash([event.payloadSalt], canonicalJson('The payload', event.payload));
    if (!commitment.equals(event.payloadCommitment)) {
      faults.push(
        'its payload is not the one that was committed to: the payload, its salt or the commitment was changed',
      );
    }
  }
  return faults;
}
