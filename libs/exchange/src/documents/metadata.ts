import { type DocumentDetails, documentDetails, phrase, tlpRank } from '@casebook/contracts';

/** Maximum length of a title, in UTF-16 units. */
const TITLE = 1000;
const title = phrase(TITLE);
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One line without control characters, cut at the end of a grapheme. */
export function asTitle(line: string, most = TITLE): string {
  const whole = line
    .slice(0, 4 * most)
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
  if (whole.length <= most) return whole;
  let end = 0;
  for (const { index } of graphemes.segment(whole)) {
    if (index > most) break;
    end = index;
  }
  return whole.slice(0, end).trim();
}

/** The first line of a text that can be a title, or else the file's name. */
export function titleOf(name: string, text: string): string {
  for (const [line] of text.matchAll(/[^\r\n\u0085\u2028\u2029]+/g)) {
    const candidate = asTitle(line);
    if (title.safeParse(candidate).success) return candidate;
  }
  return asTitle(name);
}

/** Maximum length of a publisher or author. */
const PHRASE = 500;

/**
 * A file's metadata as details of a document. Invalid values are left out, since nobody entered them deliberately.
 * Times are reduced to days.
 */
export function detailsOf(said: {
  readonly title?: string | null | undefined;
  readonly publisher?: string | null | undefined;
  readonly author?: string | null | undefined;
  readonly published?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly url?: string | null | undefined;
}): Partial<DocumentDetails> {
  const candidates = {
    title: said.title && asTitle(said.title),
    publisher: said.publisher && asTitle(said.publisher, PHRASE),
    author: said.author && asTitle(said.author, PHRASE),
    published: said.published && /^\d{4}-\d{2}-\d{2}/.exec(said.published.trim())?.[0],
    language: said.language && said.language.trim().replace(/_/g, '-'),
    url: said.url && said.url.trim(),
  };
  return Object.fromEntries(
    Object.entries(candidates).flatMap(([field, value]): [string, unknown][] => {
      const parsed = documentDetails.shape[field as keyof typeof candidates].safeParse(value || undefined);
      return parsed.success && parsed.data !== undefined ? [[field, parsed.data]] : [];
    }),
  );
}

/** Given details override the file's metadata, but the stricter marking holds. */
export function overlaid(
  own: Partial<DocumentDetails>,
  given: Partial<DocumentDetails>,
): Partial<DocumentDetails> {
  const [tlp] = [own.tlp, given.tlp].sort((a, b) => tlpRank(b) - tlpRank(a));
  return { ...own, ...given, ...(tlp !== undefined && { tlp }) };
}
