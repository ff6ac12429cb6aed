/** The download of a whole list of sources, as it is or as its publishers name it. */

import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { derivePanel } from "../lib/src/data/derive.js";
import { downloadSources } from "../lib/src/data/download-sources.js";
import type { Sources } from "../lib/src/data/published-files.js";
import { folder, fred, message } from "./support/download.js";
import { RAW_LINES, sourcesThrough } from "./support/made-up.js";
import { write } from "./support/scratch.js";
import { reply, TODAY } from "./support/server.js";

/** The made-up sources, each at an address of its own. */
function madeUpSources(name: string, through = "2021-05"): Sources {
  for (const [file, lines] of Object.entries(RAW_LINES))
    fred.serves(`/${name}/${file}`, reply(200, lines.join("\n")));
  const at = (file: string) => ({
    url: `${fred.origin}/${name}/${file}`,
    file: `${name}/${file}`,
  });
  const sources = sourcesThrough(through);
  const { monthly, daily } = sources.factors;
  const everyOne = <S extends { readonly file: string }>(list: readonly S[]) =>
    list.map((source) => ({ ...source, download: at(source.file) }));
  return {
    ...sources,
    series: everyOne(sources.series),
    funds: everyOne(sources.funds),
    replication: everyOne(sources.replication),
    factors: {
      monthly: { ...monthly, download: at(monthly.file) },
      daily: { ...daily, download: at(daily.file) },
    },
  };
}

describe("downloadSources", () => {
  const options = { folder, retries: 0 };

  afterEach(() => vi.unstubAllGlobals());

  it("gives the sources that the panel is derived from, with the day and the vintage of the files", async () => {
    const sources = madeUpSources("whole");
    fred.serves(
      "/whole/months.csv",
      reply(
        200,
        `This file was created using the 202106 CRSP database.\n\n${RAW_LINES["months.csv"]!.join("\n")}`,
      ),
    );
    const { series, funds, replication, factors } = await downloadSources(sources, options);
    for (const source of [...series, ...funds, ...replication, factors.monthly, factors.daily]) {
      expect(source.obtained).toBe(TODAY);
      expect(source.file).toBe(source.download!.file);
    }
    expect(factors.monthly.vintage).toBe("2021-06");
    expect(factors.daily.vintage).toBe("unknown");
    // MARKET is in three lists, and asked for once.
    expect(fred.asked("/whole/market.csv")).toHaveLength(1);

    const local = join(folder, "local");
    for (const [file, lines] of Object.entries(RAW_LINES))
      write(join(local, file), lines.join("\n"));
    const csv = (files: Awaited<ReturnType<typeof derivePanel>>) => files.map((file) => file.csv);
    expect(
      csv(await derivePanel(folder, { ...sources, series, funds, replication, factors })),
    ).toEqual(csv(await derivePanel(local, sourcesThrough("2021-05"))));
  });

  it("takes column, description and licence of the publisher's format", async () => {
    const sources = madeUpSources("other");
    const served = {
      column: "Open",
      what: "made up elsewhere",
      licence: "other",
    };
    const [coin, market] = sources.series;
    const { series } = await downloadSources(
      {
        ...sources,
        series: [{ ...coin!, download: { ...coin!.download!, ...served } }, market!],
      },
      options,
    );
    expect(series[0]).toMatchObject(served);
    expect(series[1]).toMatchObject({ column: "XYZ", what: "made up" });
  });

  it("checks every column that is read of a file", async () => {
    const sources = madeUpSources("columns");
    const [coin] = sources.series;
    const wrong = { ...coin!.download!, column: "Adj Close" };
    for (const replication of [
      [coin!, { ...coin!, download: wrong }],
      [{ ...coin!, download: wrong }, coin!],
    ])
      expect(await message(downloadSources({ ...sources, replication }, options))).toMatch(
        /coin\.csv: has no column Adj Close, it has /,
      );
  });

  it("wants the expected SHA-256 of a shared file, whichever source names it", async () => {
    const sources = madeUpSources("pinned");
    const [coin] = sources.series;
    const pinned = { ...coin!, download: { ...coin!.download!, sha256: "0" } };
    for (const replication of [
      [coin!, pinned],
      [pinned, coin!],
    ])
      expect(await message(downloadSources({ ...sources, replication }, options))).toMatch(
        /, not the expected 0; /,
      );
  });

  it("refuses a range that is not over: the last price of a download is of a day that goes on", async () => {
    expect(await message(downloadSources(madeUpSources("early", "2021-06"), options))).toBe(
      `sources: a range must be over when its files are downloaded, but 2021-06 is not on ${TODAY}; let the range end earlier`,
    );
    expect(await message(downloadSources(madeUpSources("today", TODAY), options))).toMatch(
      /^sources: a range must be over /,
    );
  });

  it("refuses a source without an address, one with none of the web, and two addresses for one file", async () => {
    const sources = madeUpSources("wrong");
    const [coin, market] = sources.series;
    const { download: _, ...without } = coin!;
    const series = (...list: Sources["series"]) =>
      message(downloadSources({ ...sources, series: list }, options));
    expect(await series(without)).toBe(
      'sources: every source must have a download entry, but "made up" has none; add one with url and file, or name a folder of files with --from',
    );
    expect(await series({ ...coin!, download: { url: "coin.csv", file: "a" } })).toBe(
      "sources: url coin.csv must be an address that begins with https://; correct it",
    );
    const { url } = market!.download!;
    expect(
      await series({
        ...coin!,
        download: { ...market!.download!, url: `${url}?` },
      }),
    ).toBe(
      `sources: wrong/market.csv must come from one address, but two are given: ${url}? and ${url}; name two files`,
    );
  });

  it("calls itself a browser for Yahoo only: FRED lets those wait, Yahoo all others", async () => {
    const agents: Record<string, string> = {};
    vi.stubGlobal("fetch", async (url: string, init: RequestInit) => {
      agents[new URL(url).host] = (init.headers as Record<string, string>)["user-agent"]!;
      return new Response("", { status: 404 });
    });
    const sources = madeUpSources("agents");
    const [coin, market] = sources.series;
    const at = (url: string) => ({ url, file: url.slice(8) });
    await message(
      downloadSources(
        {
          ...sources,
          series: [
            { ...coin!, download: at("https://query1.finance.yahoo.com/a") },
            { ...market!, download: at("https://fred.stlouisfed.org/b") },
          ],
        },
        options,
      ),
    );
    expect(agents).toMatchObject({
      "query1.finance.yahoo.com": "Mozilla/5.0",
      "fred.stlouisfed.org": "neural-beta",
    });
  });
});
