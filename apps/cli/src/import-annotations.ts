import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { ExchangeReport, ImportReport } from '@casebook/contracts';
import { about, readGiven, unreachable } from './failures.js';

export interface AnnotationImportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly incident: string;
  readonly token: string | undefined;
  readonly stopFirst?: boolean;
  /** The tool that made the annotations; left out: JSON Lines of our own. */
  readonly from?: string;
  /** Of a table: which, a file that says what its columns are called, and its encoding. */
  readonly kind?: string;
  readonly columns?: string;
  readonly charset?: string;
  readonly document?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The formats whose media type names them; the others come as JSON, with `from`. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'web-annotation': 'application/ld+json',
  stix: 'application/stix+json;version=2.1',
  csv: 'text/csv',
};

/** How the service is told what the body is. */
async function described(options: AnnotationImportOptions): Promise<{
  readonly mediaType: string;
  readonly query: string;
}> {
  const { from, kind, columns, charset, document, dryRun, stopFirst } = options;
  const known = from === undefined ? 'application/x-ndjson' : MEDIA_TYPES[from];
  const query = new URLSearchParams({
    ...(stopFirst === true && { stop: 'first' }),
    ...(known === undefined && from !== undefined && { from }),
    ...(kind !== undefined && { kind }),
    // As the file has it: what is wrong with it is for the service to say.
    ...(columns !== undefined && { columns: (await readGiven(columns)).toString('utf8') }),
    ...(document !== undefined && { document }),
    ...(dryRun === true && { dryRun: 'true' }),
  }).toString();
  const mediaType = `${known ?? 'application/json'}${charset === undefined ? '' : `; charset=${charset}`}`;
  return { mediaType, query: query === '' ? '' : `?${query}` };
}

/**
 * Sends a file of annotations (JSON Lines) to a running service, which records each line as it arrives. Sending it again
 * records what is missing. Exit code 1 if a line is refused or the import does not finish.
 */
export async function importAnnotations(file: string, options: AnnotationImportOptions): Promise<void> {
  const { url, workspace, incident, token } = options;
  const { mediaType, query } = await described(options);
  if (token === undefined) throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
  const address = new URL(`/v1/workspaces/${workspace}/incidents/${incident}/import${query}`, url);
  const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const outgoing = send(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': mediaType },
  });
  const source = file === '-' ? process.stdin : createReadStream(file);
  const unread = new Promise<never>((_, reject) =>
    source.once('error', (error: Error) => reject(about(file)(error))),
  );
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing.once('response', resolve).once('error', reject);
  }).catch(unreachable(url));
  // The service answers while it reads; an answer that comes early ends the sending.
  void pipeline(source, outgoing).catch(() => undefined);
  const answer = await Promise.race([unread, answered]);
  if (answer.statusCode !== 200) {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const { detail = '' } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { detail?: string };
    outgoing.destroy();
    throw new Error(`${answer.statusCode} ${detail}`);
  }
  if (options.from !== undefined) return tellItems(file, answer, options);
  let ended: Extract<ImportReport, { type: 'end' }> | undefined;
  for await (const text of createInterface({ input: answer })) {
    const report = JSON.parse(text) as ImportReport;
    switch (report.type) {
      case 'refused':
        process.stderr.write(
          `${file}:${report.line}: ${report.key === undefined ? '' : `${report.key}: `}${report.problem.detail ?? report.problem.title}\n`,
        );
        break;
      case 'progress':
        if (process.stderr.isTTY) process.stderr.write(`\r${report.lines} lines`);
        break;
      case 'end':
        ended = report;
    }
  }
  if (ended === undefined)
    throw new Error('the import broke off; send the file again to record what is missing');
  const { lines, recorded, already, refused, complete } = ended;
  process.stdout.write(
    `${lines} lines: ${recorded} recorded, ${already} already recorded, ${refused} refused${complete ? '' : '; stopped early'}\n`,
  );
  if (refused > 0 || !complete) process.exitCode = 1;
}

/** Tells the report of another tool's format: what needs a look goes to standard error, item by item. */
async function tellItems(
  file: string,
  answer: IncomingMessage,
  { json }: AnnotationImportOptions,
): Promise<void> {
  let ended: Extract<ExchangeReport, { type: 'end' }> | undefined;
  for await (const text of createInterface({ input: answer })) {
    if (json === true) process.stdout.write(`${text}\n`);
    const report = JSON.parse(text) as ExchangeReport;
    switch (report.type) {
      case 'item': {
        const { index, line, source, outcome, distance, why } = report;
        if (json === true || outcome === 'recorded' || outcome === 'known') break;
        const far = distance === undefined ? '' : ` (moved ${distance.moved ?? 0}, ${distance.edits} edits)`;
        process.stderr.write(
          `${file}: ${line === undefined ? `item ${index}` : `line ${line}`}${source === undefined ? '' : ` ${source}`}: ${outcome}${far}${why === undefined ? '' : `: ${why}`}\n`,
        );
        break;
      }
      case 'progress':
        if (process.stderr.isTTY) process.stderr.write(`\r${report.items} items`);
        break;
      case 'end':
        ended = report;
    }
  }
  if (ended === undefined)
    throw new Error('the import broke off; send the file again to record what is missing');
  const { items, complete, dryRun, problem, refused } = ended;
  const counts = (['recorded', 'known', 're-anchored', 'orphaned', 'ambiguous', 'kept', 'refused'] as const)
    .filter((outcome) => ended[outcome] > 0)
    .map((outcome) => `${ended[outcome]} ${outcome}`)
    .join(', ');
  if (problem !== undefined) process.stderr.write(`${file}: ${problem.detail ?? problem.title}\n`);
  if (json !== true) {
    process.stdout.write(
      `${items} items: ${counts || 'nothing'}${complete ? '' : '; stopped early'}${dryRun ? '; nothing was recorded (dry run)' : `; import ${ended.import}`}\n`,
    );
  }
  if (refused > 0 || !complete) process.exitCode = 1;
}
