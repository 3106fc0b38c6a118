import { scaleLinear } from 'd3-scale';
import { useAddress } from '../../../address/address.js';
import { stands } from '../../../data/annotations.js';
import { titleOf } from '../../../data/describe.js';
import type { Attack } from '../../../data/types.js';
import { useRows } from '../../../parts/use-rows.js';
import { strings } from '../../../strings/incident.js';
import { words } from '../../../strings/vocabulary.js';
import drawn from '../drawn/drawn.module.css';
import { cut, useWidth } from '../drawn/use-width.js';
import { Nothing, Picked, ROWS } from '../picked.js';
import type { TabProps } from '../tab.js';

const text = strings.map;
const RADIUS = { exact: 9, near: 22, region: 44 } as const;
const EDGE = 56;

interface Placed {
  readonly attack: Attack;
  readonly latitude: number;
  readonly longitude: number;
}

export function MapTab({ incident }: TabProps) {
  const { list } = useRows<HTMLTableSectionElement>(ROWS);
  const attacks = incident.attacks.filter(stands);
  const placed = attacks.flatMap((attack): Placed[] => {
    const { latitude, longitude } = attack.place ?? {};
    return latitude === undefined || longitude === undefined ? [] : [{ attack, latitude, longitude }];
  });
  return (
    <>
      {placed.length === 0 ? <Nothing>{text.empty}</Nothing> : <Coordinates placed={placed} />}
      {placed.length > 0 && <p className={drawn['legend']}>{text.legend}</p>}
      {attacks.length > 0 && (
        <div className={drawn['scroll']}>
          <table className={drawn['table']}>
            <caption>{text.table}</caption>
            <thead>
              <tr>
                <th scope="col">{text.attack}</th>
                <th scope="col">{text.place}</th>
                <th scope="col">{text.coordinates}</th>
                <th scope="col">{text.precision}</th>
              </tr>
            </thead>
            <tbody ref={list}>
              {attacks.map((attack) => (
                <tr key={attack.id}>
                  <td>
                    <Picked id={attack.id}>{titleOf({ ...attack, kind: 'attack' })}</Picked>
                  </td>
                  <td dir="auto">{[attack.place?.name, attack.place?.country].filter(Boolean).join(', ')}</td>
                  <td>
                    {attack.place?.latitude === undefined
                      ? text.unplaced
                      : `${degrees(attack.place.latitude, 'N', 'S')} ${degrees(attack.place.longitude ?? 0, 'E', 'W')}`}
                  </td>
                  <td>
                    {attack.place?.geoPrecision === undefined
                      ? text.unjudged
                      : words.geoPrecision[attack.place.geoPrecision]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

const degrees = (value: number, positive: string, negative: string): string =>
  `${Math.abs(Number(value.toFixed(4)))}° ${value < 0 ? negative : positive}`;

/** A scale with the same distance per pixel in both directions at this latitude. */
function scalesFor(placed: readonly Placed[], width: number, height: number) {
  const middle = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  const [lats, lons] = [placed.map((each) => each.latitude), placed.map((each) => each.longitude)];
  const [lat, lon] = [middle(lats), middle(lons)];
  // A degree of longitude is narrower towards the poles.
  const narrow = Math.max(0.1, Math.cos((lat * Math.PI) / 180));
  const perPixel = Math.max(
    (spread(lons) * narrow) / Math.max(1, width - 2 * EDGE),
    spread(lats) / (height - 2 * EDGE),
    0.1 / width,
  );
  const [w, h] = [(perPixel * width) / narrow / 2, (perPixel * height) / 2];
  return {
    x: scaleLinear()
      .domain([lon - w, lon + w])
      .range([0, width]),
    y: scaleLinear()
      .domain([lat - h, lat + h])
      .range([height, 0]),
  };
}

function Coordinates({ placed }: { readonly placed: readonly Placed[] }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { on, change } = useAddress();
  const height = Math.min(420, Math.max(240, Math.round(width * 0.55)));
  const { x, y } = scalesFor(placed, Math.max(width, 1), height);
  return (
    <div ref={ref} className={drawn['drawing']}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img" // oxlint-disable-line jsx-a11y/prefer-tag-over-role
          aria-label={text.drawing}
          className={drawn['map']}
        >
          {x.ticks(Math.max(2, width / 140)).map((lon) => (
            <g key={lon} className={drawn['axis']}>
              <line x1={x(lon)} x2={x(lon)} y1={0} y2={height} />
              <text x={x(lon) + 4} y={height - 5}>
                {degrees(lon, 'E', 'W')}
              </text>
            </g>
          ))}
          {y.ticks(4).map((lat) => (
            <g key={lat} className={drawn['axis']}>
              <line x1={0} x2={width} y1={y(lat)} y2={y(lat)} />
              <text x={4} y={y(lat) - 4}>
                {degrees(lat, 'N', 'S')}
              </text>
            </g>
          ))}
          {placed.map(({ attack, latitude, longitude }) => {
            const precision = attack.place?.geoPrecision;
            const name = attack.place?.name ?? titleOf({ ...attack, kind: 'attack' });
            const right = x(longitude) > width * 0.6;
            return (
              <g
                key={attack.id}
                className={drawn['spot']}
                data-precision={precision ?? 'unjudged'}
                data-chosen={on === attack.id ? '' : undefined}
                transform={`translate(${x(longitude)} ${y(latitude)})`}
                onClick={() => change({ on: attack.id, edit: undefined, new: undefined })}
              >
                <title>{titleOf({ ...attack, kind: 'attack' })}</title>
                {precision !== undefined && <circle r={RADIUS[precision]} />}
                <circle r={4} className={drawn['dot']} />
                <text x={right ? -12 : 12} y={-8} textAnchor={right ? 'end' : 'start'}>
                  {cut(name, right ? x(longitude) - 20 : width - x(longitude) - 20)}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
