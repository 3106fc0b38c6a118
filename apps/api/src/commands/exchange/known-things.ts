import type { AnnotationKind, AnnotationView, ExchangeFormat } from '@casebook/contracts';
import { sha256, uuidOf } from '@casebook/ledger';
import type { IncidentSource } from '@casebook/views';

export interface KnownThing {
  readonly kind: AnnotationKind;
  /** For a comment. */
  readonly targetId?: string | undefined;
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const CANONICAL = new RegExp(`^(?:urn:uuid:)?(${UUID})$`);
const ADDRESS = new RegExp(`/web-annotations/(${UUID})$`);
const STIX_ID = new RegExp(`^[a-z][a-z0-9-]*--${UUID}$`, 'i');
const INCIDENT = new RegExp(`/incidents/${UUID}/?$`);

/**
 * The content of an incident by id and by the names used in sources. The same name always maps to the same id, so an
 * item that was imported before is recognised, however often it is sent.
 */
export class KnownThings {
  private readonly byId = new Map<string, KnownThing>();
  private readonly byName = new Map<string, string>();

  constructor(
    private readonly workspaceId: string,
    private readonly incidentId: string,
  ) {}

  /** @param nameOf the identifier that the import's format uses, beside the canonical IRI */
  static async in(source: IncidentSource, nameOf?: (view: AnnotationView) => string): Promise<KnownThings> {
    const known = new KnownThings(source.workspaceId, source.header.id);
    for await (const view of source.annotations()) {
      const { id, kind, origin } = view;
      known.add(id, { kind, targetId: view.kind === 'comment' ? view.targetId : undefined });
      if (origin?.canonical !== undefined) known.name(id, origin.canonical, origin.format);
      if (nameOf !== undefined) known.name(id, nameOf(view), 'casebook');
    }
    return known;
  }

  add(id: string, thing: KnownThing): void {
    this.byId.set(id, thing);
  }

  name(id: string, name: string, format: ExchangeFormat): void {
    this.byName.set(nameIn(name, format), id);
  }

  get(id: string): KnownThing | undefined {
    return this.byId.get(id);
  }

  /** The id recorded under this name. */
  idOf(name: string, format: ExchangeFormat): string {
    return uuidOf(
      sha256(JSON.stringify(['exchange', this.workspaceId, this.incidentId, nameIn(name, format)])),
    );
  }

  /** The id that the name refers to here; `undefined` if it is unknown. */
  resolve(name: string, format: ExchangeFormat): string | undefined {
    const named = this.byName.get(nameIn(name, format));
    if (named !== undefined) return named;
    const own = CANONICAL.exec(name)?.[1] ?? ADDRESS.exec(name)?.[1];
    if (own !== undefined && this.byId.has(own)) return own;
    const made = this.idOf(name, format);
    return this.byId.has(made) ? made : undefined;
  }

  /** The same if the name may refer to the incident itself. */
  target(name: string, format: ExchangeFormat): string | undefined {
    return this.resolve(name, format) ?? (INCIDENT.test(name) ? this.incidentId : undefined);
  }
}

/** IRIs and STIX ids are global; a short id belongs to its tool. */
const nameIn = (name: string, format: ExchangeFormat): string =>
  /^[a-z][a-z0-9+.-]*:/i.test(name) || STIX_ID.test(name) ? name : `${format}:${name}`;
