import { type ExportFormat, ExportRefused, type ImportFormat } from './format.js';
import { hypothesisImport } from './hypothesis.js';
import { mispImport } from './misp.js';
import { recogitoImport } from './recogito.js';
import { claimReviewExport } from './claim-review.js';
import { geojsonExport } from './geojson.js';
import { provExport } from './prov/index.js';
import { pdfExport, reportExport } from './report/index.js';
import { xlsxExport } from './tables/write-xlsx.js';
import { csvImport } from './tables/read-csv.js';
import { csvExport } from './tables/write-csv.js';
import { stixExport, stixImport } from './stix/index.js';
import { webAnnotationExport, webAnnotationImport } from './web-annotation/index.js';

/** Every export format by its name in the address. A new format is a row here and a file beside this one. */
export const EXPORT_FORMATS = {
  'web-annotation': webAnnotationExport,
  csv: csvExport,
  xlsx: xlsxExport,
  prov: provExport,
  claimreview: claimReviewExport,
  geojson: geojsonExport,
  stix: stixExport,
  'report.html': reportExport,
  'report.pdf': pdfExport,
} as const satisfies Record<string, ExportFormat>;

export type ExportFormatName = keyof typeof EXPORT_FORMATS;
export const EXPORT_FORMAT_NAMES = Object.keys(EXPORT_FORMATS) as [ExportFormatName, ...ExportFormatName[]];

/** Every import format. A new format is a row here and a file beside this one. */
export const IMPORT_FORMATS = {
  'web-annotation': webAnnotationImport,
  hypothesis: hypothesisImport,
  recogito: recogitoImport,
  csv: csvImport,
  stix: stixImport,
  misp: mispImport,
} as const satisfies Record<string, ImportFormat>;
export type ImportFormatName = keyof typeof IMPORT_FORMATS;

/** Formats identified by their media type; the others come as JSON with `from`. */
export const IMPORT_MEDIA_TYPES: Readonly<Record<string, ImportFormatName>> = {
  'application/ld+json': 'web-annotation',
  'text/csv': 'csv',
  'application/stix+json': 'stix',
};

export type {
  ExportFormat,
  ExportOptions,
  ImportFormat,
  ProposedAnnotation,
  QuoteHint,
  ReadItem,
  ReadOptions,
  UnreadItem,
} from './format.js';
export { ExportRefused };
export { ItemTooLong } from './read-items.js';
export { BrokenInput, jsonItems, type JsonPart } from './json-items.js';
export * from './web-annotation/index.js';
export {
  type Collection,
  collectionOf,
  type Entry,
  extensionSchema,
  inOrder,
  STIX_MEDIA_TYPE,
  STIX_SCHEMA_PATH,
} from './stix/index.js';
