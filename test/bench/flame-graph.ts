/** The parts of a `.cpuprofile` (Chrome DevTools Protocol, Profiler.Profile) that are read here. */
export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface Frame {
  readonly name: string;
  readonly part: string;
  micros: number;
  readonly children: Map<string, Frame>;
}

/** Whose code a function is: a package, a part of ours, or Node. */
function partOf(url: string, functionName: string): string {
  if (functionName === '(garbage collector)') return 'garbage collector';
  const [, found] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url) ?? [];
  if (found !== undefined) return found;
  const [, app, lib] = /\/(?:apps\/([^/]+)|libs\/([^/]+))\/src\//.exec(url) ?? [];
  return app !== undefined ? `apps/${app}` : lib !== undefined ? `libs/${lib}` : 'Node';
}

/** The call tree of the samples, its idle time and the probe's own work left out. */
export function framesOf({ nodes, samples, timeDeltas }: CpuProfile): Frame {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const own = new Map<number, number>();
  for (const [i, id] of samples.entries()) own.set(id, (own.get(id) ?? 0) + (timeDeltas[i] ?? 0));
  const root: Frame = { name: 'all', part: 'Node', micros: 0, children: new Map() };
  for (const [id, micros] of own) {
    const path: { name: string; part: string }[] = [];
    for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
      const { functionName, url, lineNumber } = byId.get(at)!.callFrame;
      const file = url.replace(/.*\/node_modules\//, '').replace(/.*\/dist\//, '');
      path.push({
        name: `${functionName || '(anonymous)'}${file === '' ? '' : ` ${file}:${lineNumber + 1}`}`,
        part: partOf(url, functionName),
      });
    }
    if (path.some(({ name }) => name === '(idle)' || name.includes('probe.mjs'))) continue;
    root.micros += micros;
    let frame = root;
    for (const { name, part } of path.reverse().slice(1)) {
      let child = frame.children.get(name);
      if (child === undefined)
        frame.children.set(name, (child = { name, part, micros: 0, children: new Map() }));
      child.micros += micros;
      frame = child;
    }
  }
  return root;
}

/** Parts in the order of their time: what Node does for a part (a socket written, a hash made) counts for that part. */
export function partsOf(root: Frame): [part: string, share: number][] {
  const shares = new Map<string, number>();
  const walk = (frame: Frame, owner: string): void => {
    const part = frame.part === 'Node' ? owner : frame.part;
    let own = frame.micros;
    for (const child of frame.children.values()) {
      own -= child.micros;
      walk(child, part);
    }
    shares.set(part, (shares.get(part) ?? 0) + own / root.micros);
  };
  walk(root, 'Node');
  return [...shares].sort(([, a], [, b]) => b - a);
}

const WIDTH = 1400;
const ROW = 16;
/** A frame that is narrower, in pixels, is left out with all that it calls. */
const NARROWEST = 2;

const escaped = (text: string): string => text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);

/** One colour a part, the same in every graph. */
function colourOf(part: string): string {
  let hue = 0;
  for (const letter of part) hue = (hue * 31 + letter.charCodeAt(0)) % 360;
  return part === 'Node' ? '#ddd' : part === 'garbage collector' ? '#999' : `hsl(${hue} 65% 75%)`;
}

/** A flame graph (Gregg 2013) as SVG: a frame is as wide as its share of the time, above what called it. Titles tell the rest. */
export function flameGraph(root: Frame, caption: string): string {
  const frames: string[] = [];
  let deepest = 0;
  const draw = (frame: Frame, x: number, depth: number): void => {
    const width = (frame.micros / root.micros) * WIDTH;
    if (width < NARROWEST) return;
    deepest = Math.max(deepest, depth);
    const label = frame.name.slice(0, Math.floor(width / 6.5));
    const share = ((100 * frame.micros) / root.micros).toFixed(1);
    frames.push(
      `<g><title>${escaped(`${frame.name} (${frame.part}): ${share} %`)}</title>` +
        `<rect x="${x.toFixed(1)}" y="${-(depth + 1) * ROW}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colourOf(frame.part)}"/>` +
        (label.length > 2
          ? `<text x="${(x + 2).toFixed(1)}" y="${-depth * ROW - 5}">${escaped(label)}</text>`
          : '') +
        '</g>',
    );
    let at = x;
    for (const child of [...frame.children.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      draw(child, at, depth + 1);
      at += (child.micros / root.micros) * WIDTH;
    }
  };
  draw(root, 0, 0);
  const height = (deepest + 2) * ROW;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-height} ${WIDTH} ${height}" font-family="monospace" font-size="10">\n` +
    `<rect x="0" y="${-height}" width="${WIDTH}" height="${height}" fill="#fff"/>\n` +
    `<text x="4" y="${-height + 12}" font-size="12">${escaped(caption)}</text>\n${frames.join('\n')}\n</svg>\n`
  );
}
