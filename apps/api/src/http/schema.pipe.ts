import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { z } from 'zod';
import { SentFile } from './file-bodies.js';
import { type FieldError, ProblemError } from './problem.js';

/** Most faults listed in one answer. */
const LISTED = 50;

/**
 * Validates what a route declares with `@Body`, `@Query` or `@Param` of checked-parameters.ts, and reports
 * all faults at once.
 */
export class SchemaPipe implements PipeTransform {
  transform(value: unknown, metadata: ArgumentMetadata): unknown {
    const { schema } = metadata as { schema?: unknown };
    if (!(schema instanceof z.ZodType)) return value;
    const isBody = metadata.type === 'body';
    // A file is read before its content can be validated.
    if (isBody && value instanceof SentFile) return value;
    if (isBody && value === undefined) {
      // An optional body that is missing (a reopening without a reason) arrives as undefined.
      const empty = schema.safeParse({});
      if (empty.success) return empty.data;
      throw new ProblemError(
        'invalid-request',
        'The request needs a body: a JSON object, sent as application/json.',
      );
    }
    const parsed = schema.safeParse(isBody ? value : withoutPrototype(value));
    if (parsed.success) return parsed.data;
    throw ProblemError.invalid(faultsOf(parsed.error, metadata));
  }
}

const withoutPrototype = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? { ...value } : value;

function faultsOf(error: z.ZodError, metadata: ArgumentMetadata): FieldError[] {
  return error.issues.slice(0, LISTED).flatMap((issue): FieldError[] => {
    const path = issue.path.map(String);
    if (metadata.type !== 'body') {
      const parameter = metadata.data ?? path[0] ?? '';
      if (issue.code === 'unrecognized_keys') {
        return issue.keys.map((key) => ({
          parameter: key,
          detail: 'is not a parameter of this route; remove it',
        }));
      }
      return [{ parameter, detail: issue.message }];
    }
    return bodyFault(issue, '');
  });
}

/** The faults of a body, or of its part at `root`. */
export const bodyFaults = (error: z.ZodError, root: string): FieldError[] =>
  error.issues.slice(0, LISTED).flatMap((issue) => bodyFault(issue, root));

function bodyFault(issue: z.core.$ZodIssue, root: string): FieldError[] {
  const pointerOf = (parts: readonly string[]): string =>
    root + parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, LISTED).map((key) => ({
      pointer: pointerOf([...path, key]),
      detail: 'is not a field of this request; remove it, or check its spelling',
    }));
  }
  return [{ pointer: pointerOf(path), detail: issue.message }];
}
