import type {
  AnnotationKind,
  AnnotationView,
  ExchangeFormat,
  ExportedRows,
  Origin,
} from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ReportProof } from '../report-proof.js';

/* What a format is: how an incident is written in it, and how its items are read. One file, or one folder, a format. */

export interface ExportOptions {
  /** The address of the service, without a slash at its end: what the IRIs in the export begin with. */
  readonly base: string;
  /** Of formats that write one table: which. */
  readonly rows?: ExportedRows | undefined;
  /** Of formats that are proved: proves the events up to the source's position. */
  readonly proof?: (() => Promise<ReportProof>) | undefined;
  /** Makes a PDF of an HTML page; left out where the service cannot. `modified`: the time that the PDF bears. */
  readonly print?: ((page: AsyncIterable<string>, modified: Date) => AsyncIterable<Uint8Array>) | undefined;
}

/** The incident cannot be written in this format as it was asked for; the message says what to do. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';

  constructor(
    readonly code: 'invalid-request' | 'too-costly' | 'not-available',
    message: string,
  ) {
    super(message);
  }
}

/** A format that an incident is written in. */
export interface ExportFormat {
  readonly mediaType: string;
  /** Of the file, without a dot. */
  readonly extension: string;
  /** One sentence for the API's description. */
  readonly description: string;
  /** It holds a proof of the incident's events. */
  readonly isProved?: true;
  /** The Content-Security-Policy of the answer. */
  readonly policy?: string;
  /** The export in pieces, each made when the one before was taken. Depends on nothing but its arguments. */
  write(this: void, source: IncidentSource, options: ExportOptions): AsyncIterable<string | Uint8Array>;
}

/** What an import may be told beside its bytes. */
export interface ReadOptions {
  /** Parses one item, with the bounds of the service. Throws what the service answers to malformed JSON. */
  parse(this: void, bytes: Buffer): unknown;
  /** Of a table: which. */
  readonly rows?: ExportedRows | undefined;
  /** Of a table: our column for each of its columns that is called otherwise. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** Of a text: its character encoding, as the request declares it; UTF-8 by default. */
  readonly charset?: string | undefined;
}

/** Where a quote is said to stand. Positions are hints, in a unit that the source does not state: code points or UTF-16 units. */
export interface QuoteHint {
  /** What the source calls the document. */
  readonly source?: string;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly start?: number;
  readonly end?: number;
}

/** An annotation that an item asks for. */
export interface ProposedAnnotation {
  readonly kind: AnnotationKind;
  /** As the body of the route that records it, without anchor and origin. References are the keys of other items, or ids. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Of a claim. */
  readonly quote?: QuoteHint;
  /** How it stands beside having been recorded; decided once every item is recorded. */
  readonly standing?: Pick<AnnotationView, 'retraction'> & {
    readonly state?: 'open' | 'resolved' | 'reopened' | 'withdrawn';
    readonly resolution?: Readonly<Record<string, unknown>>;
  };
}

/** One item of an input, as its parser reads it. */
export interface ReadItem {
  /** Of a table: the line on which it begins, from 1. */
  readonly line?: number;
  /** What no field of ours takes is refused, and not kept: its owner corrects the input and sends it again. */
  readonly isStrict?: true;
  /** What names it in its source: the same item again has the same key. Its references say the keys of others. */
  readonly keys: readonly [string, ...string[]];
  /** The id that it is to have here; left out: one that follows from its first key. */
  readonly id?: string;
  readonly origin: Origin;
  /** Left out: nothing of ours holds it, so it is kept. */
  readonly annotation?: ProposedAnnotation;
  /** What it is in place of an annotation: the incident itself, a document to attach, or (`why`) nothing to record. */
  readonly instead?: { readonly incident: true } | { readonly documentId: string } | { readonly why: string };
  /** The item as it is kept where it becomes no annotation. */
  readonly kept: {
    /** Of an item that Casebook kept before; left out: that of the origin. */
    readonly format?: ExchangeFormat;
    readonly type?: string;
    readonly title?: string;
    readonly about?: readonly string[];
    readonly content: Readonly<Record<string, unknown>>;
    /** What its source says besides the content. */
    readonly rest?: Origin['rest'];
    readonly standing?: ProposedAnnotation['standing'];
    /** Why, for the report. */
    readonly why: string;
  };
}

/** An item that cannot be read; the others can. */
export interface UnreadItem {
  readonly unread: unknown;
  readonly line?: number;
}

/** A format that an incident is imported from. */
export interface ImportFormat {
  /** One sentence for the API's description. */
  readonly description: string;
  /** The parameter of the request that this format cannot be read with, and why; `undefined`: it can. */
  refusal?(
    this: void,
    options: Omit<ReadOptions, 'parse'>,
  ): { readonly parameter?: string; readonly header?: string; readonly detail: string } | undefined;
  /** What the format calls an annotation that is here already, where that is not its canonical IRI. */
  nameOf?(this: void, view: AnnotationView): string;
  /** The items in their order, each read when the one before was taken. Throws where the input is broken as a whole. */
  read(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncIterable<ReadItem | UnreadItem>;
}
