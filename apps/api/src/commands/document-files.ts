import {
  type ImportDocument,
  importDocument,
  type ImportFileQuery,
  ORIGINAL_PART_BYTES,
} from '@casebook/contracts';
import {
  DOCUMENT_FORMATS,
  type ExtractedDocument,
  Extraction,
  ExtractionBusy,
  overlaid,
  titleOf,
  UnreadableDocument,
} from '@casebook/exchange';
import type { OriginalFile } from '@casebook/incident';
import { sha256 } from '@casebook/ledger';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { SentFile } from '../http/file-bodies.js';
import { ProblemError } from '../http/problem.js';

/** A document, and the file that it was extracted from; a text that is its own file has none. */
export interface ReadFile {
  readonly document: ImportDocument;
  readonly original?: OriginalFile;
}

/** Reads files as documents, in a thread beside the service. */
@Injectable()
export class DocumentFiles implements OnModuleDestroy {
  private readonly extraction = new Extraction();

  onModuleDestroy(): Promise<void> {
    return this.extraction.close();
  }

  /** @throws ProblemError document-unreadable, unavailable */
  async read(file: SentFile, { fileName: named, ...given }: ImportFileQuery): Promise<ReadFile> {
    const { bytes, mediaType, charset } = file;
    const extracted = await this.extracted(file);
    const { text } = extracted;
    const fileName = named ?? file.fileName;
    const details = overlaid(extracted.details, given);
    const title = titleOf(fileName ?? DOCUMENT_FORMATS[mediaType].name, text);
    const parsed = importDocument.safeParse({ title, ...details, text });
    if (!parsed.success) throw unreadable(faultOf(text, parsed.error.issues[0]?.message));
    const document = parsed.data;
    if (mediaType === 'text/plain' && bytes.equals(Buffer.from(text))) return { document };
    return {
      document,
      original: {
        facts: {
          digest: `sha256:${sha256(bytes).toString('hex')}`,
          mediaType,
          bytes: bytes.length,
          ...(fileName !== undefined && { fileName }),
          ...(charset !== undefined && { charset }),
          extractor: extracted.extractor,
        },
        parts: partsOf(bytes),
      },
    };
  }

  private async extracted({ bytes, mediaType, charset }: SentFile): Promise<ExtractedDocument> {
    try {
      return await this.extraction.read({ bytes, mediaType, charset });
    } catch (error) {
      if (error instanceof UnreadableDocument) throw unreadable(error.message, error);
      if (error instanceof ExtractionBusy)
        throw new ProblemError('unavailable', error.message, {}, { 'retry-after': '5' });
      throw error;
    }
  }
}

const unreadable = (detail: string, cause?: unknown): ProblemError =>
  new ProblemError('document-unreadable', detail, {}, {}, { cause });

const faultOf = (text: string, message = ''): string =>
  text === '' ? 'It contains no text.' : `Its text ${message}.`;

function partsOf(bytes: Buffer): string[] {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += ORIGINAL_PART_BYTES)
    parts.push(bytes.toString('base64', start, Math.min(bytes.length, start + ORIGINAL_PART_BYTES)));
  return parts;
}
