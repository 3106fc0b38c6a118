import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { requireTarget, unreachable } from './failures.js';

export interface IncidentExportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly incident: string;
  readonly token: string | undefined;
  readonly format: string;
  readonly asOf?: string;
  readonly kind?: string;
  readonly json?: boolean;
}

/**
 * Writes an incident in the format of another tool to a file, or to standard output (`-`). The file appears when it is whole, so a broken
 * export leaves none that looks complete.
 */
export async function exportIncident(file: string, options: IncidentExportOptions): Promise<void> {
  const { url, workspace, incident, token, format, asOf, kind, json } = options;
  if (token === undefined) throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
  const address = new URL(
    `/v1/workspaces/${encodeURIComponent(workspace)}/incidents/${encodeURIComponent(incident)}/export/${encodeURIComponent(format)}`,
    url,
  );
  if (asOf !== undefined) address.searchParams.set('asOf', asOf);
  if (kind !== undefined) address.searchParams.set('kind', kind);
  if (file !== '-') requireTarget(file);
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } }).catch(
    unreachable(url),
  );
  if (!answer.ok || answer.body === null) {
    const { detail = answer.statusText } = (await answer.json()) as { detail?: string };
    throw new Error(`${answer.status} ${detail}`);
  }
  let bytes = 0;
  const body = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
  body.on('data', (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (process.stderr.isTTY) process.stderr.write(`\r${bytes} bytes`);
  });
  if (file === '-') {
    await pipeline(body, process.stdout, { end: false });
  } else {
    const part = `${file}.part`;
    try {
      await pipeline(body, createWriteStream(part));
      await rename(part, file);
    } finally {
      await rm(part, { force: true });
    }
  }
  const position = Number(answer.headers.get('ledger-position'));
  const told = file === '-' ? process.stderr : process.stdout;
  told.write(
    json === true
      ? `${JSON.stringify({ file, format, bytes, position })}\n`
      : `${bytes} bytes as ${format}, as of position ${position}\n`,
  );
}
