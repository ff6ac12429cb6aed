/** Files of the report before are taken over where they are what was made of the same by the same code, and made anew otherwise. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import type { ShownFigure } from "../tools/dist/pictures/pictures.js";
import { drawMissing } from "../tools/dist/report/drawn.js";
import { codeHash, makeMissing } from "../tools/dist/report/made-once.js";
import { scratchFolder, write } from "./support/scratch.js";

const figureOf = (id: string, color = "black"): ShownFigure => ({
  output: { output_type: "display_data", data: {}, metadata: {} },
  data: {},
  plot: { data: [{ color }], layout: {} },
  metadata: { figure: id, caption: `Figure ${id}`, alt: id },
});

let folder: string;
let runs: number;
let drawn: string[];
beforeEach(() => {
  folder = scratchFolder();
  [runs, drawn] = [0, []];
});

/** A run whose report replaces the one before; what is drawn says in which run. */
async function run(figures: readonly ShownFigure[], browser = "157"): Promise<string> {
  const before = join(folder, String(runs++));
  const staging = join(folder, String(runs));
  drawn = [];
  const file = join(folder, "made.json");
  await drawMissing(figures, { before, staging, browser, file }, async (missing) => {
    for (const { metadata } of missing) {
      drawn.push(metadata.figure);
      for (const format of ["svg", "pdf", "png", "tex"])
        write(join(staging, "figures", `${metadata.figure}.${format}`), `${format} of run ${runs}`);
    }
  });
  return staging;
}

const pair = [figureOf("a"), figureOf("b")];
const textOf = (staging: string, name: string) =>
  readFileSync(join(staging, "figures", name), "utf8");

it("draws every figure once, and copies all its files from then on", async () => {
  await run(pair);
  expect(drawn).toEqual(["a", "b"]);
  await run(pair);
  const third = await run(pair);
  expect(drawn).toEqual([]);
  expect(textOf(third, "a.pdf")).toBe("pdf of run 1");
  expect(textOf(third, "b.tex")).toBe("tex of run 1");
});

it("draws again what has another plot, caption or browser", async () => {
  await run(pair);
  await run([figureOf("a", "red"), pair[1]!]);
  expect(drawn).toEqual(["a"]);
  const [, b] = pair;
  await run([figureOf("a", "red"), { ...b!, metadata: { ...b!.metadata, caption: "Other" } }]);
  expect(drawn).toEqual(["b"]);
  await run([figureOf("a", "red")], "158");
  expect(drawn).toEqual(["a"]);
});

it("draws again a figure of which a file was changed or is gone", async () => {
  const first = await run(pair);
  write(join(first, "figures", "b.svg"), "edited by hand");
  const second = await run(pair);
  expect(drawn).toEqual(["b"]);
  expect(textOf(second, "b.svg")).toBe("svg of run 2");
});

it("draws all figures where what is known was torn", async () => {
  await run(pair);
  write(join(folder, "made.json"), '{"torn');
  await run(pair);
  expect(drawn).toEqual(["a", "b"]);
});

it("makes again what is made by other code, into folders that are not there yet", async () => {
  const makeWith = async (code: string) => {
    const [before, staging] = [runs++, runs].map((run) => join(folder, String(run))) as [
      string,
      string,
    ];
    let made = 0;
    const product = { files: ["deep/archive.zip"], from: [["a", 1]] };
    const file = join(folder, "made.json");
    await makeMissing([product], { before, staging, code, file }, async () => {
      made++;
      write(join(staging, "deep/archive.zip"), code);
    });
    return [made, readFileSync(join(staging, "deep/archive.zip"), "utf8")];
  };
  expect(await makeWith("one")).toEqual([1, "one"]);
  expect(await makeWith("one")).toEqual([0, "one"]);
  expect(await makeWith("two")).toEqual([1, "two"]);
});

it("tells code by its files, those of folders too", () => {
  const hashes = [["tools/page/"], ["tools/page/style.css"], ["tools/page/style.css", "README.md"]];
  expect(new Set(hashes.map(codeHash)).size).toBe(3);
  expect(codeHash(["tools/page/"])).toBe(codeHash(["tools/page/"]));
});
