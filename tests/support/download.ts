/** What the tests of downloads share: a publisher on this machine, and requests to it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import {
  type DownloadOptions,
  type DownloadRequest,
  download,
} from "../../lib/src/data/download.js";
import { readPrices } from "../../lib/src/data/readers/prices.js";
import { DataError } from "../../lib/src/types.js";
import { scratchFolder } from "./scratch.js";
import { publisher, type Reply } from "./server.js";

export const folder = scratchFolder();

export const fred = await publisher();

/** A file as the publisher has it. */
export const PRICES = "observation_date,XYZ\n2021-01-04,100\n2021-01-05,101\n";

let count = 0;

/** A file of its own for each test, with what its address answers. */
export function served(...replies: Reply[]): DownloadRequest {
  const path = `/${count++}.csv`;
  fred.serves(path, ...replies);
  return {
    url: `${fred.origin}${path}`,
    file: `fred${path}`,
    check: async (file) => void (await readPrices(file, { column: "XYZ" })),
  };
}

/** Downloads as a command does, but without long waits. */
export const get = (requests: readonly DownloadRequest[], options: Partial<DownloadOptions> = {}) =>
  download(requests, {
    folder,
    retries: 2,
    backoffMs: 1,
    ...options,
  });

/** Requests that came for a file. */
export const tries = ({ url }: DownloadRequest) => fred.asked(new URL(url).pathname);

/** What lies on disk. */
export const copy = ({ file }: DownloadRequest) => readFileSync(join(folder, file), "utf8");

/** How a promise fails. */
export const message = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: Error) => {
      expect(error).toBeInstanceOf(DataError);
      return error.message;
    },
  );
