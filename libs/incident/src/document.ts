import type {
  DecidedEvent,
  DocumentDetails,
  DocumentEventType,
  ImportDocument,
  OriginalFacts,
  RecordedEvent,
  Refusal,
} from '@casebook/contracts';
import { codePoints } from './anchor/index.js';
import { type ErasuresState, initialErasures } from './erasures.js';
import { merge } from './merge.js';
import { applied, clearedOf, realChanges, staleness } from './revision.js';

/*
 * The rules of a document:
 *
 * - A document is its text, identified by the SHA-256 of the text's UTF-8 bytes; the text never changes.
 * - Importing the same text again gives the same document: its details stay as they are.
 * - The file that the text was extracted from is kept with it: the first that the text came in. It is erased with the text, and never
 *   kept again once it was erased.
 * - A document may supersede an earlier edition, which is another document of the workspace.
 * - A document erased by law cannot be imported or described again.
 * - A correction erased by law may have raised the marking, so the marking is the highest until it is set again.
 * - The description (title, publisher, upstream source, …) may be corrected, with a reason.
 */

// ---- commands ----

export type DocumentCommand =
  | { type: 'ImportDocument'; documentId: string; document: ImportDocument; original?: OriginalFile }
  | {
      type: 'DescribeDocument';
      documentId: string;
      changes: { [F in keyof DocumentDetails]?: DocumentDetails[F] | null };
      reason?: string;
      /** The revision that the client has seen, and the details at it. If both are given, the changes of both sides are merged. */
      expected?: number;
      base?: object;
    };

/** A file in parts, each in Base64. */
export interface OriginalFile {
  readonly facts: OriginalFacts;
  readonly parts: readonly string[];
}

// ---- state ----

export type DocumentState =
  | { readonly status: 'unknown' }
  | {
      readonly status: 'imported';
      readonly id: string;
      /** `null` once erased by law, together with the text. */
      readonly details: DocumentDetails | null;
      /** Of the text, in bytes of UTF-8 and in code points. */
      readonly bytes: number;
      readonly codePoints: number;
      /** Of the file that the text was extracted from; `null` once erased by law. */
      readonly original?: OriginalFacts | null;
      readonly revision: number;
      readonly recordedBy: string;
      readonly recordedAt: string;
      /** Of the import. */
      readonly importedAt: number;
      /** Of the latest event. */
      readonly position: number;
    };
export type ImportedDocument = Exclude<DocumentState, { status: 'unknown' }>;

export const initialDocument: DocumentState = { status: 'unknown' };

// ---- decide ----

export type DocumentDecision =
  | { readonly accepted: true; readonly events: DecidedEvent<DocumentEventType>[] }
  | { readonly accepted: false; readonly refusal: Refusal };

/**
 * `erasures`: the position of each erased document's erasure, for the refusal. `superseded`: the document that the command says this one
 * supersedes, as its sender may see it; left out, it is known to be there.
 */
export function decideDocument(
  command: DocumentCommand,
  state: DocumentState,
  erasures: ErasuresState = initialErasures,
  superseded?: DocumentState,
): DocumentDecision {
  const refusal = erasedRefusal(state, erasures) ?? supersedingRefusal(command, superseded);
  if (refusal !== null) return { accepted: false, refusal };
  switch (command.type) {
    case 'ImportDocument':
      return {
        accepted: true,
        events: [
          ...(state.status === 'unknown'
            ? [{ type: 'DocumentImported' as const, subject: command.documentId, data: command.document }]
            : []),
          ...(state.status === 'unknown' || state.original === undefined ? keeping(command) : []),
        ],
      };
    case 'DescribeDocument': {
      if (state.status === 'unknown') {
        return {
          accepted: false,
          refusal: {
            code: 'document-unknown',
            detail: 'There is no such document in this workspace. Import it first: POST …/documents.',
          },
        };
      }
      if (state.details === null) throw new Error('an erased document is refused above');
      const { expected, base } = command;
      const stale = staleness('The document', expected, state.revision);
      const merged = stale && base ? merge('document', base, state.details, command.changes) : null;
      const changes = realChanges(
        state.details,
        merged && merged.conflicts.length === 0 ? merged.changes : command.changes,
      );
      if (changes === null) return { accepted: true, events: [] };
      if (stale && (merged === null || merged.conflicts.length > 0)) return stale;
      if (clearedOf(changes, REQUIRED) !== undefined) {
        return {
          accepted: false,
          refusal: {
            code: 'field-required',
            detail: 'A document needs a title; send another.',
            facts: { field: 'title', pointer: '/title' },
          },
        };
      }
      const reason = command.reason === undefined ? {} : { reason: command.reason };
      return {
        accepted: true,
        events: [{ type: 'DocumentDescribed', subject: command.documentId, data: { changes, ...reason } }],
      };
    }
  }
}

/** Keeps the file of an import, part by part. */
const keeping = ({
  documentId,
  original,
}: Extract<DocumentCommand, { type: 'ImportDocument' }>): DecidedEvent<'OriginalKept'>[] =>
  (original?.parts ?? []).map((content, at) => ({
    type: 'OriginalKept',
    subject: documentId,
    data: { ...original!.facts, part: at + 1, parts: original!.parts.length, content },
  }));

/** The id of the edition that a command says its document supersedes. */
export const supersededBy = (command: DocumentCommand): string | undefined =>
  (command.type === 'ImportDocument' ? command.document.supersedes : command.changes.supersedes) ?? undefined;

function supersedingRefusal(command: DocumentCommand, superseded: DocumentState | undefined): Refusal | null {
  const id = supersededBy(command);
  if (id === undefined || (id !== command.documentId && superseded?.status !== 'unknown')) return null;
  return {
    code: 'document-unknown',
    detail:
      id === command.documentId
        ? 'A document cannot supersede itself; send the id of the edition before it.'
        : 'There is no such document to supersede in this workspace. Import the earlier edition first: POST …/documents.',
    facts: { pointer: '/supersedes' },
  };
}

/** The refusal for a document erased by law; otherwise `null`. */
export function erasedRefusal(
  state: DocumentState,
  erasures: ErasuresState,
): (Refusal & { readonly code: 'document-erased' }) | null {
  if (state.status === 'unknown' || state.details !== null) return null;
  const erasedAt = erasures.erased.get(state.importedAt)?.position;
  const where = erasedAt === undefined ? '' : `, at position ${erasedAt}`;
  return {
    code: 'document-erased',
    detail: `The document was erased by law${where}. Only its id remains, and it cannot be imported again.`,
    ...(erasedAt !== undefined && { facts: { erasedAt } }),
  };
}

/**
 * The details of an import that are recorded differently, each with the recorded value (`null`: none is recorded); and the digest of the
 * recorded file, where another one was sent.
 */
export function recordedOtherwise(
  { details, original }: Pick<ImportedDocument, 'details' | 'original'>,
  { document: { text: _, ...sent }, original: file }: Extract<DocumentCommand, { type: 'ImportDocument' }>,
): Record<string, string | null> {
  const known: Partial<Record<string, string>> = details ?? {};
  const fields = Object.keys(realChanges(details ?? {}, sent) ?? {});
  return {
    ...Object.fromEntries(fields.map((field) => [field, known[field] ?? null])),
    ...(file !== undefined &&
      file.facts.digest !== original?.digest && { original: original?.digest ?? null }),
  };
}

const REQUIRED: ReadonlySet<string> = new Set<keyof DocumentDetails>(['title']);

// ---- evolve ----

export function evolveDocument(state: DocumentState, event: RecordedEvent<DocumentEventType>): DocumentState {
  switch (event.type) {
    case 'DocumentImported': {
      const { text = '', ...details } = event.data ?? { title: '' };
      return {
        status: 'imported',
        id: event.subject,
        details: event.data && details,
        bytes: Buffer.byteLength(text),
        codePoints: codePoints(text),
        revision: 1,
        recordedBy: event.actor,
        recordedAt: event.at,
        importedAt: event.position,
        position: event.position,
      };
    }
    case 'DocumentDescribed': {
      if (state.status === 'unknown') return state;
      return {
        ...state,
        details:
          state.details && applied(state.details, event.data === null ? { tlp: 'red' } : event.data.changes),
        revision: state.revision + 1,
        position: event.position,
      };
    }
    case 'OriginalKept': {
      if (state.status === 'unknown') return state;
      if (event.data === null) return { ...state, original: null, position: event.position };
      const { part: _, parts: __, content: ___, ...original } = event.data;
      // A part that was erased makes the whole worthless.
      return {
        ...state,
        original: state.original === null ? null : original,
        position: event.position,
      };
    }
  }
}
