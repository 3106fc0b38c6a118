import type { Asserter, Claim, NewAnnotation, RevisedAnnotation } from '../../data/types.js';
import { figureIn } from './figure.js';

/** The form values of a claim: every field is present, possibly empty. */
export interface ClaimFields {
  readonly asserters: readonly Asserter[];
  readonly statement: string;
  readonly modality: NonNullable<Claim['modality']>;
  readonly quotation: NonNullable<Claim['quotation']>;
  readonly estimative: string;
  readonly credibility: NonNullable<Claim['credibility']> | null;
  readonly tags: readonly string[];
  readonly figure: FigureFields | null;
}

/** As typed: an empty bound is open. */
export interface FigureFields {
  readonly counts: string;
  readonly min: string;
  readonly max: string;
  readonly asPrinted: string;
}

const ESTIMATIVE =
  /\b(?:almost certain(?:ly)?|very likely|highly likely|unlikely|very unlikely|likely|probabl[ey]|possibl[ey]|remote chance|roughly even)\b/i;
const HEDGES =
  /\b(?:reportedly|allegedly|apparently|may have|might have|could have|is believed to|are believed to|appears? to|seems? to|suspected|unconfirmed)\b/i;

/** Initial values for a claim on this quote: the publisher at the end of the chain, the last used tags, and what can be read from the quote. */
export function fieldsFor(
  quote: string,
  publisher: string | undefined,
  tags: readonly string[] = [],
): ClaimFields {
  const figure = figureIn(quote);
  const estimative = ESTIMATIVE.exec(quote)?.[0] ?? '';
  return {
    asserters: publisher === undefined ? [] : [{ name: publisher, kind: 'organisation' }],
    statement: '',
    modality: estimative !== '' || HEDGES.test(quote) ? 'hedged' : 'stated',
    quotation: /^["“”„«‘]/.test(quote.trim()) ? 'verbatim' : 'paraphrase',
    estimative,
    credibility: null,
    tags,
    figure: figure === undefined ? null : figureFields(figure),
  };
}

const figureFields = ({ counts, min, max, asPrinted }: NonNullable<Claim['figure']>): FigureFields => ({
  counts,
  min: min == null ? '' : String(min),
  max: max == null ? '' : String(max),
  asPrinted: asPrinted ?? '',
});

export const fieldsOf = (claim: Claim): ClaimFields => ({
  asserters: claim.asserters ?? [],
  statement: claim.statement ?? '',
  modality: claim.modality ?? 'stated',
  quotation: claim.quotation ?? 'paraphrase',
  estimative: claim.estimative ?? '',
  credibility: claim.credibility ?? null,
  tags: claim.tags ?? [],
  figure: claim.figure === undefined ? null : figureFields(claim.figure),
});

type Body = Omit<NewAnnotation['claim'], 'anchor'>;

/** The body for the API, without empty fields. */
export function bodyOf(fields: ClaimFields): Body {
  const { statement, estimative, credibility, asserters, tags, figure, modality, quotation } = fields;
  const bound = (text: string): number | null => (text.trim() === '' ? null : Number(text));
  return {
    modality,
    quotation,
    ...(statement.trim() !== '' && { statement: statement.trim() }),
    ...(estimative.trim() !== '' && { estimative: estimative.trim() }),
    ...(credibility !== null && { credibility }),
    ...(asserters.length > 0 && { asserters: [...asserters] }),
    ...(tags.length > 0 && { tags: [...tags] }),
    ...(figure !== null && {
      figure: {
        counts: figure.counts.trim(),
        min: bound(figure.min),
        max: bound(figure.max),
        ...(figure.asPrinted.trim() !== '' && { asPrinted: figure.asPrinted.trim() }),
      },
    }),
  };
}

/** The body of a revision: the changed fields, null for an emptied one. */
export function changesBetween(before: ClaimFields, after: ClaimFields): RevisedAnnotation['claim'] {
  const was: Record<string, unknown> = { ...bodyOf(before) };
  const is: Record<string, unknown> = { ...bodyOf(after) };
  const changed = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, is[field] ?? null]));
}
