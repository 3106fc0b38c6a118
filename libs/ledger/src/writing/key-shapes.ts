/**
 * A client's key has one shape: it is the id of one command, or the key of several commands that are recorded
 * each by itself, whose ids begin with it. What is recorded in one shape excludes the other, for ever and in
 * every process.
 */
const MEMBER = ' #';
/** Sorts behind every member of a key, in the order of bytes. */
const BEHIND_MEMBERS = ' $';

/** The command id of the n-th command under a key. No client's key has a space. */
export const keyInBatch = (key: string, index: number): string => `${key}${MEMBER}${index}`;

/** The key of a command that is one of several; `null` for a command by itself. */
function keyOfMember(commandId: string): string | null {
  const end = commandId.indexOf(MEMBER);
  return end < 0 ? null : commandId.slice(0, end);
}

/** Command ids from the first to the last, in the order of their bytes. */
interface IdRange {
  readonly first: string;
  readonly last: string;
}

/** The ids that the key of this command has in its other shape. */
function otherShapeOf(commandId: string): IdRange {
  const key = keyOfMember(commandId);
  return key === null
    ? { first: `${commandId}${MEMBER}`, last: `${commandId}${BEHIND_MEMBERS}` }
    : { first: key, last: key };
}

/**
 * SQL and its values: whether one of these commands' keys is recorded in its other shape, in the workspace `$1`.
 *
 * @param parameter the number of the first of two parameters.
 */
export function otherShapes(
  commandIds: readonly string[],
  parameter: number,
): { readonly found: string; readonly values: [first: string[], last: string[]] } {
  const ranges = commandIds.map(otherShapeOf);
  return {
    // The order makes it one probe of the index for each key, however small the table was when it was planned.
    found: `SELECT k.at FROM unnest($${parameter}::text[], $${parameter + 1}::text[]) WITH ORDINALITY AS k (first, last, at)
       WHERE (SELECT e.command_id FROM events e
              WHERE e.workspace_id = $1::text AND e.command_id BETWEEN k.first AND k.last
              ORDER BY e.command_id LIMIT 1) IS NOT NULL`,
    values: [ranges.map(({ first }) => first), ranges.map(({ last }) => last)],
  };
}

/** The keyed commands under way in one process. */
export class KeysUnderWay {
  private readonly ids = new Set<string>();
  /** How many members of each key. */
  private readonly members = new Map<string, number>();

  /** Whether the command's key is under way, in its shape or the other. */
  has(commandId: string): boolean {
    const key = keyOfMember(commandId);
    return this.ids.has(commandId) || this.members.has(commandId) || (key !== null && this.ids.has(key));
  }

  add(commandId: string): void {
    this.ids.add(commandId);
    const key = keyOfMember(commandId);
    if (key !== null) this.members.set(key, (this.members.get(key) ?? 0) + 1);
  }

  delete(commandId: string): void {
    this.ids.delete(commandId);
    const key = keyOfMember(commandId);
    if (key === null) return;
    const left = (this.members.get(key) ?? 1) - 1;
    if (left > 0) this.members.set(key, left);
    else this.members.delete(key);
  }
}
