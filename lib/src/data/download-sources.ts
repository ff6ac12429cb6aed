/** The sources of the panel as their publishers serve them today. */

import { join } from "node:path";
import { DataError, type DateRange } from "../types.js";
import { addressFault, shownAddress } from "./address.js";
import { type DownloadOptions, type DownloadRequest, download } from "./download.js";
import {
  type PriceSource,
  type PublisherFile,
  priceInput,
  type RawFile,
  type Sources,
} from "./published-files.js";
import { readFactorFile } from "./readers/ken-french.js";
import { readPrices } from "./readers/prices.js";

/**
 * Downloads every file that the sources name, and describes what came.
 *
 * @param sources each with a `download` entry
 * @param options where the cache is, and how patient to be
 * @returns the same sources with files, columns, dates of retrieval and vintages of the copies below `options.folder`: what
 *   `derivePanel(options.folder, …)` takes
 * @throws DataError if a source has no `download` entry, or a file cannot be had or read
 * @example
 * const sources = await downloadSources(readSources(shippedFile("sources.json")), { folder });
 * const files = await derivePanel(folder, sources);
 * files[0]!.name; // "monthly.csv"
 */
export async function downloadSources(
  sources: Sources,
  options: DownloadOptions,
): Promise<Sources> {
  const { series, funds, replication, factors } = sources;
  const requests = new Map<string, DownloadRequest>();
  const need = (source: RawFile, check: DownloadRequest["check"]): void => {
    const { url, file, sha256 } = publisherFile(source);
    const other = requests.get(file);
    if (other && other.url !== url)
      throw new DataError(
        `sources: ${file} must come from one address, but two are given: ${other.url} and ${url}; name two files`,
      );
    requests.set(file, {
      url,
      file,
      ...(sha256 || other?.sha256 ? { sha256: sha256 ?? other!.sha256! } : {}),
      ...userAgent(url),
      // Sources that share a file may read different columns of it.
      check: async (path) => {
        await other?.check(path);
        await check(path);
      },
    });
  };
  for (const source of priceSources(sources)) {
    const column = source.download?.column ?? source.column;
    const { file: _, ...reading } = priceInput("", source);
    need(source, async (path) => void (await readPrices(path, { ...reading, column })));
  }
  for (const source of Object.values(factors))
    need(source, async (path) => void (await readFactorFile(path)));

  const copies = await download([...requests.values()], options);
  const retrieved = new Map(copies.map((copy) => [copy.file, copy.retrieved]));
  const asServed =
    <S extends RawFile>(range: DateRange) =>
    (source: S): S => {
      const { url, sha256, ...served } = publisherFile(source);
      const obtained = retrieved.get(served.file);
      if (obtained !== undefined) checkOver(range, obtained);
      return { ...source, ...served, obtained: obtained ?? "unknown" };
    };
  const vintageOf = async (file: string) =>
    (await readFactorFile(join(options.folder, file))).vintage ?? "unknown";
  const monthly = asServed(sources.factorRange)(factors.monthly);
  const daily = asServed(sources.factorRange)(factors.daily);
  return {
    ...sources,
    series: series.map(asServed(sources.range)),
    funds: funds.map(asServed(sources.fundsRange)),
    ...servedNote(sources, asServed),
    replication: replication.map(asServed(sources.replicationRange)),
    factors: {
      monthly: { ...monthly, vintage: await vintageOf(monthly.file) },
      daily: { ...daily, vintage: await vintageOf(daily.file) },
    },
  };
}

/** The note's series as they were served. */
const servedNote = (
  { note }: Sources,
  asServed: (range: DateRange) => (source: PriceSource) => PriceSource,
): Pick<Sources, "note"> =>
  note ? { note: { ...note, series: note.series.map(asServed(note.range)) } } : {};

const priceSources = ({ series, funds, note, replication }: Sources): PriceSource[] => [
  ...series,
  ...funds,
  ...(note?.series ?? []),
  ...replication,
];

function publisherFile({ what, download }: RawFile): PublisherFile {
  if (!download)
    throw new DataError(
      `sources: every source must have a download entry, but "${what}" has none; add one with url and file, or name a folder of files with --from`,
    );
  const fault = addressFault(download.url);
  if (fault !== undefined)
    throw new DataError(`sources: url ${shownAddress(download.url)} ${fault}`);
  return download;
}

/** The last row of a download is the price so far of a day that is not over: it must lie outside the panel. */
function checkOver({ through }: DateRange, retrieved: string): void {
  if (retrieved.slice(0, through.length) <= through)
    throw new DataError(
      `sources: a range must be over when its files are downloaded, but ${through} is not on ${retrieved}; let the range end earlier`,
    );
}

/** Yahoo answers 429 to whatever is no browser; FRED keeps whoever claims to be one waiting until the time is out. */
function userAgent(url: string): { userAgent?: string } {
  return /\.yahoo\.com$/.test(new URL(url).hostname) ? { userAgent: "Mozilla/5.0" } : {};
}
