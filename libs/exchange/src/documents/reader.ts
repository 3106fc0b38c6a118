import type { DocumentDetails } from '@casebook/contracts';

/** A file that cannot be imported as a document; the message tells its owner why. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

/** A file as it came. */
export interface Original {
  readonly bytes: Uint8Array;
  /** The charset that its sender declared, such as that of a Content-Type. */
  readonly charset?: string | undefined;
}

/** What a reader makes of a file. */
export interface Extracted {
  readonly text: string;
  /** What the file says about itself; nothing is guessed. */
  readonly details: Partial<DocumentDetails>;
}

export interface DocumentReader {
  /**
   * The reader with its version, and the libraries that decide about its text with theirs. The same version makes the same text of the
   * same bytes, so offsets stay. Raise it with every change that may make another text.
   */
  readonly extractor: string;
  /** @throws UnreadableDocument */
  read(original: Original): Extracted | Promise<Extracted>;
}
