import type { z } from 'zod';

/** The weight of a word in a search: A subject, B names, C places and tags, D everything else. */
export type Weight = 'A' | 'B' | 'C' | 'D';

/** A searched text. `at`: a JSON Pointer in which `*` matches each item of a list. */
export interface SearchedText {
  readonly at: string;
  readonly weight: Weight;
  /** The text is the name of a person or an organisation, or of a place. */
  readonly names?: 'person' | 'place';
}

/** A field that holds an id of something else. `at`: a JSON Pointer in which `*` matches each item of a list. */
export interface ReferenceField {
  readonly at: string;
  /** The allowed targets: kinds of annotation, a document, or the incident itself. */
  readonly to: readonly (string | 'document' | 'incident')[];
}

/** One kind of annotation. Everything that differs between kinds is here, except rules of the incident. */
export interface KindDefinition {
  /** With its article, for sentences. */
  readonly withArticle: string;
  /** The plural: used in URLs, as its list in the incident's view, and as its tag in OpenAPI. */
  readonly path: string;
  /** The description of its tag in OpenAPI. */
  readonly about: string;
  /** The verb for recording one, in OpenAPI summaries. */
  readonly verb: string;
  /** The names of its commands, in batches and imports. */
  readonly commands: { readonly record: string; readonly revise: string; readonly retract: string };
  /** Its events. The names are the storage format. */
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
  /** The stored form of revised fields, if it differs from the body: proved fields, and fields with parts as a whole. */
  readonly revised?: z.ZodRawShape;
  /** Fields that no revision changes; record another annotation instead. */
  readonly fixed: readonly string[];
  /** Fields that are sets: order is irrelevant, and a merge combines the additions and removals of both sides. */
  readonly sets: readonly string[];
  /** Fields that are revised part by part, each with its parts. */
  readonly parted: Readonly<Record<string, readonly string[]>>;
  /** In the order of checking: a refusal names the first that is wrong. */
  readonly references: readonly ReferenceField[];
  /** The fields that sentences name it by; the first present one is used. */
  readonly calledBy: readonly string[];
  /** In the order of fragments; the first titles a search result. */
  readonly searched: readonly SearchedText[];
}
