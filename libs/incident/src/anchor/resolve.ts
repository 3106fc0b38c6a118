import type { Anchor, AnchorRequest, Refusal } from '@casebook/contracts';
import { codePoints, codePointsBetween, unitsAt } from './code-points.js';
import { cutsGrapheme, graphemeEnd, graphemeStart } from './graphemes.js';
import { nearest, SCANNED } from './nearest.js';
import { contextAfter, contextBefore, passage, passages } from './passage.js';
import { type Places, placesOf } from './quotes.js';
import { finished, type Steps } from './steps.js';

/**
 * Ties a quote to its document, or says why it cannot be.
 *
 * Offsets count Unicode code points from 0 and `end` is exclusive (W3C Web Annotation Data Model §4.2.5). JavaScript strings
 * count UTF-16 units, so every offset that crosses this file's edge is converted; inside, `at` is always in UTF-16 units.
 * Nothing is normalised: a no-break space, a curly quote or a CR LF in the document must
 * be in the quote too, so that any holder of the text can prove the quote.
 */

function* anchorAt(text: string, request: AnchorRequest, exact: string, at: number): Steps<Anchor> {
  const start = yield* codePointsBetween(text, 0, at);
  return {
    documentId: request.documentId,
    exact,
    prefix: request.prefix || contextBefore(text, at),
    suffix: request.suffix || contextAfter(text, at + exact.length),
    start,
    end: start + codePoints(exact),
  };
}

const contextFits = (text: string, { prefix, suffix }: AnchorRequest, at: number, length: number): boolean =>
  (!prefix || (at >= prefix.length && text.startsWith(prefix, at - prefix.length))) &&
  (!suffix || text.startsWith(suffix, at + length));

const refused = (code: Refusal['code'], detail: string, facts: Refusal['facts']): { refusal: Refusal } => ({
  refusal: { code, detail, facts },
});

function* notFound(text: string, { documentId }: AnchorRequest, exact: string): Steps<{ refusal: Refusal }> {
  const near = yield* nearest(text, exact);
  return refused(
    'quote-not-found',
    near === null
      ? `The document does not contain this quote, ${text.length <= SCANNED ? 'nor anything like it' : 'and no near passage was found within the budget of the search'}. Copy the passage from the text of the document, character for character.`
      : `The document does not contain this quote. The nearest text is at code point ${near.start}: ${JSON.stringify(near.exact)}. Copy it character for character: curly quotes, no-break spaces and line ends count.`,
    { nearest: near && { documentId, ...near } },
  );
}

/** The occurrences as anchors: a client sends back the one that it means. */
function* listOf(
  text: string,
  { documentId }: AnchorRequest,
  { count, first }: Places,
  length: number,
): Steps<{ count: number; occurrences: Anchor[] }> {
  const found = yield* passages(text, first, length);
  return { count, occurrences: found.map((each) => ({ documentId, ...each })) };
}

/** Refuses a range that begins or ends inside a grapheme cluster. */
function* cutFault(
  text: string,
  { documentId }: AnchorRequest,
  from: number,
  to: number,
): Steps<{ refusal: Refusal } | null> {
  if (!cutsGrapheme(text, from) && !cutsGrapheme(text, to)) return null;
  const [start, end] = [graphemeStart(text, from), graphemeEnd(text, to)];
  const whole = yield* passage(text, start, end - start);
  return refused(
    'quote-mismatch',
    `The position cuts a character that is written with several code points, such as an e and its accent. The whole character is at ${whole.start} to ${whole.end}.`,
    { found: text.slice(from, to).slice(0, 1000), count: 1, occurrences: [{ documentId, ...whole }] },
  );
}

/**
 * The anchor of a claim, proved against the document's text: `text` from `start` to `end` is `exact`, between `prefix` and
 * `suffix`. Refused: `quote-not-found` with the nearest text, `quote-ambiguous` with its places, `quote-mismatch` if
 * position, context and quote contradict each other.
 */
export const resolveAnchor = (text: string, request: AnchorRequest): Resolved =>
  finished(anchorSteps(text, request));

export type Resolved = { readonly anchor: Anchor } | { readonly refusal: Refusal };

/** {@link resolveAnchor} in steps, for a text of megabytes. */
export function* anchorSteps(text: string, request: AnchorRequest): Steps<Resolved> {
  const { exact, start, end } = request;

  if (start !== undefined && end !== undefined) {
    const from = yield* unitsAt(text, start);
    const to = yield* unitsAt(text, end);
    if (from === undefined || to === undefined) {
      const all = yield* codePointsBetween(text, 0, text.length);
      return refused(
        'quote-mismatch',
        `The position ${start} to ${end} lies past the end of the document, which has ${all} code points. Offsets count code points from 0, end is exclusive.`,
        { codePoints: all },
      );
    }
    const found = text.slice(from, to);
    if (exact !== undefined && found !== exact) {
      const places = yield* placesOf(text, exact);
      if (places.count === 0) return yield* notFound(text, request, exact);
      const listed = yield* listOf(text, request, places, exact.length);
      const shown = yield* passage(text, from, Math.min(found.length, 200));
      const first = listed.occurrences[0];
      return refused(
        'quote-mismatch',
        `At ${start} to ${end} the document reads ${JSON.stringify(shown.exact)}, not the quote, which is at ${first?.start} to ${first?.end}. Offsets count Unicode code points from 0 (not bytes, not UTF-16 units), end is exclusive.`,
        { found: found.slice(0, 1000), ...listed },
      );
    }
    const cut = yield* cutFault(text, request, from, to);
    if (cut !== null) return cut;
    if (!contextFits(text, request, from, found.length))
      return yield* contextMismatch(text, request, { count: 1, first: [from] }, found.length);
    return { anchor: yield* anchorAt(text, request, found, from) };
  }

  const quote = exact ?? '';
  const { prefix = '', suffix = '' } = request;
  const fitting = yield* placesOf(text, prefix + quote + suffix, {
    from: prefix.length,
    to: prefix.length + quote.length,
  });
  const first = fitting.first.map((at) => at + prefix.length);
  const only = first[0];
  if (only === undefined) {
    const places = prefix + suffix === '' ? fitting : yield* placesOf(text, quote);
    return yield* places.count === 0
      ? notFound(text, request, quote)
      : contextMismatch(text, request, places, quote.length);
  }
  if (fitting.count > 1) {
    return refused(
      'quote-ambiguous',
      `The quote occurs ${fitting.count} times${prefix + suffix === '' ? '' : ' with this context'}. Choose one by start and end, or by a prefix or suffix that only one of them has.`,
      yield* listOf(text, request, { count: fitting.count, first }, quote.length),
    );
  }
  return { anchor: yield* anchorAt(text, request, quote, only) };
}

function* contextMismatch(
  text: string,
  request: AnchorRequest,
  places: Places,
  length: number,
): Steps<{ refusal: Refusal }> {
  const given = [request.prefix ? ['prefix'] : [], request.suffix ? ['suffix'] : []].flat().join(' and ');
  return refused(
    'quote-mismatch',
    `The quote is in the document, but not with the given ${given}. Copy the text directly before and after it, or leave them out.`,
    yield* listOf(text, request, places, length),
  );
}
