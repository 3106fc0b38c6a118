import { tlpRank } from '@casebook/contracts';
import type { DocumentState } from '@casebook/incident';
import type { InlineView, Row, TableRows, TableShape } from '@casebook/ledger';
import { documentView } from '../rendering.js';
import { documentFold } from '../streams.js';

const documents = {
  name: 'library_v1.documents',
  key: ['workspace_id', 'id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'id', type: 'text' },
    { name: 'title', type: 'text' },
    { name: 'publisher', type: 'text' },
    { name: 'upstream', type: 'text' },
    { name: 'language', type: 'text' },
    { name: 'recorded_at', type: 'timestamp(3) with time zone' },
    { name: 'position', type: 'bigint' },
    { name: 'tlp', type: 'smallint' },
    { name: 'body', type: 'text' },
  ],
} as const satisfies TableShape;

const texts = {
  name: 'library_v1.texts',
  key: ['workspace_id', 'document_id'],
  columns: [
    { name: 'workspace_id', type: 'text' },
    { name: 'document_id', type: 'text' },
    { name: 'text', type: 'text' },
  ],
} as const satisfies TableShape;

/** Every document as it is now. The text is written on import and removed by an erasure; the rest may change. */
export const libraryView: InlineView = {
  name: 'library',
  version: 1,
  tables: [documents, texts],
  project(changes) {
    const documentRows: Row[] = [];
    const textRows: Row[] = [];
    const erased: Row[] = [];
    for (const { fold, workspaceId: workspace_id, after, events } of changes) {
      const document = after as DocumentState;
      if (fold !== documentFold.name || document.status === 'unknown') continue;
      const { id, details, recordedAt, position } = document;
      documentRows.push({
        workspace_id,
        id,
        title: details?.title,
        publisher: details?.publisher,
        upstream: details?.upstream,
        language: details?.language,
        recorded_at: recordedAt,
        position,
        // The marking of an erased document is unknown.
        tlp: tlpRank(details === null ? 'red' : details.tlp),
        body: JSON.stringify(documentView(document)),
      });
      const text = events.find(({ type }) => type === 'DocumentImported')?.payload?.['text'];
      if (details === null) erased.push({ workspace_id, document_id: id });
      else if (text !== undefined) textRows.push({ workspace_id, document_id: id, text });
    }
    return [
      { table: documents.name, upserts: documentRows },
      { table: texts.name, upserts: textRows, deletes: erased },
    ] satisfies TableRows[];
  },
};
