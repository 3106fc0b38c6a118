import type { Basis } from './draft.js';
import { bytes, RECORDED_COLUMNS, recordedOfRow, type EventRow } from '../reading/event-rows.js';
import { Frontier } from '../hashing/merkle.js';
import type { Session } from './session.js';
import type { InlineView, RecordedEvent } from '../ledger-types.js';

/** A workspace's head row and its views. */
export interface WorkspaceHead extends Basis {
  /** Rises when anything else changes that writers cache about the workspace. */
  readonly epoch: number;
  /** The inline views that commits to this workspace apply. */
  readonly attached: readonly InlineView[];
  /** Attached views, by name and version, that this process does not have. */
  readonly foreign: readonly (readonly [name: string, version: number])[];
}

/** Read at most this many events of other processes under the lock; beyond it, streams are read on demand. */
const MAX_CATCH_UP = 512;

const HEAD_COLUMNS = `h.size, h.frontier, coalesce(extract(epoch FROM h.last_recorded_at) * 1000, 0)::bigint, h.epoch`;

/** `null` if the workspace does not exist. */
export async function readHead(
  session: Session,
  workspaceId: string,
  views: readonly InlineView[],
): Promise<WorkspaceHead | null> {
  const [row] = await session.rows({
    name: 'casebook_head',
    text: `SELECT ${HEAD_COLUMNS}, (
             SELECT coalesce(json_agg(json_build_array(p.view, p.version)), '[]') FROM view_progress p
             WHERE p.workspace_id = h.workspace_id AND p.status = 'attached')
           FROM ledger_heads h WHERE h.workspace_id = $1`,
    values: [workspaceId],
  });
  return row
    ? {
        ...basisOf(row),
        epoch: Number(row[3]),
        ...split(JSON.parse(row[4]!) as [string, number][], views),
      }
    : null;
}

export interface LockedHead {
  readonly head: WorkspaceHead;
  /** What was appended since `known`, in order; `null` if that is too much to read, or nothing was known. */
  readonly appended: readonly OthersEvent[] | null;
}

/** An event of another process. */
export interface OthersEvent {
  readonly streamId: string;
  readonly streamVersion: number;
  /** Present only if the stream was among those asked for. */
  readonly event: RecordedEvent | null;
}

/**
 * Sends BEGIN, locks the head row, and reads what others appended since this process last looked.
 *
 * @param wanted the streams whose events are read in full; keep it small, since every writer waits meanwhile.
 */
export async function beginWithLockedHead(
  session: Session,
  workspaceId: string,
  views: readonly InlineView[],
  known: WorkspaceHead | null,
  wanted: readonly string[],
): Promise<LockedHead | null> {
  const [heads, appended = []] = await session.begin(
    {
      name: 'casebook_lock',
      text: `SELECT ${HEAD_COLUMNS} FROM ledger_heads h WHERE h.workspace_id = $1 FOR UPDATE`,
      values: [workspaceId],
    },
    // A separate statement: the one that waits for the lock sees only what was committed before it began to
    // wait.
    ...(known
      ? [{ name: 'casebook_others', text: OTHERS_EVENTS, values: [workspaceId, known.size, wanted] }]
      : []),
  );
  const row = heads?.[0];
  if (!row) return null;
  const basis = basisOf(row);
  const epoch = Number(row[3]);
  if (known?.epoch === epoch) {
    const all = basis.size - known.size === appended.length;
    return {
      head: { ...known, ...basis },
      appended: all ? appended.map((event) => othersEvent(workspaceId, event)) : null,
    };
  }
  const attached = await session.rows({
    name: 'casebook_attached',
    text: `SELECT view, version FROM view_progress WHERE workspace_id = $1 AND status = 'attached'`,
    values: [workspaceId],
  });
  const names = attached.map(([name, version]) => [name!, Number(version)] as const);
  return { head: { ...basis, epoch, ...split(names, views) }, appended: null };
}

const OTHERS_EVENTS = `
  SELECT e.stream_id, e.stream_version, w.*
  FROM (SELECT * FROM events WHERE workspace_id = $1 AND position > $2 ORDER BY position LIMIT ${MAX_CATCH_UP}) e
  LEFT JOIN LATERAL (SELECT ${RECORDED_COLUMNS} WHERE e.stream_id = ANY ($3::text[])) w ON true
  ORDER BY e.position`;

function othersEvent(workspaceId: string, [streamId, streamVersion, ...inFull]: EventRow): OthersEvent {
  return {
    streamId: streamId!,
    streamVersion: Number(streamVersion),
    event: (inFull[0] ?? null) === null ? null : recordedOfRow(workspaceId, inFull),
  };
}

/** Makes every writer, including this one, discard its cache of the workspace. */
export async function raiseEpoch(
  session: Session,
  workspaceId: string,
  head: WorkspaceHead,
): Promise<WorkspaceHead> {
  await session.write({
    text: 'UPDATE ledger_heads SET epoch = epoch + 1 WHERE workspace_id = $1',
    values: [workspaceId],
  });
  return { ...head, epoch: head.epoch + 1 };
}

/** Leaves the view as it is at `position`. The caller must raise the epoch too. */
export async function detachView(
  session: Session,
  workspaceId: string,
  view: { readonly name: string; readonly version: number },
  position: number,
  error: string,
): Promise<void> {
  await session.write({
    text: `UPDATE view_progress
           SET status = 'detached', position = $4::bigint, failed_position = $4::bigint + 1, error = $5, changed_at = now()
           WHERE workspace_id = $1 AND view = $2 AND version = $3`,
    values: [workspaceId, view.name, view.version, position, error],
  });
}

function basisOf(row: EventRow): Basis {
  const size = Number(row[0]);
  return { size, frontier: Frontier.fromBytes(size, bytes(row[1]!)), recordedMs: Number(row[2]) };
}

function split(
  names: readonly (readonly [name: string, version: number])[],
  views: readonly InlineView[],
): Pick<WorkspaceHead, 'attached' | 'foreign'> {
  const find = ([name, version]: readonly [string, number]): InlineView | undefined =>
    views.find((view) => view.name === name && view.version === version);
  return {
    attached: names.flatMap((one) => find(one) ?? []),
    foreign: names.filter((one) => !find(one)),
  };
}
