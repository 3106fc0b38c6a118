import type { z } from 'zod';

/** How much a word counts for in a search: A what a thing is about, B who is named, C where, and tags, D everything else. */
export type Weight = 'A' | 'B' | 'C' | 'D';

/** A text of the fields that searches look in. `at`: a JSON Pointer, where `*` stands for each item of a list. */
export interface SearchedText {
  readonly at: string;
  readonly weight: Weight;
  /** The text is the name of a person or an organisation, or of a place. */
  readonly names?: 'person' | 'place';
}

/** A field that holds the id of something else. `at`: a JSON Pointer, where `*` stands for each item of a list. */
export interface ReferenceField {
  readonly at: string;
  /** What it may name: kinds of annotation, a document, or the incident itself. */
  readonly to: readonly (string | 'document' | 'incident')[];
}

/** One kind of annotation, whole. Everything that differs between kinds, and is no rule of the incident, is said here. */
export interface KindDefinition {
  /** With its article, for sentences. */
  readonly withArticle: string;
  /** The plural: its part of a URL, its list in the incident's view, and its tag in the API's description. */
  readonly path: string;
  /** What an analyst does to record one, for the API's description. */
  readonly verb: string;
  /** The commands of a batch, and the two names that record one elsewhere. */
  readonly commands: { readonly record: string; readonly revise: string; readonly retract: string };
  /** The events of its life. Their names are the storage format. */
  readonly events: {
    readonly recorded: string;
    readonly revised: string;
    readonly retracted: string;
    readonly reinstated: string;
  };
  /** The body that records one. */
  readonly request: z.ZodType;
  /** Its fields as they are stored: the payload of `events.recorded`. */
  readonly fields: z.ZodObject;
  /** The body that revises one. */
  readonly revise: z.ZodObject;
  /** What a stored revision may change, where it differs from the body: fields proved, and fields with parts whole. */
  readonly revised?: z.ZodRawShape;
  /** Fields that no revision changes: another annotation takes its place. */
  readonly fixed: readonly string[];
  /** Fields that are sets: order means nothing, and a merge keeps what each side added and took away. */
  readonly sets: readonly string[];
  /** Fields that are revised part by part, each with its parts. */
  readonly parted: Readonly<Record<string, readonly string[]>>;
  /** In the order in which a refusal names the first that is wrong. */
  readonly references: readonly ReferenceField[];
  /** The fields that it is called by in sentences: the first that is there. */
  readonly calledBy: readonly string[];
  /** In the order of their results; the first is what a search result is titled by. */
  readonly searched: readonly SearchedText[];
}
