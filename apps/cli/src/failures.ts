import { existsSync, statSync } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { types } from 'node:util';

/* The message of a failed command: one sentence with the file or address, without a stack. */

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
  ENOTDIR: (path) => `a part of the path ${path} is not a folder`,
  EACCES: (path) => `this user may not open ${path}`,
  EPERM: (path) => `this user may not open ${path}`,
  ENOSPC: (path) => `no space is left on the disk of ${path}`,
  EROFS: (path) => `the file system of ${path} is read-only`,
};

/** Errors of connections; `at` is the address. */
const OF_ADDRESSES: Readonly<Record<string, (at: string) => string>> = {
  ECONNREFUSED: (at) => `nothing is listening at ${at}; is it running?`,
  ECONNRESET: (at) => `the connection to ${at} broke; try again`,
  ENOTFOUND: (at) => `there is no host ${at}`,
  ETIMEDOUT: (at) => `${at} does not answer`,
};

/** Node's errors come from another realm inside Jest. */
const isError = (value: unknown): value is Error => value instanceof Error || types.isNativeError(value);

/** A sentence for a system error, also if wrapped by `fetch`; otherwise the error's message, or that of what made `fetch` fail. */
export function sentenceOf(error: unknown): string {
  let told = error;
  for (let each = error; isError(each); each = each.cause) {
    told = each;
    const { code = '', path, address, port, hostname, errors } = each as SystemError & { errors?: unknown[] };
    if (path !== undefined && OF_FILES[code] !== undefined) return OF_FILES[code](path);
    const at = address === undefined ? hostname : `${address}${port === undefined ? '' : `:${port}`}`;
    if (at !== undefined && OF_ADDRESSES[code] !== undefined) return OF_ADDRESSES[code](at);
    if (code.startsWith('Z_')) return 'the archive is not a complete gzip file. Copy or export it again';
    // Of a name with several addresses, the first says enough.
    if (Array.isArray(errors) && isError(errors[0])) return sentenceOf(errors[0]);
    if (each.message !== 'fetch failed') break;
  }
  return isError(told) ? told.message : String(told);
}

/** Adds the file to an error. Node names none where a read fails, such as that of a folder. */
export const about =
  (path: string) =>
  <E>(error: E): E =>
    isError(error) && (error as SystemError).path === undefined ? Object.assign(error, { path }) : error;

/** The bytes of a file that the user named. Its error has a sentence as its message, and the code of the system's. */
export async function readGiven(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code } = cause as SystemError;
    const isLink = code === 'ENOENT' && (await lstat(path).catch(() => null)) !== null;
    throw isLink
      ? Object.assign(new Error(`${path} is a link to a file that does not exist`, { cause }), {
          code: 'ENOLINK',
        })
      : Object.assign(new Error(sentenceOf(about(path)(cause)), { cause }), { code, path });
  }
}

/** For `fetch` and its like: the request never reached the service. */
export const unreachable =
  (url: string) =>
  (cause: unknown): never => {
    throw new Error(`cannot reach the service at ${url}; is it running? (npm start)`, { cause });
  };

/** On Ctrl-C, prints what remains and how to continue. The signal then takes its usual effect. */
export const sayOnInterrupt = (line: string) => (): void => {
  process.once('SIGINT', () => {
    process.stderr.write(`\ncasebook: stopped. ${line}\n`);
    process.kill(process.pid, 'SIGINT');
  });
};

/** Parses an address; the default scheme is http. */
export const serviceUrl = (given: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;

/** @throws Error if no service can have this address */
export function requireAddress(url: string): void {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error(`${url} is no address of a service; write it as http://127.0.0.1:3000`);
}

/** @throws Error if a file of this name cannot be written, before anything is read for it */
export function requireTarget(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new Error(`${file} is a folder, not a file`);
}
