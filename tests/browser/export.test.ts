/** Figures for papers: exact size, fonts inside, vectors, Greek, and the same bytes each time. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { browserPath, openBrowser } from "../../tools/dist/pictures/browser.js";
import { openFigureBrowser } from "../../tools/dist/pictures/drawing.js";
import { exportFigure } from "../../tools/dist/pictures/export-figure.js";
import { scratchFolder } from "../support/scratch.js";
import { publisher, reply } from "../support/server.js";
import { tool } from "../support/tool.js";
import { needsBrowser, reportIn, WITH_BROWSER } from "./browser.js";

const folder = scratchFolder();
/** Has Greek, bold, bands, and a grid of plots. */
const GREEK = "baseline-betas";
const FILES = ["pdf", "png", "svg", "tex"];

async function exported(name: string, ...args: string[]): Promise<string> {
  const out = join(folder, name);
  const { code, err } = await tool(
    "export",
    [...args, "--from", report, "--out", out],
    WITH_BROWSER,
  );
  if (code !== 0) throw new Error(err);
  return join(out, "figures");
}
const read = (where: string, file: string) => readFileSync(join(where, file));

/** Width and height of a PDF's page, in millimetres. */
function pageSize(pdf: Buffer): [number, number] {
  const box = /\/MediaBox \[([-\d. ]+)\]/.exec(pdf.toString("latin1"))![1]!;
  const [left, bottom, right, top] = box.split(" ").map(Number) as [number, number, number, number];
  return [((right - left) / 72) * 25.4, ((top - bottom) / 72) * 25.4];
}

/** What a PDF's compressed streams say, and its plain objects. */
function pdfText(pdf: Buffer): string {
  const text = pdf.toString("latin1");
  const streams = [...text.matchAll(/stream\n([\s\S]*?)\nendstream/g)].map((match) => {
    try {
      return inflateSync(Buffer.from(match[1]!, "latin1")).toString("latin1");
    } catch {
      return "";
    }
  });
  return [text.replace(/stream\n[\s\S]*?\nendstream/g, ""), ...streams].join("\n");
}

/** True where a text is the beginning and the end of another, with "…" for what lies between. */
function isShortOf(text: string, whole: string): boolean {
  const [begin = "", end = "", ...more] = text.split("…");
  const kept = begin.length + end.length;
  return (
    text.includes("…") &&
    more.length === 0 &&
    kept >= Math.min(8, whole.length / 2) &&
    kept < whole.length &&
    whole.startsWith(begin) &&
    whole.endsWith(end)
  );
}

let browser: Browser | undefined;
let report: string;
let double: string;
let single: string;
beforeAll(async () => {
  if (browserPath() === undefined) return;
  browser = await openBrowser(browserPath()!);
  report = await reportIn(folder);
  double = await exported("double");
  single = await exported("single", "--width", "single");
});
afterAll(() => browser?.close());
beforeEach(needsBrowser);

describe("exported figures", () => {
  it("are SVG, PDF, PNG and a float for LaTeX, each", () => {
    const files = readdirSync(double);
    expect(files.length).toBeGreaterThanOrEqual(4 * FILES.length);
    const ids = [...new Set(files.map((file) => file.replace(/\.\w+$/, "")))];
    expect(files.sort()).toEqual(
      ids.flatMap((id) => FILES.map((ending) => `${id}.${ending}`)).sort(),
    );
  });

  it("are one column or the page wide, to a thousandth of a millimetre", () => {
    for (const [where, width, pixels] of [
      [double, 174, 2055],
      [single, 84, 992],
    ] as const)
      for (const file of readdirSync(where)) {
        const content = read(where, file);
        if (file.endsWith(".pdf")) expect(pageSize(content)[0], file).toBeCloseTo(width, 3);
        if (file.endsWith(".svg"))
          expect(content.toString()).toMatch(new RegExp(`^<svg[^>]* width="${width}mm"`));
        if (file.endsWith(".tex"))
          expect(content.toString()).toMatch(new RegExp(`\\[width=${width}mm[\\],]`));
        // Pixels of the width stand at byte 16 of a PNG: 300 to the inch.
        if (file.endsWith(".png")) expect(content.readUInt32BE(16), file).toBe(pixels);
      }
  });

  it("carry their fonts, and draw neither lines nor letters as pictures", () => {
    for (const where of [double, single])
      for (const file of readdirSync(where).filter((name) => name.endsWith(".pdf"))) {
        const pdf = pdfText(read(where, file));
        const fonts = pdf.match(/\/Type \/FontDescriptor/g)!;
        expect(pdf.match(/\/FontFile2/g), file).toHaveLength(fonts.length);
        for (const [, name] of pdf.matchAll(/\/FontName \/(\S+)/g))
          expect(name, file).toMatch(/^[A-Z]{6}\+SourceSans3/);
        expect(pdf).not.toMatch(/\/Subtype \/(Image|Type3)/);
      }
  });

  it("write Greek as Greek", () => {
    expect(pdfText(read(double, `${GREEK}.pdf`))).toMatch(/<03B2>/i);
    const svg = read(double, `${GREEK}.svg`).toString();
    expect(svg).toContain("β on FIAT");
    expect(svg).toContain("unicode-range:U+0370-03FF");
  });

  it("have no letter below 7 points, in one column or two", () => {
    for (const [where, width] of [
      [double, 174],
      [single, 84],
    ] as const)
      for (const file of readdirSync(where).filter((name) => name.endsWith(".svg"))) {
        const svg = read(where, file).toString();
        const pixels = Number(/viewBox="0 0 (\d+)/.exec(svg)![1]);
        const sizes = [...svg.matchAll(/font-size: ([\d.]+)px/g)].map((match) => Number(match[1]));
        const points = (Math.min(...sizes) * (width / pixels) * 72) / 25.4;
        expect(points, file).toBeGreaterThanOrEqual(7);
      }
  });

  it("keep all their words inside the picture, and none on another", async () => {
    const page = await browser!.newPage();
    const found: Record<string, readonly (string | null)[]> = {};
    for (const where of [double, single])
      for (const file of readdirSync(where).filter((name) => name.endsWith(".svg"))) {
        await page.setContent(read(where, file).toString());
        const faults = await page.evaluate(() => {
          const room = document.querySelector("svg")!.getBoundingClientRect();
          const words = Array.from(document.querySelectorAll("text"), (text) => ({
            text: text.textContent,
            box: text.getBoundingClientRect(),
          })).filter(({ box }) => box.width > 0);
          type Box = Pick<DOMRect, "left" | "right" | "top" | "bottom">;
          /** How far two boxes lie in each other, in pixels of the picture. */
          const overlap = (a: Box, b: Box) =>
            Math.min(
              Math.min(a.right, b.right) - Math.max(a.left, b.left),
              Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
            );
          const outside = words.filter(
            ({ box }) =>
              box.left < room.left - 1 ||
              box.right > room.right + 1 ||
              box.top < room.top - 1 ||
              box.bottom > room.bottom + 1,
          );
          const onAnother = words.flatMap((a, i) =>
            words.slice(i + 1).filter((b) => overlap(a.box, b.box) > 2),
          );
          return [...outside, ...onAnother].map(({ text }) => text);
        });
        if (faults.length > 0) found[join(where, file)] = faults;
      }
    expect(found).toEqual({});
    await page.close();
  });

  it("keep every plot's title and every label of a list in one column", async () => {
    const page = await browser!.newPage();
    for (const file of readdirSync(single).filter((name) => name.endsWith(".svg"))) {
      const { layout } = JSON.parse(
        readFileSync(join(report, "figures", file.replace("svg", "json")), "utf8"),
      ) as { layout: Record<string, { ticktext?: string[]; showticklabels?: boolean }> };
      const titles = ((layout.annotations ?? []) as unknown as { text: string }[]).map(
        ({ text }) => text,
      );
      const lists = Object.entries(layout).flatMap(([key, axis]) =>
        /^yaxis/.test(key) && axis.showticklabels !== false ? (axis.ticktext ?? []) : [],
      );
      await page.setContent(read(single, file).toString());
      const shown = await page
        .locator("text")
        .evaluateAll((texts) => texts.map((text) => text.textContent!.replace(/\s/g, "")));
      const words = [...titles, ...lists]
        .map((text) => text.replace(/<[^>]*>|\s/g, ""))
        .filter((text) => /\p{L}/u.test(text));
      for (const word of words) {
        const at = shown.findIndex((text) => text === word || isShortOf(text, word));
        expect(at, `${file} has "${word}"`).toBeGreaterThanOrEqual(0);
        shown.splice(at, 1);
      }
    }
    await page.close();
  });

  it("set plots of one row below one another in one column", () => {
    const [width, height] = pageSize(read(single, "learning-curve.pdf"));
    expect(height).toBeGreaterThan(1.3 * width);
    expect(pageSize(read(double, "learning-curve.pdf"))[1]).toBeLessThan(width * 1.2);
  });

  it("are drawn once, however many files and pictures are made of them", async () => {
    const figures = (await openFigureBrowser())!;
    const plot = { data: [{ y: [1, 2] }], layout: { height: 300 } };
    const first = await figures.draw(plot, { width: 84 });
    expect(await figures.draw(structuredClone(plot), { width: 84 })).toBe(first);
    expect(await figures.draw(plot, { width: 174 })).not.toBe(first);
    await figures.close();
  });

  it("ask nothing of any network, whatever a figure names", async () => {
    const { origin, asked, serves } = await publisher();
    serves("/logo.png", reply(200, "a picture"));
    const figures = (await openFigureBrowser())!;
    const logo = { source: `${origin}/logo.png`, sizex: 1, sizey: 1 };
    const layout = { height: 300, images: [logo] };
    const drawing = await figures.draw({ data: [{ y: [1, 2] }], layout }, { width: 84 });
    await drawing.pdf();
    await drawing.png(300);
    await figures.close();
    expect(drawing.svg).toContain("<svg");
    expect(asked("/logo.png")).toEqual([]);
  });

  it("are the same bytes again", async () => {
    const again = await exported("again");
    for (const file of readdirSync(double))
      expect(read(again, file).equals(read(double, file)), file).toBe(true);
  });
});

describe("npm run export of one figure", () => {
  it("writes the format and size that are asked for, and nothing else", async () => {
    const where = await exported(
      "one",
      "--only",
      GREEK,
      "--width",
      "84mm",
      "--height",
      "60mm",
      "--format",
      "pdf",
    );
    expect(readdirSync(where)).toEqual([`${GREEK}.pdf`]);
    const [width, height] = pageSize(read(where, `${GREEK}.pdf`));
    expect(width).toBeCloseTo(84, 3);
    expect(height).toBeCloseTo(60, 3);
  });
});

it("a figure of a script is one file of the same size and bytes each time", async () => {
  const figure = {
    id: "mine",
    caption: "Mine.",
    alt: "A line.",
    data: [{ y: [1, 2] }],
    layout: {},
  };
  const [first, second] = ["one.pdf", "two.pdf"].map((name) => join(folder, "mine", name));
  for (const file of [first!, second!]) await exportFigure(figure, { file, width: 84, height: 60 });
  expect(readdirSync(join(folder, "mine"))).toEqual(["one.pdf", "two.pdf"]);
  const [width, height] = pageSize(readFileSync(first!));
  expect([width, height].map((mm) => Number(mm.toFixed(2)))).toEqual([84, 60]);
  expect(readFileSync(first!).equals(readFileSync(second!))).toBe(true);
});
