import { answerOf } from '@casebook/client';
import { useMutation, type UseMutationResult, useQueryClient } from '@tanstack/react-query';
import { useToasts } from '../parts/toast.js';
import { strings } from '../strings/frame.js';
import { casebook } from './casebook.js';
import { sentenceOf } from './problems.js';
import { refresh } from './queries.js';
import { useMe } from './session.js';
import type { Kind, NewAnnotation, RevisedAnnotation, WriteAnswer } from './types.js';

/*
 * Writes. Each command has one Idempotency-Key from its first attempt to its last, so that pressing a button twice, a
 * retry by the client and a second try after a broken connection record it only once.
 */

const INCIDENT = '/v1/workspaces/{workspace}/incidents/{incident}';
/** The routes of all kinds differ only in the body, so the types of one are used for all. */
const collectionOf = (kind: Kind) => `${INCIDENT}/${kind}s` as `${typeof INCIDENT}/claims`;
const oneOf = (kind: Kind) => `${INCIDENT}/${kind}s/{annotation}` as `${typeof INCIDENT}/claims/{annotation}`;
const retractionOf = (kind: Kind) =>
  `${INCIDENT}/${kind}s/{annotation}/retraction` as `${typeof INCIDENT}/claims/{annotation}/retraction`;

interface Revision<K extends Kind> {
  readonly annotation: string;
  /** The revision that the member has seen. */
  readonly revision: number;
  readonly changes: RevisedAnnotation[K];
  /** If others changed other fields meanwhile, keep both changes. */
  readonly merge?: boolean;
  readonly key: string;
}

/** An answer, with every position where one commit recorded several. */
type Written = WriteAnswer & { readonly positions?: readonly number[] };

interface Retraction {
  readonly annotation: string;
  readonly revision: number;
  readonly reason: string;
  readonly key: string;
}

export const newKey = (): string => crypto.randomUUID();

interface WriteOptions {
  /** The incident that the write changes; without one, the workspace. */
  readonly incident?: string | undefined;
  /** The page shows the failure itself, beside its field. */
  readonly quiet?: boolean;
}

/**
 * A write of any kind: shows "Recorded as 27" with an undo button, refetches what it changed, and shows failures.
 * Pages with their own commands (settling a dispute, say) use this with the client; annotations have `useRecord`,
 * `useRevise`, `useRetract`.
 */
export function useWrite<V, A>(
  write: (workspace: string, variables: V) => Promise<A>,
  { quiet = false, incident }: WriteOptions = {},
): UseMutationResult<A, Error, V> {
  const { workspace } = useMe();
  const queries = useQueryClient();
  const { recorded, failed } = useToasts();
  return useMutation<A, Error, V>({
    mutationFn: (variables) => write(workspace, variables),
    onSuccess: (answer) => {
      const { position, positions = position === undefined ? [] : [position] } = answer as Partial<Written>;
      if (positions.length > 0) recorded(positions);
      refresh(queries, incident);
    },
    onError: (error) => {
      if (!quiet) failed(sentenceOf(error));
    },
  });
}

export function useRecord<K extends Kind>(kind: K, incident: string, options?: WriteOptions) {
  return useWrite<{ readonly body: NewAnnotation[K]; readonly key: string }, WriteAnswer>(
    (workspace, { body, key }) =>
      answerOf(
        casebook.api.POST(collectionOf(kind), {
          params: { path: { workspace, incident }, header: { 'Idempotency-Key': key } },
          body: body as NewAnnotation['claim'],
        }),
      ),
    { incident, ...options },
  );
}

/** The batch command for each kind that can be recorded at a quote. */
const COMMANDS = { warning: 'record-warning', attack: 'record-attack', dispute: 'raise-dispute' } as const;
/** The field of each kind that names its evidence or subject. */
const QUOTED_IN = { warning: 'evidence', attack: 'evidence', dispute: 'targets' } as const;
export type QuotedKind = keyof typeof COMMANDS;

/** Tags a quote as a claim and records the annotation based on it, in one commit. */
export function useRecordQuoted(kind: QuotedKind, incident: string, options?: WriteOptions) {
  return useWrite<
    {
      readonly claim: NewAnnotation['claim'];
      readonly body: NewAnnotation[QuotedKind];
      readonly key: string;
    },
    Written
  >(
    async (workspace, { claim, body, key }) => {
      const field = QUOTED_IN[kind];
      const named = (body as Readonly<Record<string, unknown>>)[field];
      const quoted: unknown[] = Array.isArray(named) ? named : [];
      const { results } = await answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/batches', {
          params: { path: { workspace }, header: { 'Idempotency-Key': key } },
          body: {
            mode: 'atomic',
            commands: [
              { command: 'tag-claim', as: 'claim', incidentId: incident, body: claim },
              {
                command: COMMANDS[kind],
                incidentId: incident,
                body: { ...body, [field]: [...quoted, '$claim'] },
              },
            ],
          },
        }),
      );
      const answers = results.flatMap(({ answer }) => (answer === undefined ? [] : [answer]));
      return { ...answers.at(-1)!, positions: answers.map(({ position }) => position) };
    },
    { incident, ...options },
  );
}

export function useRevise<K extends Kind>(kind: K, incident: string, options?: WriteOptions) {
  return useWrite<Revision<K>, WriteAnswer>(
    (workspace, { annotation, revision, changes, merge = false, key }) =>
      answerOf(
        casebook.api.PATCH(oneOf(kind), {
          params: {
            path: { workspace, incident, annotation },
            header: {
              'Idempotency-Key': key,
              'If-Match': `"${revision}"`,
              ...(merge && { Prefer: 'merge' }),
            },
          },
          body: changes,
        }),
      ),
    { incident, ...options },
  );
}

export function useRetract(kind: Kind, incident: string, options?: WriteOptions) {
  return useWrite<Retraction, WriteAnswer>(
    (workspace, { annotation, revision, reason, key }) =>
      answerOf(
        casebook.api.POST(retractionOf(kind), {
          params: {
            path: { workspace, incident, annotation },
            header: { 'Idempotency-Key': key, 'If-Match': `"${revision}"` },
          },
          body: { reason },
        }),
      ),
    { incident, ...options },
  );
}

/** Undoes changes by their positions, as new events. */
export function useUndo() {
  return useWrite<{ readonly positions: number[]; readonly key: string }, unknown>(
    (workspace, { positions, key }) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/undo', {
          params: { path: { workspace }, header: { 'Idempotency-Key': key } },
          body: { positions, reason: strings.undoReason },
        }),
      ),
  );
}
