import type { DocumentView } from '@casebook/contracts';
import type { DataSource } from 'typeorm';
import type { Page, PageRequest } from './paging.js';

export interface DocumentFilter extends PageRequest {
  /** Words in the title, the publisher or the upstream source, as one string, letter case aside. */
  readonly q?: string;
  /** Exactly as recorded. */
  readonly publisher?: string;
  /** A language range (RFC 4647, basic filtering): `en` finds `en` and `en-GB`. */
  readonly language?: string;
}

export interface LibraryQueriesOptions {
  /** How many bytes of texts are kept in memory at most; 64 MiB where left out. */
  readonly textCacheBytes?: number;
}

/** Reads the workspace's documents as they are now. */
export declare class LibraryQueries {
  constructor(dataSource: DataSource, options?: LibraryQueriesOptions);
  /** The newest first. */
  documents(workspaceId: string, filter: DocumentFilter): Promise<Page<DocumentView>>;
  document(workspaceId: string, documentId: string): Promise<DocumentView | null>;
  /** The text, character for character; `null` where there is no such document or its text was erased. */
  text(workspaceId: string, documentId: string): Promise<string | null>;
  /** Drops a text from memory; to be called when it was erased. */
  forget(workspaceId: string, documentId: string): void;
}
