import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';
import { sendProblem } from './problem.filter.js';

/** How long a body may take to arrive: 10 MiB at 1.4 Mbit/s. */
const BODY_PATIENCE_MS = 60_000;

/**
 * Answers a request whose body takes too long with 408, and closes its connection. Bodies are read before it is known who sends them,
 * so somebody without a token could otherwise hold connections and memory for ever, a byte at a time; Node itself limits the headers
 * alone in the same way. JSON Lines are not held to it: an import takes as long as it takes, and its sender has been let in.
 */
export function endSlowBodies(fastify: FastifyInstance, patience = BODY_PATIENCE_MS): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { raw } = request;
    if (!raw.complete && !request.headers['content-type']?.startsWith('application/x-ndjson')) {
      const timer = setTimeout(() => {
        // Nothing of what still comes is read, so the request does not go on behind its answer.
        raw.pause();
        reply.raw.once('finish', () => raw.destroy());
        void reply.header('connection', 'close');
        sendProblem(
          new ProblemError('request-timeout', 'The body did not arrive in time. Send the request again.'),
          request,
          reply,
        );
      }, patience);
      timer.unref();
      const clear = (): void => clearTimeout(timer);
      raw.once('end', clear).once('close', clear);
    }
    done(null, payload);
  });
}
