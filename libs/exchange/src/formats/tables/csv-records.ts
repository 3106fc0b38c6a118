import { CsvError, parse, type Parser } from 'csv-parse';
import { BrokenInput } from '../json-items.js';

/** A row of a CSV file, and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Maximum UTF-16 units of a row, and of the part of the header searched for the delimiter. */
const MOST_LENGTH = 1024 * 1024;

/**
 * The rows of a CSV file (RFC 4180) as they arrive; blank lines are skipped. The delimiter is whichever of comma,
 * semicolon and tab is most frequent in the first line. Rows may have any number of cells.
 * @throws BrokenInput with the line, if a quotation mark is not closed or a row is too long
 */
export async function* csvRecords(text: AsyncIterable<string>): AsyncGenerator<CsvRecord, void, void> {
  const chunks = text[Symbol.asyncIterator]();
  let head = '';
  for (let next = await chunks.next(); ; next = await chunks.next()) {
    if (next.done === true) break;
    head += next.value;
    if (/[\r\n]/.test(unquoted(head)) || head.length > MOST_LENGTH) break;
  }
  const parser = parse({
    delimiter: delimiterOf(unquoted(head).split(/[\r\n]/, 1)[0] ?? ''),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: MOST_LENGTH,
  });
  const fed = feed(parser, head, chunks);
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const inside = record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
      yield { cells: record, line: info.lines - inside };
    }
    await fed;
  } catch (error) {
    throw error instanceof CsvError ? broken(error) : error;
  }
}

/** The beginning of a text without quoted parts. */
const unquoted = (text: string): string => text.replace(/"[^"]*("|$)/g, '');

function delimiterOf(header: string): string {
  const count = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}

/** Feeds the parser with backpressure; errors of the source become the parser's. */
async function feed(parser: Parser, head: string, chunks: AsyncIterator<string>): Promise<void> {
  try {
    for (let text = head; !parser.destroyed;) {
      if (!parser.write(text)) await drained(parser);
      const next = await chunks.next();
      if (next.done === true) break;
      text = next.value;
    }
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  } finally {
    await chunks.return?.();
  }
}

const drained = (parser: Parser): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      parser.off('drain', settle).off('close', settle);
      resolve();
    };
    parser.on('drain', settle).on('close', settle);
  });

function broken({ code, lines }: CsvError & { readonly lines?: number }): BrokenInput {
  const why =
    code === 'CSV_MAX_RECORD_SIZE'
      ? `is longer than ${MOST_LENGTH} characters; perhaps a quotation mark is not closed`
      : code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'has a quotation mark that is never closed'
        : 'has a quotation mark in the wrong place; double it inside a quoted cell';
  return new BrokenInput(`The row that ends at line ${lines ?? '?'} ${why}.`, 'malformed-csv');
}
