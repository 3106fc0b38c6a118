import { EVENT_COLUMNS, eventOfRow } from '../reading/event-rows.js';
import type { Session } from './session.js';
import type { StoredEvent } from '../ledger-types.js';

/** The recorded events of the commands with these ids, in order, by command id. */
export async function eventsOfCommands(
  session: Session,
  workspaceId: string,
  commandIds: readonly string[],
): Promise<Map<string, StoredEvent[]>> {
  const found = new Map<string, StoredEvent[]>();
  if (commandIds.length === 0) return found;
  const rows = await session.rows({
    name: 'casebook_commands',
    text: `SELECT ${EVENT_COLUMNS} FROM events e
           WHERE e.workspace_id = $1 AND e.command_id = ANY ($2::text[])
           ORDER BY e.position`,
    values: [workspaceId, commandIds],
  });
  for (const row of rows) {
    const event = eventOfRow(workspaceId, row);
    const events = found.get(event.commandId);
    if (events) events.push(event);
    else found.set(event.commandId, [event]);
  }
  return found;
}
