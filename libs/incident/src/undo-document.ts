import type { DecidedEvent, DocumentEventType, RecordedEvent, UndoConflict } from '@casebook/contracts';
import { isDeepStrictEqual } from 'node:util';
import { decideDocument, type DocumentState, evolveDocument } from './document.js';

/*
 * Corrections of a document are undone as in an incident: if it is still as the correction left it. An import cannot be
 * undone.
 */

/** The effect of a document event, as an undo needs it. */
export interface RecordedDocumentChange {
  readonly position: number;
  /** `null` if it cannot be undone. */
  readonly revision: { readonly before: object; readonly left: object } | null;
}

export function recordedDocumentChangeOf(
  event: RecordedEvent<DocumentEventType>,
  before: DocumentState,
): RecordedDocumentChange {
  const { position } = event;
  if (
    event.type !== 'DocumentDescribed' ||
    event.data === null ||
    before.status === 'unknown' ||
    before.details === null
  ) {
    return { position, revision: null };
  }
  const was = before.details as Readonly<Record<string, unknown>>;
  const left = event.data.changes;
  return {
    position,
    revision: {
      left,
      before: Object.fromEntries(Object.keys(left).map((field) => [field, was[field] ?? null])),
    },
  };
}

interface UndoneStep {
  readonly undoes: number;
  readonly event: DecidedEvent<DocumentEventType>;
  /** The event as it will be recorded, and the state before it, for its description. */
  readonly recorded: RecordedEvent<DocumentEventType>;
  readonly before: DocumentState;
}

/** Undoes recorded changes on the current document. */
export function undoDocument(
  changes: readonly RecordedDocumentChange[],
  state: DocumentState,
  undoer: { readonly actor: string; readonly at: string; readonly position: number; readonly reason: string },
): {
  readonly steps: readonly UndoneStep[];
  readonly already: readonly number[];
  readonly conflicts: readonly UndoConflict[];
} {
  const steps: UndoneStep[] = [];
  const already: number[] = [];
  const conflicts: UndoConflict[] = [];
  let working = state;
  for (const { position: undoes, revision } of [...changes].sort((a, b) => b.position - a.position)) {
    if (revision === null || working.status === 'unknown' || working.details === null) {
      const detail =
        'The import of a document cannot be undone. Detach the document where it does not belong.';
      conflicts.push({ position: undoes, code: 'not-undoable', detail });
      continue;
    }
    const [now, was, left] = [working.details, revision.before, revision.left] as [
      Record<string, unknown>,
      Record<string, unknown>,
      Record<string, unknown>,
    ];
    const open = Object.keys(left).filter(
      (field) => !isDeepStrictEqual(now[field] ?? null, was[field] ?? null),
    );
    const fields = open
      .filter((field) => !isDeepStrictEqual(now[field] ?? null, left[field] ?? null))
      .map((field) => ({ field, left: left[field] ?? null, now: now[field] ?? null }));
    if (fields.length > 0) {
      const detail = `${fields.map(({ field }) => field).join(', ')} changed since, so the undo would overwrite that.`;
      conflicts.push({ position: undoes, code: 'changed-since', detail, fields });
      continue;
    }
    const decision = decideDocument(
      {
        type: 'DescribeDocument',
        documentId: working.id,
        changes: Object.fromEntries(open.map((field) => [field, was[field]])),
        reason: undoer.reason,
      },
      working,
    );
    if (!decision.accepted) {
      const { code, detail } = decision.refusal;
      conflicts.push({ position: undoes, code, detail });
      continue;
    }
    if (decision.events.length === 0) already.push(undoes);
    for (const event of decision.events) {
      const position: number = undoer.position + steps.length;
      const recorded: RecordedEvent<DocumentEventType> = {
        ...event,
        position,
        version: position,
        actor: undoer.actor,
        at: undoer.at,
      };
      steps.push({ undoes, event, recorded, before: working });
      working = evolveDocument(working, recorded);
    }
  }
  return { steps, already: already.sort((a, b) => a - b), conflicts: conflicts.reverse() };
}
