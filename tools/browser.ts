/** Draws figures with an installed Chrome or Chromium: SVG, PDF and PNG of exact size, the same bytes each time. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";

export interface Drawing {
  readonly svg: string;
  readonly pdf: Buffer;
  readonly png: Buffer;
}

export interface FigureBrowser {
  /** Draws one figure at a width and at its layout's height, in CSS pixels. */
  readonly draw: (figure: { data: object; layout: object }) => Promise<Drawing>;
  readonly close: () => Promise<void>;
}

/** Said once where no browser is found. */
export const NO_BROWSER =
  "no Chrome or Chromium found: figures stay live in index.html, but are not written as SVG, PDF and PNG; install one, or name it in NEURAL_BETA_BROWSER";

const WIDTH = 760;
const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * A browser that draws: the one named in NEURAL_BETA_BROWSER, else an installed one. Undefined where there is none, or
 * where the variable says none.
 *
 * @throws Error if NEURAL_BETA_BROWSER names no file, or the browser cannot start
 */
export async function openFigureBrowser(): Promise<FigureBrowser | undefined> {
  const named = process.env.NEURAL_BETA_BROWSER;
  if (named === "none") return undefined;
  if (named && !existsSync(named))
    throw new Error(
      `NEURAL_BETA_BROWSER: there is no file ${named}; correct or unset it`,
    );
  const executablePath = named || INSTALLED.find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const { chromium } = await import("playwright-core");
  const browser = await chromium
    .launch({
      executablePath,
      args: [
        "--no-sandbox",
        "--font-render-hinting=none",
        "--disable-background-networking",
      ],
    })
    .catch((error: Error) => {
      throw new Error(
        `${executablePath}: does not start as a browser (${error.message.split("\n")[0]}); name another in NEURAL_BETA_BROWSER, or none`,
      );
    });
  let page: Page | undefined;
  return {
    async draw(figure) {
      page ??= await openPage(browser);
      return drawOn(page, browser, figure);
    },
    close: () => browser.close(),
  };
}

const require = createRequire(import.meta.url);

/** The figures' font as data: a picture must not depend on what is installed. */
export function fontCss(): string {
  return [400, 700]
    .flatMap((weight) =>
      ["greek", "latin"].map((script) => {
        const file = `@fontsource/source-sans-3/files/source-sans-3-${script}-${weight}-normal.woff2`;
        const data = readFileSync(require.resolve(file)).toString("base64");
        const range =
          script === "greek"
            ? "U+0370-03FF"
            : "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02DC,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212";
        return `@font-face{font-family:"Source Sans 3";font-weight:${weight};src:url(data:font/woff2;base64,${data}) format("woff2");unicode-range:${range}}`;
      }),
    )
    .join("\n");
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage();
  await page.setContent(
    `<!doctype html><meta charset="utf-8"><style>${fontCss()}</style><body></body>`,
  );
  await page.addScriptTag({
    path: require.resolve("plotly.js-cartesian-dist-min"),
  });
  await page.evaluate(() =>
    Promise.all(
      ["400 12px", "700 12px"].map((font) =>
        document.fonts.load(`${font} "Source Sans 3"`, "aβ−"),
      ),
    ),
  );
  // The first picture measures text differently: it is thrown away.
  await svgOf(page, { data: [{ y: [1, 2] }], layout: { height: 100 } });
  return page;
}

async function drawOn(
  page: Page,
  browser: Browser,
  figure: { data: object; layout: object },
): Promise<Drawing> {
  const height = (figure.layout as { height?: number }).height ?? 450;
  const svg = await svgOf(page, figure);
  const print = await browser.newPage({
    viewport: { width: WIDTH, height },
    deviceScaleFactor: 1.5,
  });
  try {
    await print.setContent(
      `<!doctype html><meta charset="utf-8"><style>@page{size:${WIDTH}px ${height}px;margin:0}html,body{margin:0}svg{display:block}</style>${svg}`,
    );
    await print.evaluate(() => document.fonts.ready);
    const png = await print.screenshot({
      clip: { x: 0, y: 0, width: WIDTH, height },
    });
    const pdf = await print.pdf({
      width: `${WIDTH}px`,
      height: `${height}px`,
      printBackground: true,
      preferCSSPageSize: true,
      pageRanges: "1",
    });
    return { svg, png, pdf: withoutDates(pdf) };
  } finally {
    await print.close();
  }
}

async function svgOf(
  page: Page,
  figure: { data: object; layout: object },
): Promise<string> {
  const url = await page.evaluate(
    async ({ data, layout, width }) => {
      // Ids of clip paths are random: they begin anew for each figure.
      let seed = 1;
      Math.random = () => {
        seed = (seed * 16807) % 2147483647;
        return seed / 2147483647;
      };
      const { Plotly } = globalThis as unknown as {
        Plotly: {
          toImage: (figure: object, options: object) => Promise<string>;
        };
      };
      const { height } = layout as { height?: number };
      return Plotly.toImage(
        { data, layout: { ...layout, width, autosize: false } },
        { format: "svg", width, height: height ?? 450 },
      );
    },
    { ...figure, width: WIDTH },
  );
  const svg = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  return svg.replace(/(<svg[^>]*>)/, `$1<style>${fontCss()}</style>`);
}

/** A PDF says when it was made: overwritten in place, so that no offset moves. */
function withoutDates(pdf: Buffer): Buffer {
  const text = pdf.toString("latin1");
  return Buffer.from(
    text.replace(
      /\/(CreationDate|ModDate) \(D:(\d{14})/g,
      "/$1 (D:20000101000000",
    ),
    "latin1",
  );
}
