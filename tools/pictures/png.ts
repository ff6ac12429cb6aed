/**
 * Small PNGs: at most 256 colours, by a palette of the picture's own. A figure has few colours and their blends, so that
 * none is seen to change. Libraries that do this are native and large (sharp), or write no palettes (pngjs).
 */

import { crc32, deflateSync, inflateSync } from "node:zlib";

/** Opaque pixels, 0xRRGGBB each. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [height x width] */
  readonly colors: Uint32Array;
}

const SIGNATURE = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
const MAX_COLORS = 256;

/**
 * The same picture with a palette: exact where it has at most 256 colours, else of the nearest by variance.
 *
 * @param png what a browser's screenshot is: 8 bits, RGB or RGBA, not interlaced, opaque
 * @param dotsPerInch said in the file, so that a paper shows it at its size
 * @param level of zlib
 * @throws Error if it is another kind of PNG
 */
export function smallPng(png: Uint8Array, dotsPerInch: number, level: number = 9): Buffer {
  return encodePng(decodePng(png), dotsPerInch, level);
}

/** Pixels of a PNG of 8 bits, RGB or RGBA, not interlaced; the opacity is dropped. */
export function decodePng(png: Uint8Array): Pixels {
  const file = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  const data: Buffer[] = [];
  let header: Buffer | undefined;
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString("latin1", at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + length);
    if (type === "IHDR") header = content;
    if (type === "IDAT") data.push(content);
    at += length + 12;
  }
  const [depth, color, , , interlace] = header?.subarray(8) ?? [];
  if (!header || depth !== 8 || (color !== 2 && color !== 6) || interlace !== 0)
    throw new Error(
      `decodePng: a PNG must have 8 bits, RGB or RGBA, not interlaced, got depth ${depth}, colour type ${color}, interlace ${interlace}; take a screenshot`,
    );
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const bytes = color === 2 ? 3 : 4;
  const lines = unfiltered(inflateSync(Buffer.concat(data)), width * bytes, height, bytes);
  const colors = new Uint32Array(width * height);
  for (let i = 0, at = 0; i < colors.length; i++, at += bytes)
    colors[i] = (lines[at]! << 16) | (lines[at + 1]! << 8) | lines[at + 2]!;
  return { width, height, colors };
}

/** Scan lines without PNG's filters (its specification, section 9). */
function unfiltered(raw: Buffer, stride: number, height: number, bytes: number): Uint8Array {
  // A line of zeros lies above the first.
  const lines = new Uint8Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    const from = y * (stride + 1) + 1;
    const line = lines.subarray((y + 1) * stride, (y + 2) * stride);
    line.set(raw.subarray(from, from + stride));
    const above = lines.subarray(y * stride, (y + 1) * stride);
    UNFILTERED[raw[from - 1]!]?.(line, above, bytes);
  }
  return lines.subarray(stride);
}

type Unfilter = (line: Uint8Array, above: Uint8Array, bytes: number) => void;

/** By the number of the filter, each in place: none, left, up, average, Paeth. One loop with all choices inside takes three times as long. */
const UNFILTERED: readonly Unfilter[] = [
  () => {},
  (line, _, bytes) => {
    for (let x = bytes; x < line.length; x++) line[x]! += line[x - bytes]!;
  },
  (line, above) => {
    for (let x = 0; x < line.length; x++) line[x]! += above[x]!;
  },
  (line, above, bytes) => {
    for (let x = 0; x < line.length; x++)
      line[x]! += ((x >= bytes ? line[x - bytes]! : 0) + above[x]!) >> 1;
  },
  (line, above, bytes) => {
    for (let x = 0; x < bytes; x++) line[x]! += above[x]!;
    for (let x = bytes; x < line.length; x++)
      line[x]! += paeth(line[x - bytes]!, above[x]!, above[x - bytes]!);
  },
];

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

/** A PNG with a palette of at most 256 colours. */
export function encodePng(
  { width, height, colors }: Pixels,
  dotsPerInch: number,
  level: number = 9,
): Buffer {
  const { palette, indexOf } = paletteOf(colors);
  // Each line begins with its filter, 0: none.
  const lines = Buffer.alloc((width + 1) * height);
  const indices = new Uint8Array(colors.length);
  for (const { color, from, to } of runs(colors)) indices.fill(indexOf.get(color)!, from, to);
  for (let y = 0; y < height; y++)
    lines.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const size = Buffer.alloc(9);
  size.writeUInt32BE(Math.round(dotsPerInch / 0.0254), 0);
  size.writeUInt32BE(Math.round(dotsPerInch / 0.0254), 4);
  size[8] = 1;
  const entries = palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]);
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("pHYs", size),
    chunk("PLTE", Buffer.from(entries)),
    chunk("IDAT", deflateSync(lines, { level })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** Colours that lie together, with how many pixels each has. */
interface Box {
  readonly colors: readonly number[];
  /** Weighted mean of red, green and blue. */
  readonly mean: readonly number[];
  /** Channel that varies most, and by how much in all. */
  readonly channel: number;
  readonly spread: number;
}

/** A palette, and the entry of each colour: boxes are split at their mean, the most varied first. */
function paletteOf(pixels: Uint32Array): {
  palette: number[];
  indexOf: Map<number, number>;
} {
  const counts = new Map<number, number>();
  for (const { color, from, to } of runs(pixels))
    counts.set(color, (counts.get(color) ?? 0) + to - from);
  const all = [...counts.keys()].sort((a, b) => a - b);
  const boxes = [boxOf(all, counts)];
  while (boxes.length < Math.min(MAX_COLORS, all.length)) {
    let widest = 0;
    for (let i = 1; i < boxes.length; i++) if (boxes[i]!.spread > boxes[widest]!.spread) widest = i;
    const { colors, mean, channel } = boxes[widest]!;
    const isLow = (c: number) => channelOf(c, channel) <= mean[channel]!;
    boxes[widest] = boxOf(colors.filter(isLow), counts);
    boxes.push(
      boxOf(
        colors.filter((c) => !isLow(c)),
        counts,
      ),
    );
  }
  const indexOf = new Map(boxes.flatMap(({ colors }, i) => colors.map((c) => [c, i] as const)));
  const palette = boxes.map(({ mean }) =>
    mean.reduce((color, c) => color * 256 + Math.round(c), 0),
  );
  return { palette, indexOf };
}

/** Pixels of one colour in a row: a figure is mostly white. */
function* runs(colors: Uint32Array): Generator<{ color: number; from: number; to: number }> {
  for (let from = 0, to = 0; from < colors.length; from = to) {
    const color = colors[from]!;
    while (to < colors.length && colors[to] === color) to++;
    yield { color, from, to };
  }
}

const channelOf = (color: number, channel: number): number => (color >> (16 - 8 * channel)) & 255;

function boxOf(colors: readonly number[], counts: ReadonlyMap<number, number>): Box {
  let weight = 0;
  const sums = [0, 0, 0];
  const squares = [0, 0, 0];
  for (const color of colors) {
    const count = counts.get(color)!;
    weight += count;
    for (let i = 0; i < 3; i++) {
      const c = channelOf(color, i);
      sums[i]! += count * c;
      squares[i]! += count * c * c;
    }
  }
  const mean = sums.map((sum) => sum / weight);
  const spreads = squares.map((sum, i) => sum - sums[i]! * mean[i]!);
  const spread = Math.max(...spreads);
  return { colors, mean, channel: spreads.indexOf(spread), spread };
}
