import type {
  AnnotationView,
  CasualtiesView,
  DocumentDetails,
  ScorecardView,
  SourcesView,
  TimelineView,
} from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import { type Html, list, markup, words } from './html.js';

export type Claim = Extract<AnnotationView, { kind: 'claim' }>;
export type Dispute = Extract<AnnotationView, { kind: 'dispute' }>;

/** The whole content of a report, read before its first line, so that an incident too large for the analyses is refused as a whole. */
export interface Facts {
  readonly source: IncidentSource;
  readonly timeline: TimelineView;
  readonly scorecard: ScorecardView;
  readonly casualties: CasualtiesView;
  readonly sources: SourcesView;
  /** The active claims by id, with the numbers used to cite them. */
  readonly claims: ReadonlyMap<string, { readonly claim: Claim; readonly number: number }>;
  readonly disputes: readonly Dispute[];
  readonly documents: ReadonlyMap<string, DocumentDetails | null>;
  /** When the incident last changed. */
  readonly at: string;
}

export async function factsOf(source: IncidentSource): Promise<Facts> {
  const { analyses } = source;
  const timeline = await analyses.timeline();
  const scorecard = await analyses.scorecard();
  const casualties = await analyses.casualties();
  const sources = await analyses.sources();
  const claims = new Map<string, { claim: Claim; number: number }>();
  const disputes: Dispute[] = [];
  let at = source.header.revisedAt;
  for await (const view of source.annotations()) {
    if (view.revisedAt > at) at = view.revisedAt;
    if (view.status === 'retracted' || view.status === 'erased') continue;
    if (view.kind === 'claim') claims.set(view.id, { claim: view, number: claims.size + 1 });
    if (view.kind === 'dispute') disputes.push(view);
  }
  const documents = new Map(source.documents.map(({ id, details }) => [id, details]));
  return { source, timeline, scorecard, casualties, sources, claims, disputes, documents, at };
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const MINUTE = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export const minuteOf = (instant: string): string => `${MINUTE.format(new Date(instant))} UTC`;

/** A readable date: a plain day in words, any other EDTF unchanged, with the source's wording. */
export function dateOf(
  date: { readonly edtf?: string | undefined; readonly asPrinted?: string | undefined } | undefined,
): Html {
  const { edtf, asPrinted } = date ?? {};
  if (edtf === undefined && asPrinted === undefined) return markup`<span class="quiet">no date</span>`;
  const isDay = edtf !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(edtf);
  const shown = isDay ? DAY.format(new Date(`${edtf}T00:00:00Z`)) : edtf;
  const printed =
    asPrinted === undefined ? undefined : markup`<span class="meta">printed as “${words(asPrinted)}”</span>`;
  return markup`${shown}${shown !== undefined && printed !== undefined ? markup`<br>` : undefined}${printed}`;
}

/** `5 sources`, `1 source`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The numbers of claims, each linking to its entry. Inactive claims have none. */
export function cited(ids: readonly string[], { claims }: Facts): Html | undefined {
  const known = ids.flatMap((id) => claims.get(id)?.number ?? []).sort((a, b) => a - b);
  if (known.length === 0) return undefined;
  return list(known, (number) => markup`<a class="cite" href="#claim-${number}">[${number}]</a>`, ' ');
}

/** A readable word for a value of a closed list. */
export const plain = (word: string): string => word.replaceAll('-', ' ');
