import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import {
  cosignerKey,
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
/** How long a submission may take to arrive, in milliseconds. */
const PATIENCE = 10_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Serves a witness (C2SP tlog-witness) until SIGINT or SIGTERM. Needs nothing of the ledgers but their verifier keys. */
export async function witness({ name, home, log, host, port }: WitnessOptions): Promise<void> {
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
  const server = createServer((request, response) => {
    const end = (status: number, body: string, contentType = 'text/plain; charset=utf-8') => {
      response.writeHead(status, { 'content-type': contentType }).end(body);
    };
    if (request.url !== '/add-checkpoint') return end(404, 'There is add-checkpoint, and nothing else.\n');
    if (request.method !== 'POST') return end(405, 'A checkpoint is submitted with POST.\n');
    bodyOf(request)
      .then(
        async (body) => {
          if (body === null) {
            response.setHeader('connection', 'close');
            return end(413, `A submission has ${MOST_BYTES} bytes at most.\n`);
          }
          const answer = await witness.addCheckpoint(body);
          tell(answer, body);
          end(answer.status, answer.body, answer.contentType);
        },
        () => response.destroy(),
      )
      .catch((error: unknown) => {
        process.stderr.write(`casebook witness: ${String(error)}\n`);
        end(500, 'The witness cannot keep what it cosigns; its operator is told why.\n');
      });
  });
  server.requestTimeout = PATIENCE;
  server.headersTimeout = PATIENCE;
  return server;
}

/** What was submitted is told where the log contradicts itself: the signed note is the evidence. */
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
