import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../http/problem.js';
import { printToPdf } from './chromium.js';

/** Maximum PDFs waiting for the current one. */
const MOST_WAITING = 8;
const MOST_MS = 60_000;

/** A development package with a Chromium; an installation without it sets CASEBOOK_CHROMIUM. */
const PACKAGE: string = '@sparticuz/chromium';

/** Prints HTML pages as PDF with Chromium, one at a time. */
@Injectable()
export class PdfPrinter {
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;

  /** @param path of the Chromium; by default that of the package, if it is installed */
  constructor(private readonly path: string | undefined) {}

  /** The path of the Chromium. */
  async executable(): Promise<string | undefined> {
    if (this.path !== undefined) return this.path;
    try {
      const { default: chromium } = (await import(PACKAGE)) as {
        default: { executablePath(): Promise<string> };
      };
      return await chromium.executablePath();
    } catch {
      return undefined;
    }
  }

  /**
   * @param modified the time recorded in the PDF, so that the same page makes the same PDF
   * @throws ProblemError unavailable
   */
  async *print(
    executable: string,
    page: AsyncIterable<string>,
    modified: Date,
  ): AsyncGenerator<Uint8Array, void, void> {
    if (this.waiting >= MOST_WAITING) throw unavailable('Too many PDFs are being made at the moment.');
    this.waiting += 1;
    const before = this.last;
    let finish!: () => void;
    this.last = new Promise<void>((resolve) => (finish = resolve));
    let folder: string | undefined;
    try {
      await before;
      folder = await mkdtemp(join(tmpdir(), 'casebook-report-'));
      yield await printed(executable, folder, page, modified);
    } finally {
      this.waiting -= 1;
      finish();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    }
  }
}

const unavailable = (why: string, options?: ErrorOptions): ProblemError =>
  new ProblemError(
    'unavailable',
    `${why} Try again in a moment, or print export/report.html.`,
    {},
    { 'retry-after': '10' },
    options,
  );

async function printed(
  executable: string,
  folder: string,
  page: AsyncIterable<string>,
  modified: Date,
): Promise<Buffer> {
  const source = join(folder, 'report.html');
  await pipeline(page, createWriteStream(source));
  try {
    const profile = join(folder, 'profile');
    const pdf = await printToPdf(executable, pathToFileURL(source).href, { profile, mostMs: MOST_MS });
    return dated(pdf, modified);
  } catch (cause) {
    throw unavailable('Chromium did not produce a PDF.', { cause });
  }
}

/** The PDF with its creation time replaced by this one, which has the same length. */
function dated(pdf: Buffer, modified: Date): Buffer {
  const time = modified.toISOString().replace(/\D/g, '').slice(0, 14);
  const text = pdf.toString('latin1').replace(/(\/(?:CreationDate|ModDate) ?\(D:)\d{14}/g, `$1${time}`);
  return Buffer.from(text, 'latin1');
}
