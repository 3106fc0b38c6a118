import { parentPort } from 'node:worker_threads';
import { DOCUMENT_FORMATS } from './formats.js';
import type { ExtractionReply, ExtractionRequest } from './extraction.js';
import { UnreadableDocument } from './reader.js';

/* The thread that reads documents, one per request. */

async function read({ mediaType, bytes, charset }: ExtractionRequest): Promise<ExtractionReply> {
  try {
    const reader = await DOCUMENT_FORMATS[mediaType].load();
    const { text, details } = await reader.read({ bytes, charset });
    return {
      extracted: { text: text.toWellFormed().replaceAll('\u0000', ''), details, extractor: reader.extractor },
    };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { unreadable: error.message };
    // Libraries throw anything for a broken file, such as a stack overflow on deep nesting.
    return { unreadable: `It cannot be read as ${DOCUMENT_FORMATS[mediaType].name}; it may be damaged.` };
  }
}

parentPort?.on('message', (request: ExtractionRequest) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window, has no origin
  void read(request).then((reply) => parentPort?.postMessage(reply));
});
