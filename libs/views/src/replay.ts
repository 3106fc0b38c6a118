import type { DataSource } from 'typeorm';

export interface Difference {
  readonly table: string;
  /** The row's key, by column. */
  readonly key: Readonly<Record<string, string>>;
  /** The live table lacks the row; has one that no event accounts for; or has it with other values in `columns`. */
  readonly fault: 'missing' | 'unexpected' | 'different';
  readonly columns: readonly string[];
}

export interface ReplayedView {
  /** Name and version: `incidents_v1`. */
  readonly view: string;
  /** How many events were replayed; the position that the live rows are compared at is `position`. */
  readonly events: number;
  readonly position: number;
  readonly rowsCompared: number;
  /** The first hundred a table, in the order of the key; empty: nothing changed. */
  readonly differences: readonly Difference[];
}

export interface ReplayProgress {
  readonly view: string;
  readonly events: number;
  readonly total: number;
}

/**
 * Rebuilds every inline view of a workspace from its first event beside the live one and compares them row by row, value by value.
 * Changes nothing; writers go on meanwhile (one REPEATABLE READ snapshot). A view that was detached is compared at its position.
 */
export declare function replayViews(
  dataSource: DataSource,
  workspaceId: string,
  options?: { onProgress?: (progress: ReplayProgress) => void },
): Promise<ReplayedView[]>;
