import type {
  AnnotationKind,
  AnnotationView,
  ExchangeFormat,
  ExportedRows,
  Origin,
} from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ReportProof } from '../report-proof.js';

/* The definition of a format: how an incident is written and how items are read. One file or folder per format. */

export interface ExportOptions {
  /** The address of the service, without a trailing slash: the prefix of all IRIs in the export. */
  readonly base: string;
  /** For formats that write one table: which one. */
  readonly rows?: ExportedRows | undefined;
  /** For formats with a proof: proves the events up to the source's position. */
  readonly proof?: (() => Promise<ReportProof>) | undefined;
  /** Prints an HTML page as PDF; absent if the service cannot. `modified`: the time recorded in the PDF. */
  readonly print?: ((page: AsyncIterable<string>, modified: Date) => AsyncIterable<Uint8Array>) | undefined;
}

/** The incident cannot be written in this format as requested; the message says what to do. */
export class ExportRefused extends Error {
  override readonly name = 'ExportRefused';

  constructor(
    readonly code: 'invalid-request' | 'too-costly' | 'not-available',
    message: string,
  ) {
    super(message);
  }
}

/** An export format. */
export interface ExportFormat {
  readonly mediaType: string;
  /** The file's extension, without a dot. */
  readonly extension: string;
  /** One sentence for the API's description. */
  readonly description: string;
  /** Contains a proof of the incident's events. */
  readonly isProved?: true;
  /** The Content-Security-Policy of the answer. */
  readonly policy?: string;
  /** The export in pieces, each made on demand. Depends only on its arguments. */
  write(this: void, source: IncidentSource, options: ExportOptions): AsyncIterable<string | Uint8Array>;
}

/** The options of an import. */
export interface ReadOptions {
  /** Parses one item within the limits of the service. Throws the service's error for malformed JSON. */
  parse(this: void, bytes: Buffer): unknown;
  /** For a table: which one. */
  readonly rows?: ExportedRows | undefined;
  /** For a table: the Casebook column for each column with a different name. */
  readonly columns?: Readonly<Record<string, string>> | undefined;
  /** For a text: its declared character encoding; UTF-8 by default. */
  readonly charset?: string | undefined;
}

/** The claimed place of a quote. Positions are hints, in code points or UTF-16 units: the source does not say which. */
export interface QuoteHint {
  /** The document's id in the source. */
  readonly source?: string;
  readonly exact?: string;
  readonly prefix?: string;
  readonly suffix?: string;
  readonly start?: number;
  readonly end?: number;
}

/** An annotation to be made from an item. */
export interface ProposedAnnotation {
  readonly kind: AnnotationKind;
  /** The body of the route that records it, without anchor and origin. References are keys of other items, or ids. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** For claims. */
  readonly quote?: QuoteHint;
  /** Its state beyond being recorded; applied once every item is recorded. */
  readonly standing?: Pick<AnnotationView, 'retraction'> & {
    readonly state?: 'open' | 'resolved' | 'reopened' | 'withdrawn';
    readonly resolution?: Readonly<Record<string, unknown>>;
  };
}

/** One parsed item of an input. */
export interface ReadItem {
  /** For a table: the line on which it begins, from 1. */
  readonly line?: number;
  /** Content that no field accepts is refused rather than kept: the sender corrects the input and sends it again. */
  readonly isStrict?: true;
  /** Its identity in the source: a repeated item has the same key. References use the keys of other items. */
  readonly keys: readonly [string, ...string[]];
  /** The id to give it; by default, one derived from its first key. */
  readonly id?: string;
  readonly origin: Origin;
  /** Absent: Casebook has no kind for it, so it is kept as an item. */
  readonly annotation?: ProposedAnnotation;
  /** Something other than an annotation: the incident itself, a document to attach, or (`why`) nothing to record. */
  readonly instead?: { readonly incident: true } | { readonly documentId: string } | { readonly why: string };
  /** The kept form of the item if it becomes no annotation. */
  readonly kept: {
    /** For an item that Casebook had kept before; by default, that of the origin. */
    readonly format?: ExchangeFormat;
    readonly type?: string;
    readonly title?: string;
    readonly about?: readonly string[];
    readonly content: Readonly<Record<string, unknown>>;
    /** Other data from its source. */
    readonly rest?: Origin['rest'];
    readonly standing?: ProposedAnnotation['standing'];
    /** The reason, for the report. */
    readonly why: string;
  };
}

/** An item that cannot be read; the others can. */
export interface UnreadItem {
  readonly unread: unknown;
  readonly line?: number;
}

/** An import format. */
export interface ImportFormat {
  /** One sentence for the API's description. */
  readonly description: string;
  /** The request parameter that this format does not allow, and why; `undefined` if all are allowed. */
  refusal?(
    this: void,
    options: Omit<ReadOptions, 'parse'>,
  ): { readonly parameter?: string; readonly header?: string; readonly detail: string } | undefined;
  /** The format's identifier of an existing annotation, if that is not its canonical IRI. */
  nameOf?(this: void, view: AnnotationView): string;
  /** The items in order, each read on demand. Throws if the whole input is broken. */
  read(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): AsyncIterable<ReadItem | UnreadItem>;
}
