import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem.js';
import { sendProblem } from './problem.filter.js';

/** How long a body may take to arrive: 10 MiB at 1.4 Mbit/s. */
const BODY_PATIENCE_MS = 60_000;

/**
 * Answers 408 to a request whose body takes too long, and closes its connection. Otherwise a client could
 * hold connections and memory for ever, a byte at a time; Node itself limits only the headers. JSON Lines are
 * exempt: an import takes as long as it takes, and its sender is authenticated.
 */
export function endSlowBodies(fastify: FastifyInstance, patience = BODY_PATIENCE_MS): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    const { raw } = request;
    if (!raw.complete && !request.headers['content-type']?.startsWith('application/x-ndjson')) {
      const timer = setTimeout(() => {
        // Stop reading, so that the request does not continue after its answer.
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
