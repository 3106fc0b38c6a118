import type { IncidentSource } from '@casebook/views';
import type { ExportFormat, ExportOptions, ImportFormat } from '../format.js';
import { gathered, listItems } from '../pieces.js';
import { readItems } from '../read-items.js';
import { objectsOf, survey } from './bundle.js';
import { stixId, stixIdOf } from './ids.js';
import { StixReader } from './read.js';

export { STIX_SCHEMA_PATH } from './extension.js';
export { extensionSchema } from './extension-schema.js';
export { type Collection, collectionOf, type Entry, inOrder } from './collection.js';

export const STIX_MEDIA_TYPE = 'application/stix+json;version=2.1';

/** The whole incident as one bundle, without erased annotations. */
async function* bundle(source: IncidentSource, options: ExportOptions): AsyncGenerator<string, void, void> {
  const surveyed = await survey(source, options);
  const id = stixId('bundle', JSON.stringify([surveyed.context.grouping, source.version]));
  const objects = async function* (): AsyncGenerator<object, void, void> {
    for await (const { object } of objectsOf(source, options, surveyed)) yield object;
  };
  yield `{"type":"bundle","id":${JSON.stringify(id)},"objects":[`;
  yield* gathered(listItems(objects()));
  yield ']}\n';
}

export const stixExport: ExportFormat = {
  mediaType: STIX_MEDIA_TYPE,
  extension: 'stix.json',
  description: 'STIX 2.1: one bundle',
  write: bundle,
};

export const stixImport: ImportFormat = {
  description: 'STIX 2.1 or 2.0: a bundle, the answer of a TAXII server, a list of objects, or one object',
  nameOf: stixIdOf,
  read: (bytes, { parse }) => {
    const reader = new StixReader();
    return readItems(bytes, { paths: ['objects'], parse, read: (json) => reader.read(json) });
  },
};
