import { type AnnotationKind, type BatchCommandName, type ItemOutcome, KINDS } from '@casebook/contracts';
import { NoAnnotation, type ReadItem, withReferences } from '@casebook/exchange';
import { ProblemError } from '../../http/problem.js';
import { problemOf } from '../../http/problem.filter.js';
import type { WriteRequest } from '../../http/request-context.js';
import { plannedForIncident } from '../batch.js';
import type { KnownThings } from './known-things.js';
import { NO_TEXT, type Placed, type Placing } from './placing.js';
import type { Recorder } from './recording.js';

/** The outcome for an item, or its expected outcome. */
export interface ItemResult {
  readonly outcome: ItemOutcome;
  readonly id?: string;
  readonly kind?: AnnotationKind;
  readonly distance?: { readonly moved?: number; readonly edits: number };
  readonly why?: string;
}
export interface Recorded {
  readonly result: Promise<ItemResult>;
  /** For a new annotation. */
  readonly standing?: { readonly id: string; readonly kind: AnnotationKind };
}

/** The item refers to something unknown so far, which later items may bring. */
export class NotYet extends Error {
  override readonly name = 'NotYet';
}

export interface ItemScope {
  readonly request: WriteRequest;
  readonly incidentId: string;
  readonly known: KnownThings;
  readonly placing: Placing;
  readonly recorder: Recorder;
  textOf(this: void, documentId: string): Promise<string | null>;
}

/** Records the items of other tools one by one, each as an annotation or, failing that, as a kept item. */
export class ItemRecording {
  constructor(private readonly scope: ItemScope) {}

  /**
   * Resolves when the item's command is under way, so that items are decided in the order of the calls.
   * @param isLast no more items come: unresolved references are left out
   * @throws NotYet unless `isLast`; a ProblemError if nothing of the item can be recorded
   */
  async record(item: ReadItem, isLast: boolean): Promise<Recorded> {
    const { known } = this.scope;
    const { format } = item.origin;
    for (const key of item.keys) {
      const id = known.resolve(key, format);
      const thing = id === undefined ? undefined : known.get(id);
      if (id !== undefined && thing !== undefined)
        return { result: Promise.resolve({ outcome: 'known', id, kind: thing.kind }) };
    }
    if (item.instead !== undefined) return this.instead(item, item.instead);
    if (item.annotation === undefined) return this.keep(item, 'kept', item.kept.why);
    return item.annotation.kind === 'claim'
      ? this.claim(item, item.annotation)
      : this.referring(item, item.annotation, isLast);
  }

  /** An item that does not become an annotation. */
  private async instead(item: ReadItem, is: NonNullable<ReadItem['instead']>): Promise<Recorded> {
    const { known, placing, incidentId, textOf } = this.scope;
    if ('incident' in is) {
      known.name(incidentId, item.keys[0], item.origin.format);
      return { result: Promise.resolve({ outcome: 'known', why: item.kept.why }) };
    }
    if ('why' in is) return { result: Promise.resolve({ outcome: 'known', why: is.why }) };
    const { documentId } = is;
    if (placing.isAttached(documentId)) return { result: Promise.resolve({ outcome: 'known' }) };
    if ((await textOf(documentId)) === null) return this.keep(item, 'kept', NO_TEXT);
    await this.attach(documentId);
    return { result: Promise.resolve({ outcome: 'recorded' }) };
  }

  private async attach(documentId: string): Promise<void> {
    const { done } = await this.command('attach-document', '', { documentId });
    await done;
    this.scope.placing.attach(documentId);
  }

  private async claim(
    item: ReadItem,
    { fields, quote = {} }: NonNullable<ReadItem['annotation']>,
  ): Promise<Recorded> {
    const { placing, textOf } = this.scope;
    const placed: Placed = await placing.place(quote, textOf);
    if ('lost' in placed)
      return this.keep(item, placed.lost === 'elsewhere' ? 'kept' : placed.lost, placed.why);
    const { anchor, distance } = placed;
    if (!placing.isAttached(anchor.documentId)) await this.attach(anchor.documentId);
    return this.annotation(
      item,
      'claim',
      { ...fields, anchor },
      {
        outcome: distance === undefined ? 'recorded' : 're-anchored',
        ...(distance !== undefined && { distance }),
      },
    );
  }

  /** An annotation that refers to others. */
  private async referring(
    item: ReadItem,
    { kind, fields }: NonNullable<ReadItem['annotation']>,
    isLast: boolean,
  ): Promise<Recorded> {
    const { known } = this.scope;
    const { format } = item.origin;
    const missing: string[] = [];
    const resolved = withReferences(kind, fields, (name) => {
      const id = kind === 'comment' ? known.target(name, format) : known.resolve(name, format);
      if (id === undefined) missing.push(name);
      return id;
    });
    if (missing.length > 0 && !isLast) throw new NotYet();
    const whole = withoutAbsent(resolved);
    const left =
      missing.length === 0
        ? {}
        : { why: `${missing.length} of its references are to things that are not here; they are left out.` };
    if (kind !== 'comment') return this.annotation(item, kind, whole, { outcome: 'recorded', ...left });
    const { targetId } = whole;
    if (typeof targetId !== 'string') return this.keep(item, 'kept', item.kept.why);
    // Other tools reply to a comment; here, a reply has the same target as its comment.
    const parent = known.get(targetId);
    const reply =
      parent?.kind === 'comment' && parent.targetId !== undefined
        ? { targetId: parent.targetId, replyTo: targetId }
        : {};
    return this.annotation(item, kind, { ...whole, ...reply }, { outcome: 'recorded' });
  }

  private async annotation(
    item: ReadItem,
    kind: AnnotationKind,
    fields: Readonly<Record<string, unknown>>,
    result: ItemResult,
  ): Promise<Recorded> {
    const { known } = this.scope;
    const id = item.id ?? known.idOf(item.keys[0], item.origin.format);
    const body = { ...fields, origin: item.origin };
    let under: { readonly done: Promise<boolean> };
    try {
      under = await this.command(KINDS[kind].commands.record, id, body);
    } catch (error) {
      // Content of another tool that no field accepts is kept; the same from Casebook or an analyst is a fault.
      const problem = problemOf(error);
      const isOurs = item.origin.format === 'casebook' || item.isStrict === true;
      if (problem.code !== 'invalid-request' || isOurs) throw error;
      return this.keep(item, 'kept', problem.detail);
    }
    this.learn(item, id, kind, (fields as { targetId?: string }).targetId);
    return {
      result: under.done.then((recorded) =>
        recorded ? { ...result, id, kind } : { outcome: 'known', id, kind },
      ),
      standing: { id, kind },
    };
  }

  private async keep(item: ReadItem, outcome: ItemOutcome, why: string): Promise<Recorded> {
    const { known } = this.scope;
    const { origin, kept } = item;
    const id = item.id ?? known.idOf(item.keys[0], origin.format);
    const { rest: _, ...from } = origin;
    const { type, title, about, content, rest } = kept;
    const format = kept.format ?? (origin.format === 'casebook' ? 'web-annotation' : origin.format);
    const { done } = await this.command('keep-item', id, {
      format,
      ...(type !== undefined && { type }),
      ...(title !== undefined && { title }),
      ...(about !== undefined && { about }),
      content,
      origin: { ...from, ...(rest !== undefined && { rest }) },
    });
    this.learn(item, id, 'item');
    return {
      ...(item.annotation === undefined && { standing: { id, kind: 'item' as const } }),
      result: done.then((recorded): ItemResult =>
        recorded ? { outcome, id, kind: 'item', why } : { outcome: 'known', id, kind: 'item' },
      ),
    };
  }

  /** Sets the status of a newly recorded annotation. */
  async stand(
    { id, kind }: NonNullable<Recorded['standing']>,
    { state, resolution, retraction }: NonNullable<NonNullable<ReadItem['annotation']>['standing']>,
  ): Promise<void> {
    const run = async (name: Parameters<ItemRecording['command']>[0], body: object): Promise<void> =>
      void (await (
        await this.command(name, id, body)
      ).done);
    if (kind === 'dispute' && state === 'resolved' && resolution !== undefined) {
      const { outcome, prevailing, reason } = resolution;
      await run('settle-dispute', { outcome, ...(prevailing !== undefined && { prevailing }), reason });
    }
    if (kind === 'dispute' && (state === 'withdrawn' || state === 'reopened'))
      await run('withdraw-dispute', {});
    if (kind === 'dispute' && state === 'reopened') await run('reopen-dispute', {});
    if (retraction !== undefined)
      await run(KINDS[kind].commands.retract, {
        reason: retraction.reason ?? 'Retracted at its source.',
      });
  }

  private learn(item: ReadItem, id: string, kind: AnnotationKind, targetId?: string): void {
    const { known } = this.scope;
    known.add(id, { kind, targetId });
    for (const key of item.keys) known.name(id, key, item.origin.format);
  }

  private async command(
    name: BatchCommandName,
    id: string,
    body: object,
  ): Promise<{ readonly done: Promise<boolean> }> {
    const { request, incidentId, placing, recorder } = this.scope;
    const item = {
      command: name,
      incidentId,
      ...(id !== '' && { id }),
      body: body as Record<string, unknown>,
    };
    const write = plannedForIncident(item, { ...request, key: undefined });
    const under = await recorder.record(write, placing.known);
    // The caller awaits this; an earlier rejection must not count as unhandled.
    under.done.catch(() => undefined);
    return under;
  }
}

/** The body without unresolved references. */
function withoutAbsent(value: unknown): Record<string, unknown> {
  const clean = (each: unknown): unknown => {
    if (Array.isArray(each)) return each.filter((item) => item !== undefined).map(clean);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(
      Object.entries(each)
        .filter(([, part]) => part !== undefined)
        .map(([name, part]) => [name, clean(part)]),
    );
  };
  return clean(value) as Record<string, unknown>;
}

/** The problem for an unreadable item. */
export const unreadProblem = (error: unknown): ProblemError =>
  error instanceof NoAnnotation || (error as Error | null)?.name === 'ItemTooLong'
    ? new ProblemError('invalid-request', (error as Error).message)
    : problemOf(error);
