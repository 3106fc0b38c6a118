import type { DocumentView, OriginalFacts } from '@casebook/contracts';
import { LRUCache } from 'lru-cache';
import type { DataSource, SelectQueryBuilder } from 'typeorm';
import { DocumentRow } from '../entities.js';
import { decodeCursor, type Page, type PageRequest } from '../paging.js';
import { prepared } from '../prepared.js';
import { type Key, pageByTitle } from '../search/titles.js';
import { markedErased } from '../rendering.js';
import { streams } from '../streams.js';

export interface DocumentFilter extends PageRequest {
  /** Words of the title, read as in search. */
  readonly q?: string;
  /** Exactly as recorded. */
  readonly publisher?: string;
  /** A language range (RFC 4647, basic filtering): `en` finds `en` and `en-GB`. */
  readonly language?: string;
}

export interface LibraryQueriesOptions {
  /** Maximum memory for cached texts in bytes; 64 MiB by default. */
  readonly textCacheBytes?: number;
}

/** Reads the workspace's documents as they are now. */
export class LibraryQueries {
  private readonly texts: LRUCache<string, string>;

  constructor(
    private readonly dataSource: DataSource,
    options: LibraryQueriesOptions = {},
  ) {
    this.texts = new LRUCache({
      maxSize: options.textCacheBytes ?? 64 * 1024 * 1024,
      // V8 takes at most two bytes per UTF-16 unit.
      sizeCalculation: (text, key) => 2 * (text.length + key.length),
    });
  }

  /** Newest first. A page may be short while `next` is not null. */
  async documents(workspaceId: string, filter: DocumentFilter): Promise<Page<DocumentView>> {
    const { q, publisher, language, cursor, limit } = filter;
    const list = (behind: Key | undefined): SelectQueryBuilder<DocumentRow> => {
      const query = this.dataSource
        .getRepository(DocumentRow)
        .createQueryBuilder('d')
        .where('d.workspaceId = :workspaceId', { workspaceId })
        .orderBy('d.recordedAt', 'DESC')
        .addOrderBy('d.id', 'DESC');
      if (publisher !== undefined) query.andWhere('d.publisher = :publisher', { publisher });
      if (language !== undefined)
        query.andWhere(`starts_with(lower(d.language) || '-', lower(:language) || '-')`, { language });
      if (behind !== undefined)
        query.andWhere('(d.recordedAt, d.id) < (:recordedAt, :id)', { recordedAt: behind[0], id: behind[1] });
      return query;
    };
    const first =
      cursor === undefined ? undefined : (decodeCursor(cursor, ['instant', 'string']) as [string, string]);
    return pageByTitle(list, { q, first, limit }, viewOf);
  }

  async document(workspaceId: string, id: string): Promise<DocumentView | null> {
    const row = await this.dataSource.getRepository(DocumentRow).findOneBy({ workspaceId, id });
    return row && viewOf(row);
  }

  /**
   * The cached text, if any. It may have been erased since, and access is not checked: the caller must check
   * that the document exists for its reader.
   */
  rememberedText(workspaceId: string, documentId: string): string | undefined {
    return this.texts.get(textKey(workspaceId, documentId));
  }

  /**
   * The exact text; `null` if the document does not exist or its text was erased. Only the text is cached:
   * every call checks that it still exists, so no process serves a text that another one erased.
   */
  async text(workspaceId: string, documentId: string): Promise<string | null> {
    const key = textKey(workspaceId, documentId);
    const known = this.texts.get(key);
    const [row] = await prepared<{ text: string | null }>(this.dataSource, {
      name: 'document-text',
      text: `SELECT CASE WHEN $3::boolean THEN text END AS text
       FROM library_v1.texts WHERE workspace_id = $1 AND document_id = $2`,
      values: [workspaceId, documentId, known === undefined],
    });
    if (row === undefined) {
      this.texts.delete(key);
      return null;
    }
    if (known !== undefined) return known;
    if (row.text !== null) this.texts.set(key, row.text);
    return row.text;
  }

  /** The file that the document was imported from, from the ledger, part by part; `null` if it was erased. */
  async original(workspaceId: string, documentId: string, { bytes }: OriginalFacts): Promise<Buffer | null> {
    const whole = Buffer.alloc(bytes);
    let length = 0;
    for (let part = 1; length < bytes; part += 1) {
      const [row] = await prepared<{ content: Buffer | null }>(this.dataSource, {
        name: 'document-original',
        text: `SELECT decode(e.payload::json ->> 'content', 'base64') AS content FROM events e
         WHERE e.workspace_id = $1 AND e.stream_id = $2 AND e.type = 'OriginalKept' ORDER BY e.stream_version OFFSET $3 LIMIT 1`,
        values: [workspaceId, streams.document(documentId), part - 1],
      });
      if (row?.content == null) return null;
      length += row.content.copy(whole, length);
    }
    return whole;
  }
}

const textKey = (workspaceId: string, documentId: string): string => `${workspaceId}\0${documentId}`;

const viewOf = ({ body }: DocumentRow): DocumentView => markedErased(JSON.parse(body) as DocumentView);
