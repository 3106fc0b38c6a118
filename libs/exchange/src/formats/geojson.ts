import type { AnnotationView } from '@casebook/contracts';
import type { IncidentSource } from '@casebook/views';
import type { ExportFormat } from './format.js';
import { given } from './json.js';
import { gathered, listItems } from './pieces.js';

/*
 * The attacks of an incident as GeoJSON (RFC 7946), in WGS 84. An attack without coordinates has no geometry (section
 * 3.2); no point is invented. The precision of a point is in `geoPrecision` and `acledGeoPrecision`; ACLED states no
 * radius, so there is none.
 */

type Attack = Extract<AnnotationView, { kind: 'attack' }>;

/** ACLED codebook, geo-precision. */
const ACLED_CODE = { exact: 1, near: 2, region: 3 } as const;

function feature({ id, status, place = {}, ...attack }: Attack): object {
  const { name, country, latitude, longitude, geoPrecision } = place;
  const { summary, occurredAt, eventType, actors, claimedBy, weapons, casualties } = attack;
  const isLocated = latitude !== undefined && longitude !== undefined;
  return {
    type: 'Feature',
    id: `urn:uuid:${id}`,
    geometry: isLocated ? { type: 'Point', coordinates: [longitude, latitude] } : null,
    properties: given({
      summary,
      status,
      occurredAt: occurredAt?.edtf,
      occurredAtAsPrinted: occurredAt?.asPrinted,
      eventType,
      place: name,
      country,
      geoPrecision,
      acledGeoPrecision: geoPrecision && ACLED_CODE[geoPrecision],
      actors,
      claimedBy,
      weapons,
      ...tollOf('killed', casualties?.killed),
      ...tollOf('wounded', casualties?.wounded),
    }),
  };
}

type Toll = NonNullable<NonNullable<Attack['casualties']>['killed']>;

/** Flat, because most map programs do not read nested properties. */
const tollOf = (counts: string, toll: Toll | undefined): Record<string, number | undefined> => ({
  [`${counts}Best`]: toll?.best,
  [`${counts}Low`]: toll?.low,
  [`${counts}High`]: toll?.high,
});

async function* features(source: IncidentSource): AsyncGenerator<object, void, void> {
  for await (const view of source.annotations(['attack']))
    if (view.kind === 'attack' && view.status !== 'erased') yield feature(view);
}

async function* geojson(source: IncidentSource): AsyncGenerator<string, void, void> {
  yield '{"type":"FeatureCollection","features":[';
  yield* gathered(listItems(features(source)));
  yield ']}\n';
}

export const geojsonExport: ExportFormat = {
  mediaType: 'application/geo+json',
  extension: 'geojson',
  description: 'GeoJSON: the attacks, with a point where coordinates are recorded',
  write: geojson,
};
