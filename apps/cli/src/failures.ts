import { types } from 'node:util';

/* What a command says when it ends early: a sentence with the file or the address in it, and no stack. */

interface SystemError extends Error {
  readonly code?: string;
  readonly path?: string;
  readonly address?: string;
  readonly port?: number;
  readonly hostname?: string;
}

/** Errors of files, by code (errno(3)); `path` is quoted as it was given. */
const OF_FILES: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no file ${path}`,
  EISDIR: (path) => `${path} is a folder, not a file`,
  ENOTDIR: (path) => `a part of the path ${path} is no folder`,
  EACCES: (path) => `this user may not open ${path}`,
  EPERM: (path) => `this user may not open ${path}`,
  ENOSPC: (path) => `no space is left on the disk of ${path}`,
  EROFS: (path) => `the file system of ${path} cannot be written`,
};

/** Errors of connections; `at` is the address. */
const OF_ADDRESSES: Readonly<Record<string, (at: string) => string>> = {
  ECONNREFUSED: (at) => `nothing listens at ${at}; is it running?`,
  ECONNRESET: (at) => `the connection to ${at} was broken off; try again`,
  ENOTFOUND: (at) => `no host is called ${at}`,
  ETIMEDOUT: (at) => `${at} does not answer`,
};

/** Errors of Node itself are of another realm where a test has one of its own. */
const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);

/** The sentence of a system error, also of one that `fetch` wraps without a word of its own; the message of any other error. */
export function sentenceOf(error: unknown): string {
  for (let each = error; isError(each); each = each.cause) {
    const { code = '', path, address, port, hostname, errors } = each as SystemError & { errors?: unknown[] };
    if (path !== undefined && OF_FILES[code] !== undefined) return OF_FILES[code](path);
    const at = address === undefined ? hostname : `${address}${port === undefined ? '' : `:${port}`}`;
    if (at !== undefined && OF_ADDRESSES[code] !== undefined) return OF_ADDRESSES[code](at);
    if (code.startsWith('Z_'))
      return 'the archive is broken: it is no whole gzip file. Copy or export it again';
    // Of a name with several addresses, the first says enough.
    if (Array.isArray(errors) && isError(errors[0])) return sentenceOf(errors[0]);
    if (each.message !== 'fetch failed') break;
  }
  return isError(error) ? error.message : String(error);
}

/** Prints a line when Ctrl-C ends a long command: what holds, and how to go on. The signal then does what it does. */
export const sayOnInterrupt = (line: string) => (): void => {
  process.once('SIGINT', () => {
    process.stderr.write(`\ncasebook: stopped. ${line}\n`);
    process.kill(process.pid, 'SIGINT');
  });
};

/** An address as people type it: without a scheme it is http. */
export const serviceUrl = (given: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
