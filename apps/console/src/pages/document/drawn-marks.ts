import type { Laid } from './lanes.js';
import { type Marks, type Overlay, toneName } from './marks.js';

/*
 * Marks for browsers without the CSS Custom Highlight API: boxes over the words, inside the element of their line and
 * after its only text node, so that offsets, selection and find work as with the API.
 */

interface Drawn {
  readonly node: Text;
  readonly offset: number;
  readonly spans: readonly Laid[];
  layer: HTMLElement;
}

export class DrawnMarks implements Marks {
  private readonly drawn = new Map<number, Drawn>();
  private readonly overlays = new Map<
    Overlay,
    { readonly ranges: readonly Range[]; layers: HTMLElement[] }
  >();
  /** Words move when the width of their line changes. */
  private readonly sizes = new ResizeObserver((entries) => {
    const resized = new Set(entries.map(({ target }) => target));
    for (const [line, { node, offset, spans }] of this.drawn)
      if (node.parentElement !== null && resized.has(node.parentElement))
        this.place(line, node, offset, spans);
    for (const [name, { ranges }] of this.overlays) this.overlay(name, ranges);
  });

  show(): void {
    delete document.documentElement.dataset['bare'];
  }

  hide(): void {
    document.documentElement.dataset['bare'] = '';
  }

  place(line: number, node: Text, offset: number, spans: readonly Laid[]): void {
    const before = this.drawn.get(line);
    before?.layer.remove();
    const layer = layerOf(node);
    for (const { start, end, tone, lane } of spans) {
      const range = document.createRange();
      range.setStart(node, Math.max(0, start - offset));
      range.setEnd(node, Math.min(node.length, end - offset));
      draw(layer, range, toneName(tone, lane));
    }
    this.drawn.set(line, { node, offset, spans, layer });
    if (before === undefined && node.parentElement !== null) this.sizes.observe(node.parentElement);
  }

  remove(line: number): void {
    const drawn = this.drawn.get(line);
    if (drawn?.node.parentElement != null) this.sizes.unobserve(drawn.node.parentElement);
    drawn?.layer.remove();
    this.drawn.delete(line);
  }

  overlay(name: Overlay, ranges: readonly Range[]): void {
    for (const layer of this.overlays.get(name)?.layers ?? []) layer.remove();
    const layers = ranges.map((range) => {
      const layer = layerOf(range.startContainer);
      draw(layer, range, name);
      return layer;
    });
    this.overlays.set(name, { ranges, layers });
  }
}

/** The layer of boxes in the line of this text. */
function layerOf(node: Node): HTMLElement {
  const layer = document.createElement('span');
  layer.dataset['marks'] = '';
  layer.ariaHidden = 'true';
  node.parentElement?.append(layer);
  return layer;
}

/** Draws a box for each row of text in the range. */
function draw(layer: HTMLElement, range: Range, name: string): void {
  const origin = layer.parentElement?.getBoundingClientRect();
  if (origin === undefined) return;
  for (const { left, top, width, height } of range.getClientRects()) {
    const box = document.createElement('i');
    box.dataset['mark'] = name;
    box.style.left = `${left - origin.left}px`;
    box.style.top = `${top - origin.top}px`;
    box.style.width = `${width}px`;
    box.style.height = `${height}px`;
    layer.append(box);
  }
}
