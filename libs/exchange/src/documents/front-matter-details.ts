import { documentDetails, type DocumentDetails } from '@casebook/contracts';
import type { z } from 'zod';
import { splitFrontMatter } from '../front-matter.js';
import { readFields, UnreadableFields } from '../yaml-fields.js';
import { UnreadableDocument } from './reader.js';

const described = documentDetails.partial();

/**
 * The details of a document in YAML or JSON.
 * @throws UnreadableDocument, also for an unknown field: a misspelt marking must not be lost
 */
export function detailsIn(where: string, yaml: string): Partial<DocumentDetails> {
  try {
    return checked(where, described, readFields(yaml));
  } catch (error) {
    if (!(error instanceof UnreadableFields)) throw error;
    throw new UnreadableDocument(`${where}: ${error.message}`, { cause: error });
  }
}

/** The details in a text's front matter, and the text after it. */
export function detailsInFrontMatter(
  name: string,
  text: string,
): { readonly details: Partial<DocumentDetails>; readonly body: string } {
  const { front, body, fault } = splitFrontMatter(text);
  if (fault !== undefined) throw new UnreadableDocument(`${name}: ${fault}`);
  return { details: front === undefined ? {} : detailsIn(`${name}: its front matter`, front), body };
}

/** @throws UnreadableDocument with all faults in one sentence */
export function checked<T>(where: string, schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'it'} ${message}`);
  throw new UnreadableDocument(`${where}: ${faults.join('; ')}`);
}
