/** The replication archive: what is in it, under which names, with which bytes. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { sha256 } from "../lib/src/data/sha256.js";
import { STUDY } from "../lib/src/study.js";
import { archiveFiles, studyFiles, zipped } from "../tools/dist/report/archive.js";
import { inputFiles, readInputs } from "../tools/dist/report/inputs.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();

function report(): string {
  const out = join(folder, "report");
  for (const file of ["tables/a.csv", "tables/a.tex", "figures/f.json", "figures/f.png"])
    write(join(out, file), file);
  write(join(out, "notebooks/00-a.ipynb"), "{}");
  write(join(out, "manifest.json"), '{"name": "neural-beta"}');
  return out;
}

it("holds notebooks, tables, data of figures, the study, the manifest and the lock file, each as it is", () => {
  const study = Buffer.from('{"coins": []}');
  const files = unzipSync(zipped(archiveFiles(report(), { "own.json": study })));
  expect(Object.keys(files).sort()).toEqual([
    "figures/f.json",
    "manifest.json",
    "notebooks/00-a.ipynb",
    "own.json",
    "package-lock.json",
    "tables/README.md",
    "tables/a.csv",
  ]);
  expect(Buffer.from(files["own.json"]!).toString()).toBe('{"coins": []}');
  expect(Buffer.from(files["tables/a.csv"]!).toString()).toBe("tables/a.csv");
});

it("has the same bytes at any time", async () => {
  const archive = () => zipped(archiveFiles(report(), {}));
  const first = archive();
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(Buffer.compare(Buffer.from(first), Buffer.from(archive()))).toBe(0);
});

/** Every file of the given paths holds its own path. */
const contentsOf = (...paths: readonly string[]) =>
  new Map(paths.map((path) => [path, Buffer.from(path)]));

it("keeps files of one name apart, and takes all that a study names along", () => {
  const prices = ["a/close.csv", "b/close.csv"].map((file, i) => ({ name: `C${i}`, file }));
  const study = {
    ...STUDY,
    returns: "",
    prices,
    factors: "x/close.csv",
    riskFree: "x/rates.csv",
    estimators: [{ id: "dcc", file: "betas/dcc.csv" }],
  };
  const file = "/s/own.json";
  const contents = contentsOf(...Object.values(inputFiles(study)), file);
  const files = studyFiles({ study, file, contents });
  const text = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString()]);
  expect(Object.fromEntries(text)).toEqual({
    "data/close.csv": "a/close.csv",
    "data/1-close.csv": "b/close.csv",
    "data/2-close.csv": "x/close.csv",
    "data/rates.csv": "x/rates.csv",
    "data/dcc.csv": "betas/dcc.csv",
    "own.json": file,
  });
});

it("holds what the run has read, and says by key which file of a study is not there", async () => {
  const path = write(join(folder, "s.json"), JSON.stringify({ riskFree: "none.csv" }));
  await expect(readInputs(path, [])).rejects.toThrow(/^riskFree: .*none\.csv/);
  const rates = write(join(folder, "rates.csv"), readFileSync(STUDY.factors!));
  const own = write(join(folder, "s.json"), JSON.stringify({ riskFree: "rates.csv" }));
  const inputs = await readInputs(own, []);
  const hash = sha256(readFileSync(rates));
  expect(inputs.origin.data).toHaveProperty("riskFree", hash);
  write(rates, "changed during the run");
  expect(sha256(studyFiles(inputs)["data/rates.csv"]!)).toBe(hash);
});
