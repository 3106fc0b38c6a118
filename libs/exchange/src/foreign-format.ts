/** The first bytes of formats other than plain text, some of which are valid UTF-8, with their common names. */
const BEGINNINGS: readonly (readonly [name: string, begins: RegExp])[] = [
  ['a PDF', /^%PDF-/],
  ['RTF', /^\{\\rtf/],
  ['PostScript', /^%!PS/],
  ['a ZIP archive or an office document', /^PK(?:\x03\x04|\x05\x06)/],
  ['an old office document', /^\xd0\xcf\x11\xe0/],
  ['compressed', /^(?:\x1f\x8b|BZh[1-9]1AY|\xfd7zXZ|\x28\xb5\x2f\xfd|7z\xbc\xaf)/],
  ['an image', /^(?:\x89PNG|\xff\xd8\xff|GIF8[79]a|BM[^]{4}\0\0\0\0|II\*\0|MM\0\*|RIFF[^]{4}WEBP)/],
  ['a program', /^(?:\x7fELF|MZ\x90)/],
  ['UTF-16', /^(?:\xff\xfe|\xfe\xff)/],
  ['HTML', /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html)[\s>]/i],
];
const ENOUGH = 512;

/** The format of a file that is obviously not plain text, by its first bytes; otherwise `null`. */
export function foreignFormat(bytes: Uint8Array): string | null {
  const beginning = Buffer.from(bytes.subarray(0, ENOUGH)).toString('latin1');
  return BEGINNINGS.find(([, begins]) => begins.test(beginning))?.[0] ?? null;
}
