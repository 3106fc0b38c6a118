import type { Anchor, AnchorRequest, Refusal, WriteAnswer } from '@casebook/contracts';
import {
  anchorSteps,
  decide,
  erasedRefusal,
  type IncidentCommand,
  type IncidentState,
  resolveAnchor,
  type Resolved,
} from '@casebook/incident';
import {
  documentFold,
  erasuresFold,
  incidentFold,
  inSlices,
  LibraryQueries,
  membersFold,
  streams,
} from '@casebook/views';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type Caller,
  isCleared,
  mayEnter,
  ownerFault,
  readAs,
  restrictionFault,
} from '../access/visibility.js';
import { INCIDENT_COMMANDS, permissionFor } from './command-table.js';
import { Committing, type Committed, type Write } from './commit.js';
import { type Meeting, Merging } from './merging.js';
import { IncidentWrite, type RequestedIncidentCommand } from './writes.js';

/** A command with its anchor resolved, or as requested with the reason that it cannot be. */
export interface Proved {
  readonly command: IncidentCommand;
  readonly fault?: Refusal;
}

@CommandHandler(IncidentWrite)
export class IncidentHandler implements ICommandHandler<IncidentWrite> {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(Merging) private readonly merging: Merging,
  ) {}

  async execute(write: IncidentWrite): Promise<Committed> {
    const { caller } = write.request;
    const { command, fault } = await this.proved(caller, write.command);
    return this.merging.write({
      attempt: (base) =>
        this.committing.commit(
          incidentWrite(
            write,
            base === undefined ? command : ({ ...command, base } as IncidentCommand),
            fault,
          ),
        ),
      ...incidentMeeting(write, command),
    });
  }

  /**
   * Resolves a claim's anchor in its document. The text never changes, so this needs no lock; whether the
   * document still exists and is visible to the caller is decided when the events are appended ({@link
   * incidentWrite}). A fault is raised there too: a repeated key gets its first answer even if the document
   * was erased since. `texts`: documents imported by the same command.
   */
  async proved(
    caller: Caller,
    command: RequestedIncidentCommand,
    texts?: ReadonlyMap<string, string>,
  ): Promise<Proved> {
    const asRequested = command as IncidentCommand;
    const requested = anchorIn(command);
    if (requested === undefined) return { command: asRequested };
    const { workspaceId } = caller;
    const { documentId } = requested;
    const remembered = texts?.get(documentId) ?? this.library.rememberedText(workspaceId, documentId);
    const told = remembered === undefined ? undefined : await resolved(remembered, requested);
    if (told !== undefined && 'anchor' in told) return { command: anchored(command, told.anchor) };
    // A refusal quotes the document, so check first that the caller may see it.
    const text =
      texts?.get(documentId) ?? (await readAs(caller, () => this.library.text(workspaceId, documentId)));
    if (text === null) return { command: asRequested, fault: documentUnknown('/anchor/documentId') };
    const found = told ?? (await resolved(text, requested));
    if ('anchor' in found) return { command: anchored(command, found.anchor) };
    const { refusal } = found;
    const facts = { pointer: '/anchor/exact', ...refusal.facts };
    return { command: asRequested, fault: { ...refusal, facts } };
  }
}

/** A longer text is searched in slices. */
const SHORT_TEXT = 1 << 16;

const resolved = (text: string, request: AnchorRequest): Resolved | Promise<Resolved> =>
  text.length <= SHORT_TEXT ? resolveAnchor(text, request) : inSlices(anchorSteps(text, request));

const documentUnknown = (pointer: string): Refusal => ({
  code: 'reference-unknown',
  detail: 'There is no such document in this workspace. Import it first: POST …/documents.',
  facts: { pointer },
});

/** How a command to an incident may conflict. */
export const incidentMeeting = (
  { request, incidentId }: IncidentWrite,
  command: IncidentCommand,
): Omit<Meeting, 'attempt'> => ({
  request,
  ...revisedBy(command, incidentId),
});

/**
 * How the incident's stream decides the command and builds the answer. `fault`: a refusal that does not
 * depend on the incident.
 */
export function incidentWrite(
  { request, incidentId, body }: IncidentWrite,
  command: IncidentCommand,
  fault?: Refusal,
): Write<IncidentState> {
  const { caller } = request;
  const document = documentOf(command);
  return {
    request,
    permission: permissionFor(command),
    body,
    streamId: streams.incident(incidentId),
    subject: targetOf(command) ?? incidentId,
    fold: incidentFold,
    isNew: command.type === 'OpenIncident',
    revises: INCIDENT_COMMANDS[command.type].takesRevision,
    ...(document !== undefined && {
      reads: [
        { streamId: document.streamId, fold: documentFold },
        { streamId: streams.erasures, fold: erasuresFold },
      ],
    }),
    hides: (state) => !mayEnter(caller, state),
    decide: (state, context) => {
      const members = context.read(streams.members, membersFold);
      const shutOut =
        state.status === 'unopened' && command.type !== 'OpenIncident'
          ? null
          : restrictionFault(caller, command, members);
      if (shutOut !== null) return { accepted: false, refusal: shutOut };
      const nobody = ownerFault(command, state, members);
      if (nobody !== null) return { accepted: false, refusal: nobody };
      if (document !== undefined) {
        const found = context.read(document.streamId, documentFold);
        const isThere = found.status === 'imported' && isCleared(caller, members, found);
        if (!isThere) return { accepted: false, refusal: documentUnknown(document.pointer) };
        const erased = erasedRefusal(found, context.read(streams.erasures, erasuresFold));
        if (erased !== null)
          return {
            accepted: false,
            refusal: { ...erased, facts: { ...erased.facts, pointer: document.pointer } },
          };
      }
      if (fault !== undefined) return { accepted: false, refusal: fault };
      return decide(command, state);
    },
    answer: (state, last) => answerOf(state, last?.subject ?? targetOf(command)),
  };
}

/** The thing whose revision the command expects, and the command's change to it. */
function revisedBy(
  command: IncidentCommand,
  incidentId: string,
): Pick<Meeting, 'thing' | 'what' | 'changes'> {
  const changes = 'changes' in command ? { changes: command.changes } : {};
  return 'id' in command
    ? {
        thing: { what: 'annotation', incidentId, id: command.id },
        what: 'kind' in command ? command.kind : 'dispute',
        ...changes,
      }
    : { thing: { what: 'incident', incidentId }, what: 'incident', ...changes };
}

/** The document that must exist and be visible to the caller. */
function documentOf(command: IncidentCommand): { streamId: string; pointer: string } | undefined {
  if (command.type === 'AttachDocument') {
    return { streamId: streams.document(command.documentId), pointer: '/documentId' };
  }
  const anchor = anchorIn(command as RequestedIncidentCommand);
  return (
    anchor && {
      streamId: streams.document(anchor.documentId),
      pointer: '/anchor/documentId',
    }
  );
}

/** The command with its anchor resolved. */
const anchored = (command: RequestedIncidentCommand, anchor: Anchor): IncidentCommand =>
  ('fields' in command
    ? { ...command, fields: { ...command.fields, anchor } }
    : { ...command, changes: { ...(command as { changes: object }).changes, anchor } }) as IncidentCommand;

function anchorIn(command: RequestedIncidentCommand): AnchorRequest | undefined {
  if (command.type === 'RecordAnnotation' && command.kind === 'claim') return command.fields.anchor;
  if (command.type === 'ReviseAnnotation' && command.kind === 'claim') return command.changes.anchor;
  return undefined;
}

/** The subject of a command that records nothing: an annotation, a document, or the incident itself. */
const targetOf = (command: IncidentCommand): string | undefined =>
  'id' in command ? command.id : 'documentId' in command ? command.documentId : undefined;

function answerOf(state: IncidentState, subject: string | undefined): WriteAnswer {
  if (state.status === 'unopened') throw new Error('an incident that was written to is not open');
  const { id, revision, position } = state.annotations.get(subject ?? '') ?? {
    ...state,
    id: subject ?? state.id,
  };
  return { id, revision, position };
}
