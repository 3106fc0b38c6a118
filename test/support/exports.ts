import { exportedRows } from '@casebook/contracts';
import { EXPORT_FORMAT_NAMES, type ExportFormatName } from '@casebook/exchange';
import readXlsxFile from 'read-excel-file/node';
import { extractText } from 'unpdf';
import type { Client } from './service.js';

/** Everything that an incident is exported as, by what follows `…/export/`: every format, and every table of CSV. */
export const EXPORTS: readonly string[] = EXPORT_FORMAT_NAMES.flatMap((name) =>
  name === 'csv' ? exportedRows.options.map((rows) => `csv?kind=${rows}`) : [name],
);

export interface Exported {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/** The bytes of an export, which are no text in some formats. */
export async function fetchExport(
  url: string,
  client: Client,
  path: string,
  headers: Record<string, string> = {},
): Promise<Exported> {
  const answer = await fetch(new URL(`/v1/workspaces/default/${path}`, url), {
    headers: { authorization: `Bearer ${client.token}`, ...headers },
  });
  return {
    status: answer.status,
    headers: answer.headers,
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

/** Formats whose bytes are compressed, and how their text is had. */
const TEXTS: Partial<Record<ExportFormatName, (bytes: Buffer) => Promise<string>>> = {
  'report.pdf': async (bytes) =>
    (await extractText(new Uint8Array(bytes), { mergePages: true })).text.replace(/\s+/g, ' '),
  xlsx: async (bytes) => JSON.stringify(await readXlsxFile(bytes)),
};

/** What a reader of the export reads. */
export async function textOf(name: string, bytes: Buffer): Promise<string> {
  const text = TEXTS[name.split('?', 1)[0] as ExportFormatName];
  return text === undefined ? bytes.toString('utf8') : text(bytes);
}
