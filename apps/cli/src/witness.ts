import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import {
  cosignerKey,
  makeFolder,
  noteSigner,
  noteVerifier,
  secretsIn,
  Witness,
  type WitnessAnswer,
} from '@casebook/ledger';

export interface WitnessOptions {
  readonly name: string;
  readonly home: string;
  readonly log: readonly string[];
  readonly host: string;
  readonly port: string;
}

/** A submission has 63 hashes and a checkpoint with some signatures. */
const MOST_BYTES = 64 * 1024;
/** Maximum time for a submission to arrive, in milliseconds. */
const PATIENCE = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Serves a witness (C2SP tlog-witness) until SIGINT or SIGTERM. Needs only the verifier keys of the ledgers. */
export async function witness({ name, home, log, host, port }: WitnessOptions): Promise<void> {
  makeFolder(home, '--home');
  const [secret] = await secretsIn(join(home, 'witness-key'));
  const signer = noteSigner(name, secret!);
  const server = serverOf(new Witness(signer, log.map(noteVerifier), join(home, 'checkpoints')));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(Number(port), host, resolve);
  });
  const address = server.address();
  const at = typeof address === 'object' && address !== null ? address.port : port;
  say(`The witness ${name} is listening on http://${host.includes(':') ? `[${host}]` : host}:${at}`);
  say(`Its line of a policy: witness ${name} ${cosignerKey(signer)} http://${host}:${at}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

function serverOf(witness: Witness): Server {
  const server = createServer((request, response) => void serveOne(witness, request, response));
  server.requestTimeout = PATIENCE;
  server.headersTimeout = PATIENCE;
  return server;
}

async function serveOne(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const { status, body, contentType = 'text/plain; charset=utf-8' } = await answerTo(witness, request);
    // The unread rest of a submission is not awaited.
    if (status === 413) response.setHeader('connection', 'close');
    response.writeHead(status, { 'content-type': contentType }).end(body);
  } catch (error) {
    // A client that disconnected during its request needs no answer.
    if (!request.complete) return void response.destroy();
    process.stderr.write(`casebook witness: ${String(error)}\n`);
    response.writeHead(500).end('The witness cannot store its state.\n');
  }
}

async function answerTo(
  witness: Witness,
  request: IncomingMessage,
): Promise<{ readonly status: number; readonly body: string; readonly contentType?: string }> {
  if (request.url !== '/add-checkpoint')
    return { status: 404, body: 'The only endpoint is add-checkpoint.\n' };
  if (request.method !== 'POST') return { status: 405, body: 'Submit a checkpoint with POST.\n' };
  const body = await bodyOf(request);
  if (body === null) return { status: 413, body: `A submission has at most ${MOST_BYTES} bytes.\n` };
  const answer = await witness.addCheckpoint(body);
  tell(answer, body);
  return answer;
}

/** Prints the submission if the log contradicts itself: the signed note is the evidence. */
function tell({ said, fork }: WitnessAnswer, body: string): void {
  say(`${new Date().toISOString()} ${said}`);
  if (fork) say(JSON.stringify({ submitted: body }));
}

/** `null`: it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
