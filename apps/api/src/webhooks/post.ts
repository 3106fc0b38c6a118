import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Reachable } from './reachable.js';

/** Time limit for a receiver's answer, in milliseconds. */
const PATIENCE_MS = 10_000;

interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

/**
 * Sends a request and returns the status of the answer; its body is not read, and redirects are not followed. Rejects
 * if there is no answer, or if the address may not be reached.
 */
export function post({ url, headers, body, signal }: Message, reachable: Reachable): Promise<number> {
  const address = new URL(url);
  const fault = reachable.fault(address);
  if (fault !== null) return Promise.reject(new Error(`The address ${fault}.`));
  return new Promise((resolve, reject) => {
    const request = (address.protocol === 'https:' ? secureRequest : plainRequest)(
      address,
      {
        method: 'POST',
        // Connections are not reused, because their address would not be checked again.
        agent: false,
        lookup: reachable.lookup,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
