import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ANNOTATION_COMMANDS, IMPORT_LINE_BYTES, importLine, type ImportReport } from '@casebook/contracts';
import { type Annotation, annotationIn } from '@casebook/incident';
import { sha256, TimeSlice, uuidOf } from '@casebook/ledger';
import { LibraryQueries, RevisionQueries } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '../access/access.guard.js';
import { readAs } from '../access/visibility.js';
import { parseJson } from '../http/json-body.js';
import { type ProblemCode, ProblemError } from '../http/problem.js';
import { problemOf } from '../http/problem.filter.js';
import type { WriteRequest } from '../http/request-context.js';
import { bodyFaults } from '../http/schema.pipe.js';
import { plannedForIncident, withIds } from './batch.js';
import { Committing } from './commit.js';
import { linesOf, NothingComes } from './import-lines.js';
import { IncidentHandler, incidentWrite } from './incident.handler.js';

export interface AnnotationImport {
  readonly request: WriteRequest;
  readonly incidentId: string;
  /** Milliseconds to wait for the next bytes; 30 s by default. */
  readonly patience?: number;
  /** Stop at the first refused line. */
  readonly stopFirst: boolean;
  /** Receives the problem of each refused line. */
  readonly hear: (code: ProblemCode) => void;
  /** JSON Lines. */
  readonly from: Readable;
  /** Where the report is written, line by line; ended after the last one. */
  readonly to: Writable;
}

/** Lines under way at the same time: enough for the ledger to commit full batches. */
const WINDOW = 512;
/** The limit on their bytes: 512 lines of maximum length would take half a GiB. One line may exceed it. */
const WINDOW_BYTES = 8 * 1024 * 1024;
/** Characters of document texts kept in memory; one text may exceed it. */
const TEXTS_LENGTH = 8 * 1024 * 1024;
const PROGRESS_EVERY = 1000;

/** Refused lines after which the import stops; each one is reported. */
const MOST_REFUSED = 1000;
/** How long to wait for the next bytes. */
const PATIENCE_MS = 30_000;

/**
 * Imports annotations line by line as they arrive. Reading follows processing: a slow database, or a client
 * that does not read the report, slows it down, and memory holds one window of lines, bounded in lines and
 * bytes. Lines are decided in order. Each line's key determines its annotation's id, so repeating a recorded
 * line records nothing.
 */
@Injectable()
export class AnnotationImporter {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(IncidentHandler) private readonly incidents: IncidentHandler,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(RevisionQueries) private readonly revisions: RevisionQueries,
  ) {}

  async run(work: AnnotationImport): Promise<void> {
    const { from, to, stopFirst } = work;
    // Lines under way after a refused one would still be recorded.
    const atOnce = stopFirst ? 1 : WINDOW;
    const tally = { lines: 0, recorded: 0, already: 0, refused: 0 };
    const underWay: Promise<void>[] = [];
    let bytesUnderWay = 0;
    const texts = new TextsAtHand();
    const fate: { stopped: boolean; failed?: { readonly error: unknown } } = { stopped: false };
    let draining: Promise<void> | undefined;

    const report = async (line: ImportReport): Promise<void> => {
      if (to.destroyed) throw new Error('the client closed the connection');
      if (to.write(`${JSON.stringify(line)}\n`)) return;
      draining ??= drained(to).finally(() => (draining = undefined));
      await draining;
    };
    const refuse = async (number: number, key: string | undefined, error: unknown): Promise<void> => {
      const problem = problemOf(error);
      work.hear(problem.code);
      tally.refused += 1;
      // Every further line would fail the same way.
      if (stopFirst || problem.status >= 500 || HOPELESS.has(problem.code)) fate.stopped = true;
      if (tally.refused >= MOST_REFUSED) fate.stopped = true;
      // Lines under way when the import stopped are only counted.
      if (tally.refused > MOST_REFUSED) return;
      const told = problem.body(work.request.route.split(' ')[1] ?? '');
      await report({ type: 'refused', line: number, ...(key !== undefined && { key }), problem: told });
    };

    const slice = new TimeSlice();
    try {
      for await (const { number, bytes } of linesOf(from, work.patience ?? PATIENCE_MS)) {
        await slice.giveWay();
        if (bytes?.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) continue;
        tally.lines += 1;
        let key: string | undefined;
        try {
          const { line, commit } = await this.prepare(work, bytes, texts, (found) => (key = found));
          // Called here in line order, and awaited when the window is full.
          const outcome = commit();
          const size = bytes?.length ?? 0;
          bytesUnderWay += size;
          underWay.push(
            outcome
              .then(
                (recorded) => void (tally[recorded] += 1),
                (error: unknown) => refuse(number, line.key, error),
              )
              .catch((error: unknown) => void (fate.failed ??= { error }))
              .finally(() => (bytesUnderWay -= size)),
          );
        } catch (error) {
          await refuse(number, key, error);
        }
        while (underWay.length >= atOnce || bytesUnderWay >= WINDOW_BYTES) {
          await Promise.all(underWay.splice(0, Math.ceil(underWay.length / 2)));
        }
        if (fate.failed !== undefined) throw fate.failed.error;
        if (fate.stopped) break;
        if (tally.lines % PROGRESS_EVERY === 0) {
          texts.clear();
          await report({ type: 'progress', ...tally });
        }
      }
      await Promise.all(underWay);
      if (fate.failed !== undefined) throw fate.failed.error;
      if (fate.stopped) await readOut(from);
      await report({ type: 'end', complete: !fate.stopped, ...tally });
      to.end();
    } catch (error) {
      await Promise.allSettled(underWay);
      if (error instanceof NothingComes && !to.destroyed) {
        await report({ type: 'end', complete: false, ...tally });
        to.end();
        return;
      }
      to.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      // Read and discard the rest of a stopped request, so that the connection stays usable.
      from.resume();
    }
  }

  private async prepare(
    { request, incidentId }: AnnotationImport,
    bytes: Buffer | null,
    texts: TextsAtHand,
    name: (key: string) => void,
  ) {
    if (bytes === null) {
      throw new ProblemError('body-too-large', `The line is longer than ${IMPORT_LINE_BYTES} bytes.`);
    }
    const parsed = importLine.safeParse(parseJson(bytes));
    if (!parsed.success) throw ProblemError.invalid(bodyFaults(parsed.error, ''));
    const line = parsed.data;
    name(line.key);
    const { caller } = request;
    const idOf = (key: string): string =>
      uuidOf(sha256(JSON.stringify(['import', caller.workspaceId, incidentId, key])));
    const own: WriteRequest = { ...request, key: undefined };
    const id = idOf(line.key);
    const item = withIds({ command: line.command, incidentId, body: line.body }, idOf);
    const write = plannedForIncident({ ...item, id }, own);
    const { command: requested } = write;
    if (requested.type === 'RecordAnnotation' && requested.kind === 'claim') {
      const { documentId } = requested.fields.anchor;
      if (!texts.has(documentId)) {
        const text = await readAs(caller, () => this.library.text(caller.workspaceId, documentId));
        if (text !== null) texts.keep(documentId, text);
      }
    }
    const { command, fault } = await this.incidents.proved(caller, requested, texts);
    const recording = incidentWrite(write, command, fault);
    const hidden = await this.committing.hiddenStreams(caller);
    const commit = async (): Promise<'recorded' | 'already'> => {
      const met: { before?: Annotation | undefined } = {};
      const committed = this.committing.commit(
        {
          ...recording,
          decide: (state, context) => {
            met.before = annotationIn(state, id);
            return recording.decide(state, context);
          },
        },
        hidden,
      );
      const { events } = await committed.catch((error: unknown) => {
        // An id of another kind is not the author's fault: they gave a key.
        if (met.before === undefined || met.before.kind === ANNOTATION_COMMANDS.get(line.command)?.kind)
          throw error;
        throw keyReused();
      });
      const isKnown =
        met.before === undefined ||
        command.type !== 'RecordAnnotation' ||
        (await this.hasSaid(caller, incidentId, met.before, command.fields));
      if (!isKnown) throw keyReused();
      return events.length > 0 ? 'recorded' : 'already';
    };
    return { line, commit };
  }

  /**
   * Whether the annotation has this content now or had it when recorded. If its content was erased by law,
   * that is unknown and assumed.
   */
  private async hasSaid(
    caller: Caller,
    incidentId: string,
    { id, revision, fields }: Annotation,
    said: object,
  ): Promise<boolean> {
    if (fields === null || isDeepStrictEqual(fields, said)) return true;
    if (revision === 1) return false;
    const first = await readAs(caller, () => this.revisions.recordedAs(caller.workspaceId, incidentId, id));
    return first === null || isDeepStrictEqual(first, said);
  }
}

const keyReused = (): ProblemError =>
  new ProblemError(
    'key-reused',
    'An earlier line with this key has different content. Give the line its own key, or revise the annotation.',
  );

/** Texts fetched once for a run of lines. */
class TextsAtHand extends Map<string, string> {
  private length = 0;

  keep(documentId: string, text: string): void {
    if (this.length + text.length > TEXTS_LENGTH) this.clear();
    this.length += text.length;
    this.set(documentId, text);
  }

  override clear(): void {
    this.length = 0;
    super.clear();
  }
}

/** Refusals that every further line would meet as well. */
const HOPELESS: ReadonlySet<string> = new Set(['incident-unknown', 'incident-closed', 'not-permitted']);

/** A client may drop an answer that ends while it still sends: its rest is read first, for a second at most. */
async function readOut(from: Readable): Promise<void> {
  const end = new AbortController();
  const ended = new Promise<void>((resolve) => {
    for (const event of ['end', 'close', 'error']) from.once(event, () => resolve());
  });
  from.resume();
  await Promise.race([ended, delay(1000, undefined, { signal: end.signal }).catch(() => undefined)]);
  end.abort();
}

const drained = (to: Writable): Promise<void> =>
  new Promise((resolve, reject) => {
    const settle = () => {
      to.off('drain', settle).off('close', settle);
      if (to.destroyed) reject(new Error('the client closed the connection'));
      else resolve();
    };
    to.on('drain', settle).on('close', settle);
  });
