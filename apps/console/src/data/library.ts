import { answerOf } from '@casebook/client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { casebook } from './casebook.js';
import { refresh } from './queries.js';
import { useMe } from './session.js';
import type { NewDocument } from './types.js';
import { useWrite } from './writes.js';

/* Writes to incidents and documents themselves. */

/** A file whose text the service extracts. */
export interface FileContent {
  readonly bytes: ArrayBuffer;
  readonly mediaType: string;
}

/**
 * Imports a document, and attaches it if an incident is given. A text that exists already is recognised and attached.
 * With `content`, the file is sent with the known details of the document.
 */
export function useImport(
  incident: string | undefined,
): (
  document: NewDocument,
  key: string,
  content?: FileContent & { readonly file: string },
) => Promise<string> {
  const { workspace } = useMe();
  const queries = useQueryClient();
  return useCallback(
    async (document, key, content) => {
      const params = { path: { workspace }, header: { 'Idempotency-Key': key } };
      const { text: _, ...details } = document;
      const { id } = await answerOf(
        content === undefined
          ? casebook.api.POST('/v1/workspaces/{workspace}/documents', { params, body: document })
          : casebook.api.POST('/v1/workspaces/{workspace}/documents', {
              params: {
                ...params,
                query: { ...details, title: details.title || undefined, fileName: content.file },
              },
              headers: { 'Content-Type': content.mediaType },
              body: content.bytes as never,
              bodySerializer: () => content.bytes,
            }),
      );
      if (incident !== undefined) {
        await answerOf(
          casebook.api.POST('/v1/workspaces/{workspace}/incidents/{incident}/documents', {
            params: { path: { workspace, incident }, header: { 'Idempotency-Key': `${key}-attach` } },
            body: { documentId: id },
          }),
        );
      }
      refresh(queries, incident);
      return id;
    },
    [workspace, incident, queries],
  );
}

export const useOpenIncident = () =>
  useWrite<{ readonly title: string; readonly summary?: string; readonly key: string }, { id: string }>(
    (workspace, { key, ...body }) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/incidents', {
          params: { path: { workspace }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
  );

/** Attaches a document of the library to an incident. */
export const useAttach = (incident: string) =>
  useWrite<{ readonly documentId: string; readonly key: string }, unknown>(
    (workspace, { documentId, key }) =>
      answerOf(
        casebook.api.POST('/v1/workspaces/{workspace}/incidents/{incident}/documents', {
          params: { path: { workspace, incident }, header: { 'Idempotency-Key': key } },
          body: { documentId },
        }),
      ),
    { incident },
  );
