/** What can be wrong with a price file: how the tests state it, and hold a reader to it. */

import { join } from "node:path";
import { expect, it } from "vitest";
import { type PriceOptions, readPrices } from "../../lib/src/data/readers/prices.js";
import { DataError } from "../../lib/src/types.js";
import { scratchFolder, write } from "./scratch.js";

/** What is wrong, the content, what is asked for, and the message after the file's path. */
export type Defect = readonly [
  what: string,
  content: string | Uint8Array,
  options: PriceOptions,
  message: string,
];

/** One test for each defect, every one of another kind. */
export function refusesAll(defects: readonly Defect[]): void {
  const folder = scratchFolder();

  it("is tested on defects each of another kind", () => {
    expect(new Set(defects.map(([what]) => what)).size).toBe(defects.length);
  });

  it.each(defects)("refuses %s", async (what, content, options, message) => {
    const path = write(join(folder, `${defects.findIndex(([other]) => other === what)}`), content);
    const error = await readPrices(path, options).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(DataError);
    // What the parser of JSON says differs between versions of V8.
    const { message: said } = error as DataError;
    expect(
      said.replace(
        /(damaged \().*(\); download)/,
        message.includes("<reason>") ? "$1<reason>$2" : "$&",
      ),
    ).toBe(`${path}${message}`);
  });
}
