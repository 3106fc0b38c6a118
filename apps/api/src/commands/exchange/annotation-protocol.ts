import {
  type AnnotationView,
  type BatchCommandName,
  KINDS,
  REQUIRED_FIELDS,
  UUID,
  type WriteAnswer,
} from '@casebook/contracts';
import { canonicalIri, readAnnotation, type ReadItem, withReferences } from '@casebook/exchange';
import { newId } from '@casebook/ledger';
import { IncidentQueries, LibraryQueries } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { readAs } from '../../access/visibility.js';
import { ProblemError } from '../../http/problem.js';
import type { WriteRequest } from '../../http/request-context.js';
import { plannedForIncident } from '../batch.js';
import { ExchangeImporter } from './exchange-import.js';
import { unreadProblem } from './item-recording.js';
import { KnownThings } from './known-things.js';
import { Placing } from './placing.js';

/** Writes of the W3C Web Annotation Protocol; each is an event like any other. */
@Injectable()
export class AnnotationProtocol {
  constructor(
    @Inject(ExchangeImporter) private readonly importer: ExchangeImporter,
    @Inject(IncidentQueries) private readonly incidents: IncidentQueries,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(CommandBus) private readonly commands: CommandBus,
  ) {}

  /** Records a new annotation. `slug`: the name requested by the client. */
  async create(
    request: WriteRequest,
    incidentId: string,
    json: unknown,
    slug: string | undefined,
  ): Promise<string> {
    const source = await this.importer.sourceOf(request, incidentId);
    const item = readItem(json);
    const { items, known } = await this.importer.recording(request, source, {
      dryRun: false,
      document: undefined,
    });
    const { canonical } = item.origin;
    const there = canonical === undefined ? undefined : known.resolve(canonical, item.origin.format);
    if (there !== undefined) {
      throw new ProblemError(
        'annotation-exists',
        `An annotation with this canonical IRI exists already: ${there}. PUT a change to it, or leave canonical out.`,
        { id: there },
      );
    }
    const wanted = slug !== undefined && UUID.test(slug) && known.get(slug) === undefined ? slug : newId();
    // A POST creates a new annotation, whatever its id in the source.
    const recorded = await items.record({ ...item, keys: [wanted], id: wanted }, true);
    const { id = wanted } = await recorded.result;
    return id;
  }

  /** Replaces a representation. */
  async replace(
    request: WriteRequest,
    incidentId: string,
    before: AnnotationView,
    json: unknown,
  ): Promise<void> {
    const item = readItem(json);
    const { id, kind, origin } = before;
    const { canonical } = item.origin;
    if (canonical !== undefined && canonical !== canonicalIri(id, origin)) {
      throw new ProblemError(
        'annotation-fixed',
        'The canonical IRI of an annotation never changes. Send it unchanged, or leave it out.',
      );
    }
    const changes =
      kind === 'item' ? itemChanges(item) : await this.changesOf(request, incidentId, before, item);
    await this.run(request, incidentId, KINDS[kind].commands.revise, id, changes);
  }

  async remove(request: WriteRequest, incidentId: string, { id, kind }: AnnotationView): Promise<void> {
    await this.run(request, incidentId, KINDS[kind].commands.retract, id, {
      reason: 'Deleted through the Web Annotation Protocol.',
    });
  }

  /** The changes that a representation makes to a Casebook annotation: fields it leaves out are cleared. */
  private async changesOf(
    request: WriteRequest,
    incidentId: string,
    before: AnnotationView,
    item: ReadItem,
  ): Promise<Record<string, unknown>> {
    const { kind } = before;
    const { annotation } = item;
    if (annotation?.kind !== kind) {
      throw new ProblemError(
        'annotation-fixed',
        `This annotation is a ${kind}, and the one you sent would be of another kind. Keep its target, or delete it and post another.`,
      );
    }
    const { caller } = request;
    const source = await this.importer.sourceOf(request, incidentId);
    const known = await readAs(caller, () => KnownThings.in(source));
    const fields: Record<string, unknown> = {
      ...withReferences(kind, annotation.fields, (name) => known.target(name, item.origin.format) ?? name),
    };
    if (kind === 'claim') {
      const placed = await new Placing(source, undefined).place(annotation.quote ?? {}, (documentId) =>
        readAs(caller, () => this.library.text(caller.workspaceId, documentId)),
      );
      if ('lost' in placed) throw new ProblemError('quote-not-found', placed.why);
      fields['anchor'] = placed.anchor;
    }
    const { revise, fixed } = KINDS[kind];
    return Object.fromEntries(
      Object.keys(revise.shape)
        .filter((name) => name !== 'reason' && !(fixed as readonly string[]).includes(name))
        .filter((name) => name in fields || !REQUIRED_FIELDS[kind].has(name))
        .map((name) => [name, fields[name] ?? null]),
    );
  }

  private async run(
    request: WriteRequest,
    incidentId: string,
    command: BatchCommandName,
    id: string,
    body: Record<string, unknown>,
  ): Promise<WriteAnswer> {
    const { expected, conditional } = request;
    const item = {
      command,
      incidentId,
      id,
      body,
      ...(conditional && { ifMatch: expected ?? ('*' as const) }),
    };
    const write = plannedForIncident(item, request, { command, id, body } as never);
    return (await this.commands.execute(write)).answer;
  }

  /** The annotation with this id, or `null`. */
  async one(workspaceId: string, incidentId: string, id: string): Promise<AnnotationView | null> {
    return (await this.incidents.annotationsById(workspaceId, incidentId, [id]))[0] ?? null;
  }
}

/** Clears fields that are left out. A representation does not change the format or the status. */
const itemChanges = ({ kept: { type, title, about, content } }: ReadItem): Record<string, unknown> => ({
  type: type ?? null,
  title: title ?? null,
  about: about ?? null,
  content,
});

function readItem(json: unknown): ReadItem {
  try {
    return readAnnotation(json);
  } catch (error) {
    throw unreadProblem(error);
  }
}
