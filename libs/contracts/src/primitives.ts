import { EXAMPLE_ANNOTATION, EXAMPLE_DOCUMENT } from './examples.js';
import { z } from 'zod';

/** JSON (RFC 8259): payloads of events and bodies of commands. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** C0 controls except tab, line feed and carriage return; DEL; C1 controls. PostgreSQL cannot store U+0000 at all. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/u;

/** Characters that print nothing: spaces of every width, format characters, fillers, and the blank pattern of Braille. */
const INVISIBLE = /[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;

/** Joiners and variation selectors, which some letters and emoji need. */
const SHAPING =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})|(?<=\p{Emoji})\ufe0f|(?<=[\p{L}\p{M}])[\u200c\u200d](?=[\p{L}\p{M}])(?<=[\p{scx=Arab}\p{scx=Deva}\p{scx=Beng}\p{scx=Gujr}\p{scx=Guru}\p{scx=Knda}\p{scx=Mlym}\p{scx=Orya}\p{scx=Sinh}\p{scx=Taml}\p{scx=Telu}\p{scx=Syrc}\p{scx=Mong}][\u200c\u200d])/gu;

/** The first invisible character of a text, as `U+200B`; those that shape neighbouring letters are allowed. */
export function unseenIn(text: string): string | undefined {
  const found = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u.exec(text.replace(SHAPING, ''))?.[0];
  return found && `U+${found.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** At most `max` UTF-16 units; no further check runs on a longer text. */
const bounded = (max: number) => z.string().max(max, { abort: true });

const HALF_PAIR = {
  error: 'contains half of a surrogate pair, which is not a Unicode character; send well-formed text',
};

/** Text written by an analyst: survives UTF-8, JSON and PostgreSQL unchanged, and has no control characters. */
const written = (max: number) =>
  bounded(max)
    .refine((value) => value.isWellFormed(), HALF_PAIR)
    .refine((value) => !CONTROL.test(value), {
      error: 'contains a control character (such as NUL); remove it',
    })
    .refine((value) => value.replace(INVISIBLE, '') !== '', {
      error: 'is blank; write something or leave it out',
    });

/** One line or a short phrase: a title, a name, a place. Kept as sent; never blank. `max` in UTF-16 units. */
export const phrase = (max = 500) => written(max);

/** Running text in an analyst's words: a summary, a reason, the body of a comment. */
export const prose = (max = 10_000) => written(max);

const NUL = { error: 'contains a NUL character; send plain text' };

/** Maximum length of a quote: in UTF-16 units of the text, and in code points between start and end. */
export const QUOTE_LENGTH = 20_000;

/** Text copied verbatim from a document, so anything that a document may contain: a form feed, or only spaces. */
export const excerpt = (max = QUOTE_LENGTH, min = 1) =>
  bounded(max)
    .min(min)
    .refine((value) => value.isWellFormed(), HALF_PAIR)
    .refine((value) => !value.includes('\u0000'), NUL);

/** Minimum and maximum length of a document's text, in bytes of UTF-8. */
export const DOCUMENT_TEXT_BYTES = { min: 1, max: 4 * 1024 * 1024 } as const;

/** A document's whole text, every character kept: line ends, no-break spaces and combining marks included. */
export const documentText = bounded(DOCUMENT_TEXT_BYTES.max)
  .min(1)
  .refine((value) => value.isWellFormed(), HALF_PAIR)
  .refine((value) => !value.includes('\u0000'), NUL)
  .refine((value) => new TextEncoder().encode(value).length <= DOCUMENT_TEXT_BYTES.max, {
    error: `is longer than ${DOCUMENT_TEXT_BYTES.max} bytes of UTF-8; split the document`,
  });

/** Maximum length of an annotation, and of its revision, as JSON in bytes of UTF-8. */
export const ANNOTATION_BYTES = 64 * 1024;

/** For `refine`: bounds the whole, as bounded fields may be too large together. */
export const ofBoundedSize = (value: unknown): boolean =>
  new TextEncoder().encode(JSON.stringify(value)).length <= ANNOTATION_BYTES;
export const TOO_LARGE = {
  error: `takes more than ${ANNOTATION_BYTES} bytes as JSON; split it, or shorten it`,
};

/** A document's id: `sha256:` and the lower-case hex SHA-256 of the text's UTF-8 bytes. */
export const documentId = z
  .string()
  .regex(/^sha256:[0-9a-f]{64}$/, { error: 'is not a document id: sha256: and 64 lower-case hex digits' })
  .meta({ id: 'DocumentId', example: EXAMPLE_DOCUMENT });

/** A UUID (RFC 9562) in lower case, as every id of ours. */
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id of an incident or an annotation. */
export const entityId = z
  .string()
  .regex(UUID, {
    error: 'is not an id: send the lower-case UUID from the answer to the write that created it',
  })
  .meta({ id: 'EntityId', example: EXAMPLE_ANNOTATION });

/** A workspace's name in the path. */
export const workspaceId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'is not a workspace name: 1 to 63 of a-z, 0-9 and -, without - at either end',
  })
  .meta({ id: 'WorkspaceId', example: 'default' });

/** A member's handle, as the audit prints it. */
export const memberId = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?$/, {
    error:
      'is not a member id: 1 to 64 of a-z, 0-9, . _ @ and -, beginning and ending with a letter or digit',
  })
  .meta({ id: 'MemberId', example: 'alice' });

/** A member's handle in an address. Older versions accepted ids that {@link memberId} refuses; those members can still be read, demoted and removed. */
export const knownMemberId = z.string().min(1).max(255).meta({ id: 'KnownMemberId', example: 'alice' });

/** A place in a workspace's ledger: 1, 2, 3, … */
export const position = z.number().int().min(1).meta({ id: 'Position', example: 42 });

const CALENDAR = [Date.parse('0001-01-01T00:00:00.000Z'), Date.parse('9999-12-31T23:59:59.999Z')] as const;

/**
 * A time as an {@link instant}, clamped to the years 1 to 9999, which every date parser and PostgreSQL accept. The offset of an RFC 3339
 * time may lead beyond them; nothing is recorded there.
 */
export const calendarInstant = (milliseconds: number): string =>
  new Date(Math.min(Math.max(milliseconds, CALENDAR[0]), CALENDAR[1])).toISOString();

/** An instant in UTC with milliseconds: `2026-01-31T09:30:00.000Z` (RFC 3339). */
export const instant = z.iso
  .datetime({ precision: 3 })
  .meta({ id: 'Instant', example: '2026-01-31T09:30:00.000Z' });

/** A time as clients may send it: RFC 3339 with any offset, kept as an {@link instant}. */
export const anyInstant = z.iso
  .datetime({ offset: true, error: 'must be an RFC 3339 time, such as 2026-01-31T09:30:00Z' })
  .transform((text) => calendarInstant(Date.parse(text)))
  .meta({ example: '2026-01-31T09:30:00Z' });
