/** Draws figures in a browser: SVG, PDF and PNG of exact size, the same bytes each time. */

import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { COLUMN_WIDTHS, type PictureParts } from "neural-beta";
import type { Browser, Page } from "playwright-core";
import { ROOT } from "../terminal.js";
import { browserPath, browserVersion, openBrowser } from "./browser.js";
import { edgesOf, pageCuts } from "./cuts.js";
import { fontCss } from "./font.js";
import { exactPdf, MM_PER_INCH } from "./pdf.js";
import { smallPng } from "./png.js";

/** What Plotly draws. */
export interface Plot {
  readonly data: object;
  readonly layout: object;
}

/** Millimetres. */
export interface Size {
  readonly width: number;
  /** What the figure's layout makes of the width, by default. */
  readonly height?: number | undefined;
}

export interface Drawing {
  /** With its font inside. */
  readonly svg: string;
  /** With its font inside; lines and letters stay vectors. */
  readonly pdf: () => Promise<Buffer>;
  /** At most 256 colours; its size is said in the file. With a level of zlib, 9 by default. */
  readonly png: (dotsPerInch: number, level?: number) => Promise<Buffer>;
  /** Its height and where a page's end may cut it, in millimetres: between plots, or else between words. */
  readonly parts: () => Promise<PictureParts>;
}

export interface FigureBrowser {
  /** Its own, by which what it draws may differ. */
  readonly version: string;
  /** Draws a figure at a size; a figure that was drawn at this size already is not drawn again. */
  readonly draw: (plot: Plot, size: Size) => Promise<Drawing>;
  /** A page of its own, for whatever else is to be set. */
  readonly page: <T>(work: (page: Page) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** A layout is made for 760 pixels; they are the width of two columns. */
const PIXELS_PER_MM = 760 / COLUMN_WIDTHS.double;

/** Height of a page of a paper that a figure may take, with its caption below. */
const PAGE = 215;

/** A browser that draws, and starts when it first has to; undefined where none is installed. */
export async function openFigureBrowser(): Promise<FigureBrowser | undefined> {
  const path = browserPath();
  if (path === undefined) return undefined;
  const version = await browserVersion(path);
  let started: Promise<Browser> | undefined;
  const browser = () => {
    started ??= openBrowser(path);
    return started;
  };
  const easels: Easel[] = [];
  const drawings = new Map<string, Promise<Drawing>>();
  return {
    version,
    draw({ data, layout }, size) {
      const key = JSON.stringify([data, layout, size.width, size.height]);
      const known = drawings.get(key);
      if (known) return known;
      const at = drawings.size % EASELS;
      easels[at] ??= easel(browser());
      const drawing = drawn(easels[at], { data, layout }, size);
      drawings.set(key, drawing);
      return drawing;
    },
    async page(work) {
      const page = await closedPage(await browser());
      try {
        return await work(page);
      } finally {
        await page.close();
      }
    },
    async close() {
      await (await started)?.close();
    },
  };
}

/** Figures that can be drawn at the same time, for whoever draws many. */
export const EASELS = 2;

/** A page that does one thing after the other. */
type Easel = <T>(work: (page: Page) => Promise<T>) => Promise<T>;

/** A page that asks nothing of any network, whatever a figure names: all that it needs is given to it. */
async function closedPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ offline: true, serviceWorkers: "block" });
  await page.route("**", (route) => route.abort());
  return page;
}

function easel(browser: Promise<Browser>): Easel {
  const page = browser.then(closedPage).then(openPage);
  let last: Promise<unknown> = page;
  return (work) => {
    const done = last.then(async () => work(await page));
    last = done.catch(() => {});
    return done;
  };
}

async function openPage(page: Page): Promise<Page> {
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${fontCss()}</style><style id="page"></style><body></body>`,
  );
  await page.addScriptTag({
    path: createRequire(import.meta.url).resolve("plotly.js-cartesian-dist-min"),
  });
  await page.addScriptTag({
    path: fileURLToPath(new URL("tools/page/fit.js", ROOT)),
  });
  await page.evaluate(() =>
    Promise.all(
      ["400 12px", "700 12px"].map((font) => document.fonts.load(`${font} "Source Sans 3"`, "aβ−")),
    ),
  );
  // The first picture measures text differently: it is thrown away.
  await svgOf(page, { data: [{ y: [1, 2] }], layout: { height: 100 } }, 760);
  return page;
}

async function drawn(on: Easel, plot: Plot, size: Size): Promise<Drawing> {
  const pixels = Math.round(size.width * PIXELS_PER_MM);
  const image = await on((page) =>
    svgOf(page, plot, pixels, size.height && Math.round((size.height * pixels) / size.width)),
  );
  const { width } = size;
  const height = size.height ?? (image.height * width) / pixels;
  // Plotly's own size in pixels gives way to millimetres; its viewBox stays.
  const svg = image.svg.replace(
    /^<svg([^>]*?) width="[^"]*" height="[^"]*"([^>]*)>/,
    `<svg$1 width="${width}mm" height="${short(height)}mm"$2>`,
  );
  const show = showing(svg);
  return {
    svg: svg.replace(/^<svg[^>]*>/, (tag) => `${tag}<style>${fontCss(svg)}</style>`),
    async pdf() {
      // The sheet is a little larger, and cut to size afterwards.
      const [w, h] = [`${width + 1}mm`, `${height + 1}mm`];
      const pdf = await on(async (page) => {
        await show(page, "mm", width, height, `@page{size:${w} ${h};margin:0}`);
        return page.pdf({
          width: w,
          height: h,
          printBackground: true,
          preferCSSPageSize: true,
          pageRanges: "1",
        });
      });
      return exactPdf(pdf, width, height);
    },
    async png(dotsPerInch, level) {
      const [w, h] = [width, height].map((mm) => Math.round((mm / MM_PER_INCH) * dotsPerInch)) as [
        number,
        number,
      ];
      const png = await on(async (page) => {
        await page.setViewportSize({ width: w, height: h });
        await show(page, "px", w, h);
        return screenshot(page);
      });
      return smallPng(png, dotsPerInch, level);
    },
    async parts() {
      if (height <= PAGE) return { height, cuts: [] };
      const boxes = await on(async (page) => {
        await show(page, "mm", width, height);
        return page.evaluate(edgesOf);
      });
      return { height, cuts: pageCuts(boxes, height, PAGE) };
    },
  };
}

/** What the window shows, packed for speed, since it is packed anew: Playwright's own screenshots cannot. */
async function screenshot(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { optimizeForSpeed: true });
  await session.detach();
  return Buffer.from(data, "base64");
}

/** Shows a picture alone on a page, at a size. */
const showing =
  (svg: string) =>
  (page: Page, unit: string, width: number, height: number, rule = ""): Promise<void> =>
    page.evaluate(
      ([markup, css]) => {
        document.body.innerHTML = markup;
        document.getElementById("page")!.textContent = css;
        return document.fonts.ready.then(() => undefined);
      },
      [
        svg,
        `${rule}html,body{margin:0}body>svg{display:block;width:${width}${unit};height:${height}${unit}}`,
      ] as const,
    );

const short = (mm: number): string => String(Number(mm.toFixed(3)));

async function svgOf(
  page: Page,
  plot: Plot,
  width: number,
  height?: number,
): Promise<{ svg: string; height: number }> {
  const image = await page.evaluate(
    async ({ plot: { data, layout }, width, height }) => {
      // Ids of clip paths are random: they begin anew for each figure.
      let seed = 1;
      Math.random = () => {
        seed = (seed * 16807) % 2147483647;
        return seed / 2147483647;
      };
      const { Plotly, fitLayout } = globalThis as unknown as {
        Plotly: {
          toImage: (figure: object, options: object) => Promise<string>;
        };
        fitLayout: (layout: object, width: number, data: object) => { height: number };
      };
      const fitted = fitLayout(layout, width, data);
      const size = { width, height: height ?? fitted.height };
      const url = await Plotly.toImage(
        { data, layout: { ...fitted, ...size, autosize: false } },
        { format: "svg", ...size },
      );
      return { url, height: size.height };
    },
    { plot, width, height },
  );
  const svg = decodeURIComponent(image.url.slice(image.url.indexOf(",") + 1));
  return { svg, height: image.height };
}
