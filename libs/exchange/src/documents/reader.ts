import type { DocumentDetails } from '@casebook/contracts';

/** A file that cannot be imported as a document; the message tells its owner why. */
export class UnreadableDocument extends Error {
  override readonly name = 'UnreadableDocument';
}

/** A received file. */
export interface Original {
  readonly bytes: Uint8Array;
  /** The charset that its sender declared, such as that of a Content-Type. */
  readonly charset?: string | undefined;
}

/** The result of reading a file. */
export interface Extracted {
  readonly text: string;
  /** Details from the file's metadata; nothing is guessed. */
  readonly details: Partial<DocumentDetails>;
}

export interface DocumentReader {
  /**
   * The version of the reader, and of the libraries that affect its text. The same version extracts the same text
   * from the same bytes, so offsets stay valid. Raise it with every change that may change the text.
   */
  readonly extractor: string;
  /** @throws UnreadableDocument */
  read(original: Original): Extracted | Promise<Extracted>;
}
