import type { Place } from '@casebook/contracts';

/** A member with an open feed, and the place they report. */
export interface Visitor {
  readonly member: string;
  readonly place: Place;
  /** The ledger's head on arrival: the place may be hidden by an event up to here. */
  readonly head: number;
}

/** Maximum entries of one list; the rest is counted. */
const MOST_SHOWN = 100;
/** Milliseconds over which arrivals and departures are collected, so that a crowd does not wake every reader for each. */
const GATHERED = 50;

/** Streams of the place, any of which may be hidden from a reader. */
const streamsOf = ({ incidentId, documentId }: Place): string[] => [
  ...(incidentId === undefined ? [] : [`incident:${incidentId}`]),
  ...(documentId === undefined ? [] : [`document:${documentId}`]),
];

/** The place as a reader may see it: nowhere in particular if any part of it is hidden. */
export const shownTo = (hidden: ReadonlySet<string>, place: Place): Place =>
  streamsOf(place).some((stream) => hidden.has(stream)) ? {} : place;

/** The visitors of one workspace on this process's feeds. */
class Room {
  readonly visitors = new Set<Visitor>();
  version = 0;
  /** The highest head of any visitor: readers get the list once they have seen the ledger up to here. */
  head = 0;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Who has the live feed open, and where they are. Nothing is recorded: an entry lasts as long as its feed. The limit
 * on feeds also limits the entries.
 */
export class Presence {
  private readonly rooms = new Map<string, Room>();

  /** `changed` is called with the workspace soon after an arrival or departure. */
  constructor(private readonly changed: (workspaceId: string) => void) {}

  /**
   * Enters the visitor, without a place that is hidden from themselves.
   *
   * @returns removes the entry; further calls do nothing
   */
  enter(workspaceId: string, said: Visitor, hidden: ReadonlySet<string>): () => void {
    const visitor = { ...said, place: shownTo(hidden, said.place) };
    const room = this.rooms.get(workspaceId) ?? new Room();
    this.rooms.set(workspaceId, room);
    room.visitors.add(visitor);
    room.head = Math.max(room.head, visitor.head);
    this.gather(workspaceId, room);
    return () => {
      if (!room.visitors.delete(visitor)) return;
      this.gather(workspaceId, room);
    };
  }

  private gather(workspaceId: string, room: Room): void {
    room.version += 1;
    room.timer ??= setTimeout(() => {
      room.timer = undefined;
      if (room.visitors.size === 0) this.rooms.delete(workspaceId);
      this.changed(workspaceId);
    }, GATHERED);
    room.timer.unref();
  }

  /** Increases with every change; a reader that has seen a lower one gets the list. */
  versionFor(workspaceId: string, position: number): number {
    const room = this.rooms.get(workspaceId);
    return room === undefined || position < room.head ? 0 : room.version;
  }

  /**
   * The list as a server-sent event without an id, since it is not an event of the ledger. A place that is hidden
   * from the reader is left out of its entry.
   */
  seenBy(workspaceId: string, hidden: ReadonlySet<string>): string {
    const entries = new Map<string, Place & { readonly member: string }>();
    for (const { member, place } of this.rooms.get(workspaceId)?.visitors ?? []) {
      const shown = shownTo(hidden, place);
      entries.set(JSON.stringify([member, shown]), { member, ...shown });
    }
    const present = [...entries.values()].slice(0, MOST_SHOWN);
    const data = { present, more: entries.size - present.length };
    return `event: present\ndata: ${JSON.stringify(data)}\n\n`;
  }
}
