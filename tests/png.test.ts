/** Small PNGs: what goes in comes out, as far as a palette can hold it. */

import { deflateSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePng, encodePng, type Pixels, smallPng } from "../tools/dist/pictures/png.js";
import { RUNS } from "./support/helpers.js";

/** The parts of a PNG by their names. */
function chunks(png: Buffer): Record<string, Buffer> {
  const found: Record<string, Buffer> = {};
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    found[png.toString("latin1", at + 4, at + 8)] = png.subarray(at + 8, at + 8 + length);
    at += length + 12;
  }
  return found;
}

/** The colours that a viewer shows of a PNG with a palette. */
function shown(png: Buffer): Pixels {
  const { IHDR, PLTE, IDAT } = chunks(png) as Record<"IHDR" | "PLTE" | "IDAT", Buffer>;
  const [width, height] = [IHDR.readUInt32BE(0), IHDR.readUInt32BE(4)];
  const lines = inflateSync(IDAT);
  const colors = Uint32Array.from({ length: width * height }, (_, i) => {
    const index = lines[Math.floor(i / width) * (width + 1) + 1 + (i % width)]!;
    return PLTE.readUIntBE(3 * index, 3);
  });
  return { width, height, colors };
}

/** A PNG of RGBA pixels whose lines use the filters 0 to 4 in turn, as the specification defines them. */
function filtered({ width, height, colors }: Pixels): Buffer {
  const bytes = (y: number) =>
    Array.from({ length: width }, (_, x) => colors[y * width + x]!).flatMap((c) => [
      c >> 16,
      (c >> 8) & 255,
      c & 255,
      255,
    ]);
  const lines = Array.from({ length: height }, (_, y) => {
    const [line, above] = [bytes(y), y > 0 ? bytes(y - 1) : Array(4 * width).fill(0)];
    const filter = y % 5;
    const guess = (i: number) => {
      const [a, b, c] = [line[i - 4] ?? 0, above[i], i < 4 ? 0 : above[i - 4]];
      const near = [a, b, c].sort((p, q) => Math.abs(a + b - c - p) - Math.abs(a + b - c - q));
      return [0, a, b, Math.floor((a + b) / 2), near[0]][filter]!;
    };
    return [filter, ...line.map((byte, i) => (byte - guess(i)) & 255)];
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const part = (type: string, content: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(content.length);
    return Buffer.concat([length, Buffer.from(type), content, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.alloc(8),
    part("IHDR", header),
    part("IDAT", deflateSync(Buffer.from(lines.flat()))),
  ]);
}

const pixels = (maxColors: number) =>
  fc
    .record({
      width: fc.integer({ min: 1, max: 40 }),
      height: fc.integer({ min: 1, max: 40 }),
      palette: fc.array(fc.integer({ min: 0, max: 0xffffff }), {
        minLength: 1,
        maxLength: maxColors,
      }),
      seed: fc.integer({ min: 1, max: 1000 }),
    })
    .map(
      ({ width, height, palette, seed }): Pixels => ({
        width,
        height,
        colors: Uint32Array.from(
          { length: width * height },
          (_, i) => palette[(i * seed + (i >> 3)) % palette.length]!,
        ),
      }),
    );

describe("decodePng", () => {
  it("undoes every filter", () => {
    fc.assert(
      fc.property(pixels(50), (picture) => {
        expect(decodePng(filtered(picture))).toEqual(picture);
      }),
      RUNS,
    );
  });
  it("refuses other kinds, and says what they are", () => {
    const small = encodePng({ width: 1, height: 1, colors: Uint32Array.of(0) }, 300);
    expect(() => decodePng(small)).toThrow(
      "decodePng: a PNG must have 8 bits, RGB or RGBA, not interlaced, got depth 8, colour type 3, interlace 0; take a screenshot",
    );
  });
});

describe("encodePng", () => {
  it("keeps every colour of a picture that has at most 256", () => {
    fc.assert(
      fc.property(pixels(256), (picture) => {
        expect(shown(encodePng(picture, 300))).toEqual(picture);
      }),
      RUNS,
    );
  });
  it("is near every colour of one that has more, and keeps white white", () => {
    const width = 400;
    // Blends of white and blue, and of white and orange, as along the edges of lines: two thirds are white.
    const colors = Uint32Array.from({ length: width * 30 }, (_, i) => {
      const share = (i % width) / width;
      const [r, g, b] = i % 3 > 0 ? [255, 255, 255] : i % 2 > 0 ? [0, 114, 178] : [213, 94, 0];
      const blend = (c: number) => Math.round(255 + share * (c - 255));
      return (blend(r!) << 16) | (blend(g!) << 8) | blend(b!);
    });
    const out = shown(encodePng({ width, height: 30, colors }, 300));
    const far = (a: number, b: number) =>
      Math.max(...[16, 8, 0].map((at) => Math.abs(((a >> at) & 255) - ((b >> at) & 255))));
    expect(new Set(colors).size).toBeGreaterThan(256);
    expect(Math.max(...colors.map((c, i) => far(c, out.colors[i]!)))).toBeLessThanOrEqual(3);
    expect(
      [...colors.keys()].filter((i) => colors[i] === 0xffffff && out.colors[i] !== 0xffffff),
    ).toEqual([]);
  });
  it("says its dots per inch", () => {
    const { pHYs } = chunks(encodePng({ width: 1, height: 1, colors: Uint32Array.of(0) }, 300));
    // 300 / 0.0254 m = 11811 dots a metre.
    expect([pHYs!.readUInt32BE(0), pHYs!.readUInt32BE(4), pHYs![8]]).toEqual([11811, 11811, 1]);
  });
});

it("smallPng is the same twice", () => {
  const [picture] = fc.sample(pixels(300), { ...RUNS, numRuns: 1 });
  const png = filtered(picture!);
  expect(smallPng(png, 300)).toEqual(smallPng(png, 300));
});
