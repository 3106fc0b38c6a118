import type { AnchorRequest } from '@casebook/contracts';
import type { QuoteHint } from '@casebook/exchange';
import { reanchor } from '@casebook/incident';
import type { IncidentSource } from '@casebook/views';

/** The place of a quote and its distance from the source's position, or why it has no place. */
export type Placed =
  | {
      readonly anchor: AnchorRequest;
      readonly distance?: { readonly moved?: number; readonly edits: number };
    }
  | { readonly lost: 'orphaned' | 'ambiguous' | 'elsewhere'; readonly why: string };

export const NO_TEXT = 'Its document is not in the library. Import the text first: POST …/documents.';

/** Maximum characters of texts in memory at the same time; a single text may exceed it. */
const TEXTS_LENGTH = 8 * 1024 * 1024;

/** Finds the documents and passages that items of other tools refer to. */
export class Placing {
  /** By source URL, without the fragment. */
  private readonly byUrl = new Map<string, string>();
  private readonly attached: Set<string>;
  private readonly texts = new Map<string, string>();
  private length = 0;

  constructor(
    source: IncidentSource,
    /** For items that name none. */
    private readonly usual: string | undefined,
  ) {
    this.attached = new Set(source.documents.map(({ id }) => id));
    for (const { id, details } of source.documents)
      if (details?.url !== undefined) this.byUrl.set(withoutFragment(details.url), id);
  }

  isAttached(documentId: string): boolean {
    return this.attached.has(documentId);
  }

  attach(documentId: string): void {
    this.attached.add(documentId);
  }

  /** Recently used texts, for checking anchors. */
  get known(): ReadonlyMap<string, string> {
    return this.texts;
  }

  /** `textOf`: `null` for a document that does not exist or that the caller may not see. */
  async place(quote: QuoteHint, textOf: (documentId: string) => Promise<string | null>): Promise<Placed> {
    const documentId = this.documentOf(quote.source);
    if (documentId === undefined) {
      return { lost: 'elsewhere', why: 'Its target is not a document of this incident.' };
    }
    const text = this.texts.get(documentId) ?? (await textOf(documentId));
    if (text === null) {
      return {
        lost: 'elsewhere',
        why: NO_TEXT,
      };
    }
    this.keep(documentId, text);
    const placed = reanchor(text, quote);
    if ('lost' in placed) return placed;
    const { found, moved, edits } = placed;
    const isElsewhere = edits > 0 || (moved ?? 0) > 0;
    return {
      anchor: { documentId, ...found },
      ...(isElsewhere && { distance: { ...(moved !== undefined && { moved }), edits } }),
    };
  }

  private documentOf(source: string | undefined): string | undefined {
    if (source === undefined)
      return this.usual ?? (this.attached.size === 1 ? [...this.attached][0] : undefined);
    const own = /sha256:[0-9a-f]{64}/.exec(source)?.[0];
    return own ?? this.byUrl.get(withoutFragment(source)) ?? this.usual;
  }

  private keep(documentId: string, text: string): void {
    if (this.texts.has(documentId)) return;
    if (this.length + text.length > TEXTS_LENGTH) {
      this.texts.clear();
      this.length = 0;
    }
    this.length += text.length;
    this.texts.set(documentId, text);
  }
}

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;
