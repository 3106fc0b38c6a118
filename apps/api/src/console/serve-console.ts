import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** The addresses of the console's pages: all are answered with the same HTML document. */
const PAGES = [
  '/',
  '/incidents/*',
  '/documents/*',
  '/audit',
  '/compare',
  '/search',
  '/admin',
  '/admin/*',
  '/sign-in',
];

/** Nothing inline and nothing from elsewhere: the text of a document or annotation can never become a script or style. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/**
 * Serves the built console in `directory`: its pages, never cached, and its files, whose names change with their content.
 * Does nothing if no console was built.
 *
 * @returns whether a console was built
 */
export async function serveConsole(server: FastifyInstance, directory: string): Promise<boolean> {
  const page = await readFile(join(directory, 'index.html')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (page === null) return false;
  await server.register(fastifyStatic, {
    root: resolve(directory, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    immutable: true,
    maxAge: '365d',
  });
  for (const url of PAGES) {
    server.get(url, (_request, reply) =>
      reply
        .header('content-security-policy', CONTENT_SECURITY_POLICY)
        .header('cache-control', 'no-cache')
        .type('text/html; charset=utf-8')
        .send(page),
    );
  }
  return true;
}
