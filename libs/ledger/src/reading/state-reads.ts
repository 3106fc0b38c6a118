import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { AS_TEXT, type EventRow, recordedOfRow, STREAM_COLUMNS } from './event-rows.js';
import type { StreamFold } from '../ledger-types.js';

/** A previously read state. Never trusted without a check: the next read asks whether it is still the latest. */
interface ReadState {
  readonly epoch: string;
  readonly version: number;
  readonly state: unknown;
}

/**
 * Reads the current states of streams. One statement checks whether a cached state may still be used (the epoch) and
 * returns the events it lacks. So an answer is as current as a fold of the whole stream, in any process, and costs
 * only the new events.
 *
 * Separate from the states that writers decide on, which are sound only under the head's lock.
 */
export class StateReads {
  private readonly known: LRUCache<string, ReadState>;

  /** @param maxWeight the sum over all states kept, in events of average size. */
  constructor(
    private readonly pool: Pool,
    maxWeight: number,
  ) {
    this.known = new LRUCache({ maxSize: maxWeight });
  }

  async read<S>(workspaceId: string, streamId: string, fold: StreamFold<S>): Promise<S> {
    const key = `${workspaceId}\0${fold.name}\0${streamId}`;
    const known = this.known.get(key);
    const { rows } = await this.pool.query<string[]>({
      ...AS_TEXT,
      name: 'ledger-state',
      text: STATE_SINCE,
      values: [workspaceId, streamId, known?.epoch ?? null, known?.version ?? 0],
    });
    const epoch = rows[0]?.[EPOCH];
    if (epoch === undefined) return fold.initial;
    const isKnown = known?.epoch === epoch;
    let state = isKnown ? (known.state as S) : fold.initial;
    let version = isKnown ? known.version : 0;
    for (const row of rows as EventRow[]) {
      // Only the head, without an event: nothing is new.
      if (row[1] === null) break;
      const event = recordedOfRow(workspaceId, row, streamId);
      state = fold.evolve(state, event);
      version = event.streamVersion;
    }
    if (!isKnown || version > known.version) {
      const size = Math.min(1 + Math.ceil(fold.weight?.(state) ?? version), this.known.maxSize);
      this.known.set(key, { epoch, version, state }, { size });
    }
    return state;
  }
}

/** After the columns of the event. */
const EPOCH = 8;

/** If the epoch differs, all events. */
const STATE_SINCE = `
  SELECT ${STREAM_COLUMNS}, h.epoch
  FROM ledger_heads h
  LEFT JOIN events e ON e.workspace_id = h.workspace_id AND e.stream_id = $2
    AND e.stream_version > CASE WHEN h.epoch = $3::bigint THEN $4::integer ELSE 0 END
  WHERE h.workspace_id = $1
  ORDER BY e.stream_version`;
