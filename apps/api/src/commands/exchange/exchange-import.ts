import type { Readable, Writable } from 'node:stream';
import { type ExchangeReport, itemOutcome, type ItemOutcome } from '@casebook/contracts';
import {
  BrokenInput,
  IMPORT_FORMATS,
  type ImportFormat,
  type ImportFormatName,
  type ReadItem,
  type ReadOptions,
} from '@casebook/exchange';
import { TimeSlice } from '@casebook/ledger';
import { HistoryQueries, type IncidentSource, IncidentSources, LibraryQueries } from '@casebook/views';
import { Inject, Injectable } from '@nestjs/common';
import { readAs, unknownIncident } from '../../access/visibility.js';
import { parseJson } from '../../http/json-body.js';
import { type ProblemCode, ProblemError } from '../../http/problem.js';
import { problemOf } from '../../http/problem.filter.js';
import type { WriteRequest } from '../../http/request-context.js';
import { Committing } from '../commit.js';
import { chunksOf, NothingComes } from '../import-lines.js';
import { IncidentHandler } from '../incident.handler.js';
import { ItemRecording, type ItemResult, NotYet, unreadProblem } from './item-recording.js';
import { KnownThings } from './known-things.js';
import { Placing } from './placing.js';
import { DryRecorder, LedgerRecorder, type Recorder } from './recording.js';

export interface ExchangeImport {
  readonly request: WriteRequest;
  readonly incidentId: string;
  readonly format: ImportFormatName;
  readonly dryRun: boolean;
  readonly stopFirst: boolean;
  /** The document for items that name none. */
  readonly document: string | undefined;
  /** Receives the problem of each refused item. */
  readonly hear: (code: ProblemCode) => void;
  readonly from: Readable;
  /** For tables: which one, its column names, and its character encoding. */
  readonly table: Omit<ReadOptions, 'parse'>;
}

interface RecordingOptions {
  readonly dryRun: boolean;
  readonly document: string | undefined;
  readonly nameOf?: ImportFormat['nameOf'];
}

/** Items under way at the same time: enough for the ledger to commit full batches. */
const WINDOW = 256;
const PROGRESS_EVERY = 1000;
/** Refused items after which the import stops. */
const MOST_REFUSED = 1000;
/** How long to wait for the next bytes. */
const PATIENCE_MS = 30_000;
/** Maximum bytes of one import. */
const MOST_BYTES = 1024 * 1024 * 1024;
/** Maximum JSON values in one item. */
const MOST_ELEMENTS = 100_000;
/** Maximum items waiting for later items that they refer to. */
const MOST_WAITING = 50_000;

type Line = ExchangeReport;
interface Waiting {
  readonly index: number;
  readonly item: ReadItem;
}

/**
 * Imports the items of another tool as they arrive: parsed one by one, decided in order, and reported one by one.
 * Memory holds a window of items, and those waiting for later ones. Whatever ends the import early, the report says
 * exactly what was recorded.
 */
@Injectable()
export class ExchangeImporter {
  constructor(
    @Inject(Committing) private readonly committing: Committing,
    @Inject(IncidentHandler) private readonly incidents: IncidentHandler,
    @Inject(LibraryQueries) private readonly library: LibraryQueries,
    @Inject(HistoryQueries) private readonly histories: HistoryQueries,
    @Inject(IncidentSources) private readonly sources: IncidentSources,
  ) {}

  /** @throws ProblemError incident-unknown */
  async open(work: ExchangeImport): Promise<ImportRun> {
    const { request, incidentId, dryRun, document } = work;
    const source = await this.sourceOf(request, incidentId);
    const { nameOf }: ImportFormat = IMPORT_FORMATS[work.format];
    const recording = await this.recording(request, source, { dryRun, document, nameOf });
    return new ImportRun(work, recording.items, recording.recorder);
  }

  /**
   * The incident as its caller reads it now.
   * @throws ProblemError incident-unknown
   */
  async sourceOf({ caller }: WriteRequest, incidentId: string): Promise<IncidentSource> {
    const source = await readAs(caller, () =>
      this.sources.open(caller.workspaceId, incidentId, Number.MAX_SAFE_INTEGER),
    );
    if (source === null) throw unknownIncident();
    return source;
  }

  /** The means to record items in an incident. */
  async recording(
    request: WriteRequest,
    source: IncidentSource,
    { dryRun, document, nameOf }: RecordingOptions,
  ): Promise<{ readonly items: ItemRecording; readonly recorder: Recorder; readonly known: KnownThings }> {
    const { caller } = request;
    const { workspaceId } = caller;
    const incidentId = source.header.id;
    const known = await readAs(caller, () => KnownThings.in(source, nameOf));
    const recorder = await this.recorderFor(request, incidentId, dryRun);
    const items = new ItemRecording({
      request,
      incidentId,
      known,
      placing: new Placing(source, document),
      recorder,
      textOf: (documentId) => readAs(caller, () => this.library.text(workspaceId, documentId)),
    });
    return { items, recorder, known };
  }

  /** Records commands to an incident, or previews them. */
  async recorderFor({ caller }: WriteRequest, incidentId: string, dryRun: boolean): Promise<Recorder> {
    if (!dryRun) return new LedgerRecorder(this.committing, this.incidents);
    const state = await readAs(caller, () =>
      this.histories.incidentAt(caller.workspaceId, incidentId, Number.MAX_SAFE_INTEGER),
    );
    return new DryRecorder(this.incidents, state);
  }
}

/** One running import. */
export class ImportRun {
  private readonly counts = Object.fromEntries(itemOutcome.options.map((each) => [each, 0])) as Record<
    ItemOutcome,
    number
  >;
  private count = 0;
  private stopped = false;
  private readonly underWay: Promise<void>[] = [];
  private waiting: Waiting[] = [];
  private readonly standing: (() => Promise<void>)[] = [];

  constructor(
    private readonly work: ExchangeImport,
    private readonly items: ItemRecording,
    private readonly recorder: Recorder,
  ) {}

  /** Writes the report, and ends it. */
  async run(to: Writable): Promise<void> {
    const { from } = this.work;
    let problem: ProblemError | undefined;
    try {
      problem = await this.readAll(to);
      await this.finish(to);
      await tell(to, this.end(problem));
      to.end();
    } catch (error) {
      await Promise.allSettled(this.underWay);
      to.destroy(error instanceof Error ? error : new Error(String(error)));
    } finally {
      from.resume();
    }
  }

  /** The cause that stopped it, other than a refused item. */
  private async readAll(to: Writable): Promise<ProblemError | undefined> {
    const format: ImportFormat = IMPORT_FORMATS[this.work.format];
    const slice = new TimeSlice();
    try {
      const read = format.read(bounded(this.work.from), {
        ...this.work.table,
        parse: (bytes) => parseJson(bytes, MOST_ELEMENTS),
      });
      for await (const item of read) {
        await slice.giveWay();
        const index = this.count;
        this.count += 1;
        if ('unread' in item) await this.refuse(to, { index, line: item.line }, unreadProblem(item.unread));
        else await this.take(to, { index, item }, false);
        if (this.stopped) return undefined;
        if (this.count % PROGRESS_EVERY === 0)
          await tell(to, { type: 'progress', items: this.count, ...this.counts });
      }
      return undefined;
    } catch (error) {
      this.stopped = true;
      if (error instanceof BrokenInput) return new ProblemError(error.code, error.message);
      if (error instanceof NothingComes)
        return new ProblemError(
          'request-timeout',
          'Nothing arrived for 30 s. Send the rest, or everything, again.',
        );
      const told = problemOf(error);
      if (told.status >= 500) throw error;
      return told;
    }
  }

  private async take(to: Writable, waiting: Waiting, isLast: boolean): Promise<boolean> {
    const { index, item } = waiting;
    try {
      const { result, standing } = await this.items.record(item, isLast);
      const wanted = item.annotation?.standing ?? item.kept.standing;
      const told = result
        .then(async (each) => {
          if (standing === undefined || wanted === undefined || each.outcome === 'known')
            return this.report(to, index, item, each);
          this.standing.push(() => this.stand(to, waiting, each, standing, wanted));
          return undefined;
        })
        .catch((error: unknown) => this.refuse(to, { index, item }, problemOf(error)));
      this.underWay.push(told);
      if (this.underWay.length >= (this.work.stopFirst ? 1 : WINDOW))
        await Promise.all(this.underWay.splice(0, Math.ceil(this.underWay.length / 2)));
      return true;
    } catch (error) {
      if (error instanceof NotYet) {
        if (this.waiting.length === MOST_WAITING)
          throw new BrokenInput(`More than ${MOST_WAITING} items refer to later items.`);
        this.waiting.push(waiting);
        return false;
      }
      await this.refuse(to, { index, item }, problemOf(error));
      return true;
    }
  }

  /** Retries waiting items until none makes progress, then records them without unresolved references, then sets each status. */
  private async finish(to: Writable): Promise<void> {
    for (let isLast = false; this.waiting.length > 0 && !this.stopped;) {
      const before = this.waiting;
      this.waiting = [];
      let moved = false;
      for (const each of before) {
        if (this.hasStopped()) break;
        moved = (await this.take(to, each, isLast)) || moved;
      }
      isLast = !moved;
    }
    await Promise.all(this.underWay.splice(0));
    for (const stand of this.standing) await stand();
  }

  private hasStopped(): boolean {
    return this.stopped;
  }

  private async stand(
    to: Writable,
    { index, item }: Waiting,
    result: ItemResult,
    standing: Parameters<ItemRecording['stand']>[0],
    wanted: Parameters<ItemRecording['stand']>[1],
  ): Promise<void> {
    let why = result.why;
    try {
      await this.items.stand(standing, wanted);
    } catch (error) {
      why = `It stays as recorded: ${problemOf(error).detail}`;
    }
    await this.report(to, index, item, { ...result, ...(why !== undefined && { why }) });
  }

  private async report(to: Writable, index: number, item: ReadItem, result: ItemResult): Promise<void> {
    this.counts[result.outcome] += 1;
    await tell(to, { type: 'item', index, ...lineOf(item), source: item.keys.at(-1)!, ...result });
  }

  private async refuse(
    to: Writable,
    { index, item, line = item?.line }: { index: number; item?: ReadItem; line?: number | undefined },
    problem: ProblemError,
  ): Promise<void> {
    const { request, hear, stopFirst } = this.work;
    hear(problem.code);
    this.counts.refused += 1;
    if (stopFirst || problem.status >= 500 || HOPELESS.has(problem.code)) this.stopped = true;
    if (this.counts.refused >= MOST_REFUSED) this.stopped = true;
    await tell(to, {
      type: 'item',
      index,
      ...lineOf({ line }),
      ...(item !== undefined && { source: item.keys.at(-1)! }),
      outcome: 'refused',
      why: problem.detail,
      problem: problem.body(request.route.split(' ')[1] ?? ''),
    });
  }

  private end(problem: ProblemError | undefined): Line {
    const { request, dryRun } = this.work;
    const { position } = this.recorder;
    return {
      type: 'end',
      complete: !this.stopped,
      dryRun,
      import: request.correlationId,
      ...(position > 0 && { position }),
      items: this.count,
      ...this.counts,
      ...(problem !== undefined && { problem: problem.body(request.route.split(' ')[1] ?? '') }),
    };
  }
}

const lineOf = ({ line }: { readonly line?: number | undefined }): { line?: number } =>
  line === undefined ? {} : { line };

/** Refusals that every further item would meet as well. */
const HOPELESS: ReadonlySet<string> = new Set(['incident-unknown', 'incident-closed', 'not-permitted']);

async function* bounded(from: Readable): AsyncGenerator<Buffer, void, void> {
  let length = 0;
  for await (const chunk of chunksOf(from, PATIENCE_MS)) {
    length += chunk.length;
    if (length > MOST_BYTES) throw new BrokenInput(`The body is longer than ${MOST_BYTES} bytes; split it.`);
    yield chunk;
  }
}

async function tell(to: Writable, line: Line): Promise<void> {
  if (to.destroyed) throw new Error('the client closed the connection');
  if (to.write(`${JSON.stringify(line)}\n`)) return;
  await new Promise<void>((resolve, reject) => {
    const settle = () => {
      to.off('drain', settle).off('close', settle);
      if (to.destroyed) reject(new Error('the client closed the connection'));
      else resolve();
    };
    to.on('drain', settle).on('close', settle);
  });
}
