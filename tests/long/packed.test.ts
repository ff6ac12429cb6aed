/** The packed library in an empty project: types, kernels, workers, weights and data, and no way back into this repository. */

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { ROOT, scratchFolder, write } from "../support/scratch.js";

const folder = scratchFolder();
const installed = join(folder, "node_modules", "neural-beta");
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "lib", "package.json"), "utf8")) as {
  dependencies: Record<string, string>;
};
let files: string[];

/** npm's own script, which works where npm is no program of its own. */
function npmScript(): string {
  const beside = join(dirname(process.execPath), "..", "lib", "node_modules", "npm", "bin");
  const known = [process.env.npm_execpath, join(beside, "npm-cli.js")];
  return known.find((path) => path && existsSync(path)) ?? "";
}

const node = (args: readonly string[], cwd = folder) =>
  spawnSync(process.execPath, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, NODE_PATH: "" },
  });

beforeAll(() => {
  const npm = npmScript();
  const args = ["pack", "-w", "lib", "--json", "--offline", "--pack-destination", folder];
  const packed = npm
    ? node([npm, ...args], ROOT)
    : spawnSync("npm", args, { cwd: ROOT, encoding: "utf8" });
  expect(packed.stderr, packed.stderr).not.toMatch(/npm error/);
  expect(packed.status).toBe(0);
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"))!;
  mkdirSync(installed, { recursive: true });
  spawnSync("tar", ["-xzf", join(folder, archive), "-C", installed, "--strip-components=1"]);
  files = readdirSync(installed, { recursive: true }) as string[];
  // Its dependencies, which the registry would give.
  for (const name of [...Object.keys(dependencies), "@types/node", "plotly.js-dist-min"]) {
    mkdirSync(dirname(join(folder, "node_modules", name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  }
  write(join(folder, "package.json"), '{ "type": "module" }');
}, 120_000);

it("holds code, types, kernels, weights and data, and neither sources nor tests", () => {
  for (const file of [
    "package.json",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/shipped/monthly.csv",
  ])
    expect(files).toContain(file);
  for (const kernel of ["simd", "amortised", "recurrent"])
    expect(files).toContain(`dist/models/${kernel}/kernel.wasm`);
  expect(files.filter((file) => /^(src|kernel|tests)\//.test(file))).toEqual([]);
  expect(files.some((file) => file.startsWith("weights/"))).toBe(true);
});

it("names no path of this repository", () => {
  const texts = files.filter((file) => /\.(js|ts|json|csv|md)$/.test(file));
  expect(texts.length).toBeGreaterThan(300);
  const naming = texts.filter((file) => readFileSync(join(installed, file), "utf8").includes(ROOT));
  expect(naming).toEqual([]);
});

it("reads its study, trains with its kernel in worker threads, and estimates, where nothing else is", () => {
  const program = write(
    join(folder, "program.mjs"),
    `import { amortisedBeta, fitNeuralBeta, readPanel, readStudy, selectMarkets, shippedFile, simdTrainer, tfjsTrainer } from "neural-beta";
const study = await readStudy();
const dollar = selectMarkets(await readPanel(study), ["FIAT"]);
const network = { ...study, ...study.baseline, start: "glorot", replicates: 2, epochs: 3 };
const losses = async (trainer) => (await fitNeuralBeta(dollar, trainer, network)).networks.map((n) => n.validationLoss[3]);
const { betas } = amortisedBeta([0.02, -0.04, 0.01], [0.01, -0.02, 0.01]);
console.log(JSON.stringify({ file: shippedFile(""), simd: await losses(simdTrainer({ threads: 2 })), tfjs: await losses(typeof tfjsTrainer === 'function' ? tfjsTrainer() : tfjsTrainer), betas: betas.length }));
process.exit(0);
`,
  );
  const { stdout, stderr, status } = node([program]);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  const found = JSON.parse(stdout.trim().split("\n").at(-1)!);
  expect(found.file).toContain(join("neural-beta", "dist", "shipped"));
  expect(found.betas).toBe(4);
  found.simd.forEach((loss: number, i: number) => {
    expect(Math.abs(loss / found.tfjs[i] - 1)).toBeLessThan(1e-4);
  });
});

it("gives types to a program that the compiler checks, and refuses a wrong one", () => {
  const options = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext"];
  const check = (name: string, code: string) => {
    write(join(folder, name), code);
    const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
    return node([compiler, ...options, "--target", "es2022", "--types", "node", name]);
  };
  const right = check(
    "right.ts",
    'import { mean, type Panel } from "neural-beta";\nexport const rows = (panel: Panel): number => mean(panel.coinLogReturns);\n',
  );
  expect(right.stdout).toBe("");
  const wrong = check("wrong.ts", 'import { mean } from "neural-beta";\nmean("text");\n');
  expect(wrong.stdout).toMatch(/wrong\.ts\(2,6\): error TS2345/);
});

it("exports its entry and nothing else", () => {
  const { stderr } = node([
    "--input-type=module",
    "-e",
    'await import("neural-beta/dist/check.js")',
  ]);
  expect(stderr).toContain("ERR_PACKAGE_PATH_NOT_EXPORTED");
});
