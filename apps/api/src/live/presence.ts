import type { Place } from '@casebook/contracts';

/** A member whose feed is open, and where they say they are. */
export interface Visitor {
  readonly member: string;
  readonly place: Place;
  /** The ledger's head when they came: the place may be hidden by an event up to here. */
  readonly head: number;
}

/** The most entries of one list; the rest is counted. */
const MOST_SHOWN = 100;
/** Milliseconds in which comings and goings are gathered, so that a crowd does not wake every reader for each. */
const GATHERED = 50;

/** Streams of the place, any of which may be hidden from a reader. */
const streamsOf = ({ incidentId, documentId }: Place): string[] => [
  ...(incidentId === undefined ? [] : [`incident:${incidentId}`]),
  ...(documentId === undefined ? [] : [`document:${documentId}`]),
];

/** The place as a reader may see it: nowhere in particular where any of it is hidden. */
export const shownTo = (hidden: ReadonlySet<string>, place: Place): Place =>
  streamsOf(place).some((stream) => hidden.has(stream)) ? {} : place;

/** Who is in one workspace, as the feeds of this process know. */
class Room {
  readonly visitors = new Set<Visitor>();
  version = 0;
  /** The highest head of a visitor: readers see the list once they have seen the ledger up to here. */
  head = 0;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Who has the live feed open and where they are. It is as old as the connections: nothing is recorded, and a
 * feed that ends takes its entry with it. It holds one entry per feed, so the limit on feeds limits it.
 */
export class Presence {
  private readonly rooms = new Map<string, Room>();

  /** `changed` is called with the workspace soon after somebody came or went. */
  constructor(private readonly changed: (workspaceId: string) => void) {}

  /**
   * Enters the visitor, without a place that is hidden from themselves.
   *
   * @returns takes the entry away; further calls do nothing
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

  /** Grows with every change; a reader is due a list where it has seen a lower one. */
  versionFor(workspaceId: string, position: number): number {
    const room = this.rooms.get(workspaceId);
    return room === undefined || position < room.head ? 0 : room.version;
  }

  /**
   * The list as a server-sent event without an id, since it is no event of the ledger. Somebody at a place
   * that is hidden from the reader is in it without the place.
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
