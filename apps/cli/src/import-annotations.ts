import { createReadStream } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { ImportReport } from '@casebook/contracts';

export interface AnnotationImportOptions {
  readonly url: string;
  readonly workspace: string;
  readonly incident: string;
  readonly token: string | undefined;
  readonly stopFirst?: boolean;
}

/**
 * Sends a file of annotations (JSON Lines) to a running service, which records each line as it arrives. Sending it again
 * records what is missing. Exit code 1 if a line is refused or the import does not finish.
 */
export async function importAnnotations(
  file: string,
  { url, workspace, incident, token, stopFirst }: AnnotationImportOptions,
): Promise<void> {
  if (token === undefined) throw new Error('needs a token: --token, or CASEBOOK_TOKEN in the environment');
  const address = new URL(
    `/v1/workspaces/${workspace}/incidents/${incident}/import${stopFirst ? '?stop=first' : ''}`,
    url,
  );
  const send = address.protocol === 'https:' ? httpsRequest : httpRequest;
  const outgoing = send(address, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    outgoing
      .once('response', resolve)
      .once('error', (cause) =>
        reject(new Error(`cannot reach the service at ${url}; is it running? (npm start)`, { cause })),
      );
  });
  // The service answers while it reads; an early answer stops the upload.
  const sent = pipeline(createReadStream(file), outgoing).catch((error: unknown) => error);
  const answer = await Promise.race([
    answered,
    sent.then((error) => {
      if ((error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT') throw error as Error;
      return answered;
    }),
  ]);
  if (answer.statusCode !== 200) {
    const parts: Buffer[] = [];
    for await (const part of answer) parts.push(part as Buffer);
    const { detail = '' } = JSON.parse(Buffer.concat(parts).toString('utf8')) as { detail?: string };
    outgoing.destroy();
    throw new Error(`${answer.statusCode} ${detail}`);
  }
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
