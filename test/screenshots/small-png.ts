import { crc32, deflateSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

const MOST_COLOURS = 256;

/** A picture with a palette of at most 256 colours: of an interface, a third of the size and hardly another look. */
export async function smallPng(browser: Browser, png: Buffer): Promise<Buffer> {
  const page = await browser.newPage();
  const { width, height, pixels } = await page.evaluate<{ width: number; height: number; pixels: string }>(`
    (async () => {
      const picture = await createImageBitmap(await (await fetch('data:image/png;base64,${png.toString('base64')}')).blob());
      const { width, height } = picture;
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(picture, 0, 0);
      const bytes = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
      let pixels = '';
      for (let at = 0; at < bytes.length; at += 30000) pixels += String.fromCharCode(...bytes.subarray(at, at + 30000));
      return { width, height, pixels: btoa(pixels) };
    })()`);
  await page.close();
  return indexed(width, height, Buffer.from(pixels, 'base64'));
}

/** PNG (second edition), sections 5 and 11: colour type 3, eight bits, no filter. */
function indexed(width: number, height: number, rgba: Buffer): Buffer {
  const coarse = (at: number): number =>
    ((rgba[at]! & 0xf8) << 16) | ((rgba[at + 1]! & 0xf8) << 8) | (rgba[at + 2]! & 0xf8);
  const counts = new Map<number, { count: number; at: number }>();
  for (let at = 0; at < rgba.length; at += 4) {
    const found = counts.get(coarse(at));
    if (found === undefined) counts.set(coarse(at), { count: 1, at });
    else found.count += 1;
  }
  const palette = [...counts.entries()].sort(([, a], [, b]) => b.count - a.count).slice(0, MOST_COLOURS);
  const indexOf = new Map(palette.map(([colour], index) => [colour, index]));
  const nearest = (colour: number): number => {
    const distance = ([other]: (typeof palette)[number]): number =>
      [16, 8, 0].reduce((sum, shift) => sum + (((other >> shift) & 255) - ((colour >> shift) & 255)) ** 2, 0);
    const distances = palette.map(distance);
    const index = distances.indexOf(Math.min(...distances));
    indexOf.set(colour, index);
    return index;
  };
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const colour = coarse((y * width + x) * 4);
      rows[y * (width + 1) + x + 1] = indexOf.get(colour) ?? nearest(colour);
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  // The first pixel of a coarse colour stands for all of them, so that plain paper keeps its exact tone.
  const colours = Buffer.from(palette.flatMap(([, { at }]) => [...rgba.subarray(at, at + 3)]));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
