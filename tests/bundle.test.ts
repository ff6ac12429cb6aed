/** The script that trains in the page: one file from the library's modules, with the bits that the library has. */

import { createHash } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import vm from "node:vm";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { searchNetworks } from "../lib/src/models/search.js";
import { kernelCode } from "../lib/src/models/simd/kernel-file.js";
import { simdTrainer } from "../lib/src/models/simd/trainer.js";
import { selectMarkets } from "../lib/src/panel/panel.js";
import { STUDY } from "../lib/src/study.js";
import { bundle } from "../tools/dist/page/bundle.js";
import { workerScript } from "../tools/dist/page/live.js";
import { createHash as ownHash, sha256Hex } from "../tools/dist/page/live-crypto.js";
import { studyPanel } from "./support/helpers.js";
import { scratchFolder, write } from "./support/scratch.js";

const folder = scratchFolder();
const file = (name: string, text: string) => pathToFileURL(write(join(folder, name), text));

describe("the hash of the page", () => {
  it("is Node's SHA-256 of texts of any length, and reads like a buffer", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const hash = createHash("sha256").update(text);
        const own = ownHash("sha256").update(text).digest();
        const theirs = hash.digest();
        expect([...own]).toEqual([...theirs]);
        expect(own.readInt32LE(4)).toBe(theirs.readInt32LE(4));
        expect(sha256Hex(text)).toBe(theirs.toString("hex"));
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe("a bundle", () => {
  const run = (entry: URL, options?: Parameters<typeof bundle>[1]): unknown => {
    const sandbox = { out: undefined as unknown };
    vm.runInNewContext(bundle(entry, options), sandbox);
    return sandbox.out;
  };
  it("runs modules in the order of their imports, each once", () => {
    file("count.js", "export const seen = [];");
    file("a.js", 'import { seen } from "./count.js"; seen.push("a"); export const a = 1;');
    file("b.js", 'import { seen } from "./count.js"; seen.push("b"); export default 2;');
    const entry = file(
      "entry.js",
      'import { a } from "./a.js"; import b from "./b.js"; import { seen } from "./count.js"; out = [a, b, ...seen].join();',
    );
    expect(run(entry)).toBe("1,2,a,b");
  });
  it("takes names of an index from where they are defined, and leaves the rest of it out", () => {
    file("whole.js", 'throw new Error("not asked for"); export const other = 1;');
    file("part.js", "export const inner = 7; export default 8;");
    const index = file(
      "index.js",
      'export { other } from "./whole.js"; export { inner as outer, default as main } from "./part";',
    );
    const entry = file("uses.js", 'import { outer, main as m } from "own"; out = outer + m;');
    expect(run(entry, { instead: { own: index }, indices: ["own"] })).toBe(15);
    const unknown = file("unknown.js", 'import { nothing } from "own"; out = nothing;');
    expect(() => bundle(unknown, { instead: { own: index }, indices: ["own"] })).toThrow(
      "bundle: own has no nothing",
    );
  });
  it("refuses what a browser has not, by name", () => {
    const entry = file("disk.js", 'import { readFileSync } from "node:fs"; out = readFileSync;');
    expect(() => bundle(entry)).toThrow(/disk\.js imports node:fs, which a browser has not/);
  });
});

describe("the worker of the page", () => {
  let script: string;
  beforeAll(() => {
    script = workerScript();
  });

  it("holds nothing of Node, and no path of the machine that made it", () => {
    expect(script).not.toMatch(/node:|file:\/\//);
    expect(script).not.toContain(fileURLToPath(new URL("..", import.meta.url)));
    expect(script).toBe(workerScript());
  });
  it("gives the row that the search gives, in every bit", async () => {
    const { lookback, split, scaling, coinIdentity, seed, starts } = STUDY;
    const study = { lookback, split, scaling, coinIdentity, seed, epochs: 20 };
    const panel = await studyPanel();
    const choice = {
      ...{ marketSet: "FIAT+GOLD", hidden: 4, learningRate: 0.1, activation: "relu" },
      ...{ start: "ols", replicates: 3 },
    };
    const row = await new Promise((resolve, reject) => {
      let listener: (event: unknown) => void = () => {};
      vm.runInNewContext(script, {
        ...{ WebAssembly, TextEncoder },
        addEventListener: (_: string, added: typeof listener) => {
          listener = added;
        },
        postMessage: (reply: { row?: unknown; failed?: string }) => {
          if (reply.failed) reject(new Error(reply.failed));
          if (reply.row) resolve(reply.row);
        },
      });
      listener({ data: { code: kernelCode(), panel, study, choice } });
    });
    const [expected] = await searchNetworks(
      selectMarkets(panel, ["FIAT", "GOLD"]),
      simdTrainer({ threads: 1 }),
      {
        ...{ ...study, marketSets: ["FIAT+GOLD"], starts: starts.slice(1) },
        grid: { hidden: [4], learningRates: [0.1], activations: ["relu"], replicates: 3 },
      },
    );
    expect({ ...(row as object) }).toEqual(expected);
  });
});
