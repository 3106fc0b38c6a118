import { type Ledger, positionsErasedBy, type SignedCheckpoint } from '@casebook/ledger';
import { streams } from '@casebook/views';
import { checkpointLine, eventLine } from './archive.js';

/** Maximum number of events of a page, and the bytes of payloads that end one. */
const PAGE = 200;
const PAGE_BYTES = 4 * 1024 * 1024;

/**
 * An event covered by the archive's checkpoint was erased while the archive was written. Earlier lines may contain
 * the erased payload, and later ones lack it without the erasure that explains why, so the archive must be made
 * again, up to a later checkpoint.
 */
export class ArchiveOvertaken extends Error {
  override readonly name = 'ArchiveOvertaken';
  constructor(
    /** The position of the erasure. */
    readonly erasedAt: number,
  ) {
    super(`the erasure at position ${erasedAt} erased something in this archive; export again`);
  }
}

/** Reads erasures as they are recorded, each once. */
class Erasures {
  private version = 0;

  constructor(
    private readonly ledger: Pick<Ledger, 'readStream'>,
    private readonly workspaceId: string,
  ) {}

  /**
   * The position of a new erasure after `size` that erased something up to `upTo`; `null` if there is none.
   */
  async overtaking(size: number, upTo: number): Promise<number | null> {
    const fresh = await this.ledger.readStream(this.workspaceId, streams.erasures, {
      fromVersion: this.version + 1,
    });
    this.version += fresh.length;
    const found = fresh.find(
      (event) => event.position > size && positionsErasedBy(event).some((each) => each <= upTo),
    );
    return found?.position ?? null;
  }
}

/** Whether events up to `position`, written when the ledger had `size` events, include one erased since. */
export async function wasOvertaken(
  ledger: Pick<Ledger, 'readStream'>,
  workspaceId: string,
  { size, position }: { readonly size: number; readonly position: number },
): Promise<boolean> {
  return (await new Erasures(ledger, workspaceId).overtaking(size, position)) !== null;
}

export interface ArchivePage {
  readonly lines: readonly string[];
  /** Of the last event written. */
  readonly position: number;
}

/**
 * A workspace's ledger as an archive up to this checkpoint: the lines after position `after`, page by page, ending with the checkpoint's. The
 * bytes depend only on the ledger and the checkpoint, so an interrupted export resumes after its last line. Holds no
 * lock.
 * @throws ArchiveOvertaken
 */
export async function* archivePages(
  ledger: Pick<Ledger, 'readAll' | 'readStream'>,
  workspaceId: string,
  checkpoint: SignedCheckpoint & { readonly verifierKeys: readonly string[] },
  after = 0,
): AsyncGenerator<ArchivePage, void, void> {
  const { size, root, note, signedAt, verifierKeys } = checkpoint;
  const erasures = new Erasures(ledger, workspaceId);
  const stillHolds = async (): Promise<void> => {
    const erasedAt = await erasures.overtaking(size, size);
    if (erasedAt !== null) throw new ArchiveOvertaken(erasedAt);
  };
  await stillHolds();
  for (let position = after; position < size;) {
    const events = await ledger.readAll(workspaceId, {
      after: position,
      to: size,
      limit: PAGE,
      maxBytes: PAGE_BYTES,
    });
    const last = events.at(-1);
    if (last === undefined)
      throw new Error(`the ledger has no event after position ${position}; run npx casebook verify`);
    // After reading the page, which an erasure may have changed.
    await stillHolds();
    position = last.position;
    yield { lines: events.map(eventLine), position };
  }
  await stillHolds();
  const said = { size, root: root.toString('base64'), note, verifierKeys: [...verifierKeys] };
  yield { lines: [checkpointLine(workspaceId, signedAt, said)], position: size };
}
