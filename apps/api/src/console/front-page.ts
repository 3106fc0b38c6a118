import { VERSION } from '@casebook/contracts';
import type { FastifyInstance } from 'fastify';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Casebook</title>
<h1>Casebook ${VERSION}</h1>
<p>An event-sourced ledger of analyst annotations. The API is described in <a href="/docs">the documentation</a>.</p>
<p>The web console has not been built: run <code>npm run build</code>.</p>
</html>
`;

/** The page at the address of the service if no console was built. */
export function serveFrontPage(server: FastifyInstance): void {
  server.get('/', (_request, reply) =>
    reply
      .header('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(PAGE),
  );
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path fill="#1d4e5f" d="M2 1h10l2 2v12H2z"/><path stroke="#fff" d="M5 5.5h6M5 8.5h6M5 11.5h4"/></svg>';

/** Browsers request this address by themselves. */
export function serveIcon(server: FastifyInstance): void {
  server.get('/favicon.ico', (_request, reply) =>
    reply.header('cache-control', 'public, max-age=86400').type('image/svg+xml').send(ICON),
  );
}
