/** The replication archive: what is in it, under which names, with which bytes. */

import { join } from "node:path";
import { unzipSync } from "fflate";
import { expect, it } from "vitest";
import { STUDY } from "../lib/src/study.js";
import { replicationArchive, studyFiles } from "../tools/dist/report/archive.js";
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
  const study = write(join(folder, "own.json"), '{"coins": []}');
  const archive = replicationArchive(report(), { "own.json": study });
  const files = unzipSync(archive);
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
  const first = replicationArchive(report(), {});
  await new Promise((resolve) => setTimeout(resolve, 2100));
  expect(Buffer.compare(Buffer.from(first), Buffer.from(replicationArchive(report(), {})))).toBe(0);
});

it("keeps files of one name apart", () => {
  const study = { ...STUDY, returns: "", factors: "x/close.csv" };
  const prices = ["a/close.csv", "b/close.csv"].map((file, i) => ({ name: `C${i}`, file }));
  expect(studyFiles({ ...study, prices }, "/s/own.json")).toEqual({
    "data/close.csv": "a/close.csv",
    "data/1-close.csv": "b/close.csv",
    "data/2-close.csv": "x/close.csv",
    "own.json": "/s/own.json",
  });
  // Betas of other programs are data of a study too.
  const estimators = [{ id: "dcc", file: "betas/dcc.csv" }];
  expect(studyFiles({ ...study, prices, estimators }, undefined)).toHaveProperty(["data/dcc.csv"]);
});
