import type { AnchorRequest, Json } from '@casebook/contracts';
import type { DocumentCommand, IncidentCommand } from '@casebook/incident';
import { Command } from '@nestjs/cqrs';
import type { WriteRequest } from '../http/request-context.js';
import type { Committed } from './commit.js';

type Unanchored<C> = C extends { kind: 'claim'; fields: infer F }
  ? Omit<C, 'fields'> & { fields: Omit<F, 'anchor'> & { anchor: AnchorRequest } }
  : C extends { kind: 'claim'; changes: infer D }
    ? Omit<C, 'changes'> & { changes: Omit<D, 'anchor'> & { anchor?: AnchorRequest } }
    : C;

/** An incident's command as received: the anchors of its claims are not resolved yet. */
export type RequestedIncidentCommand = Unanchored<IncidentCommand>;

/** One command to one incident. */
export class IncidentWrite extends Command<Committed> {
  constructor(
    readonly request: WriteRequest,
    readonly incidentId: string,
    readonly command: RequestedIncidentCommand,
    /** The validated body of the request, without generated ids. */
    readonly body: Json,
  ) {
    super();
  }
}

/** One command to one document of the library. */
export class DocumentWrite extends Command<Committed> {
  constructor(
    readonly request: WriteRequest,
    readonly command: DocumentCommand,
    /** As for {@link IncidentWrite}. */
    readonly body: Json,
  ) {
    super();
  }
}
