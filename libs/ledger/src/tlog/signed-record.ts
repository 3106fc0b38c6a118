import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checkpoint, parseCheckpoint } from './checkpoint.js';
import { readIfThere, replaceFile, syncDirectory } from './durable-file.js';
import { splitNote } from './signed-note.js';

/**
 * The largest signed checkpoint of each workspace's ledger, in files of a directory beside the signing key. The
 * database alone cannot detect that it was replaced by an older copy of itself; this record can, unless it is
 * replaced together with the database. Each host with its own directory knows only the checkpoints that it signed
 * itself.
 */
export class SignedRecord {
  constructor(readonly directory: string) {}

  private path(workspaceId: string): string {
    return join(this.directory, workspaceId);
  }

  /**
   * `null`: nothing was signed from here yet.
   * @throws Error if the file cannot be read or is not a checkpoint
   */
  async largest(workspaceId: string): Promise<Checkpoint | null> {
    const note = await readIfThere(this.path(workspaceId));
    return note === null ? null : parseCheckpoint(splitNote(note).text);
  }

  /** Durable when it resolves. */
  put(workspaceId: string, note: string): Promise<void> {
    return replaceFile(this.path(workspaceId), note);
  }

  /**
   * Moves the record away, so that signing starts over; returns its new path. Only an operator decides this.
   */
  async layAside(workspaceId: string, { size }: Checkpoint): Promise<string> {
    const aside = `${this.path(workspaceId)}.abandoned-at-${size}`;
    await rename(this.path(workspaceId), aside);
    await syncDirectory(this.directory);
    return aside;
  }
}
