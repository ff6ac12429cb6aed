/**
 * What every command begins with: the right Node, what the lock file says, and a build that is not older than its
 * sources. It has no dependency, since nothing may be installed yet.
 */

import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { sleep, takeLock } from "./lock.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Node ^20.19 || ^22.12 || >=24: notebooks need its unflagged require(esm). */
export function nodeFits(version) {
  const [major, minor] = version.split(".").map(Number);
  return major >= 24 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19);
}

/** True if a package with these conditions is meant for this machine. */
function fitsMachine({ os, cpu, libc }, machine) {
  const allows = (list, value) =>
    !list ||
    (list.some((item) => !item.startsWith("!"))
      ? list.includes(value)
      : !list.includes(`!${value}`));
  return (
    allows(os, machine.platform) &&
    allows(cpu, machine.arch) &&
    (!libc || allows(libc, machine.libc()))
  );
}

const thisMachine = {
  platform: process.platform,
  arch: process.arch,
  libc: () => (process.report.getReport().header.glibcVersionRuntime ? "glibc" : "musl"),
};

/** Paths of the lock file that belong on this machine: all that the root and its workspaces reach. */
function wantedPaths(packages, machine) {
  const wanted = new Set();
  const visit = (path) => {
    const entry = packages[path];
    if (wanted.has(path) || !fitsMachine(entry, machine)) return;
    wanted.add(path);
    if (entry.link) visit(entry.resolved);
    const optionalPeers = entry.peerDependenciesMeta ?? {};
    const names = [
      entry.dependencies,
      entry.devDependencies,
      entry.optionalDependencies,
      entry.peerDependencies,
    ]
      .flatMap((list) => Object.keys(list ?? {}))
      .filter((name) => !optionalPeers[name]?.optional);
    for (const name of names) {
      // Node's own rule: the nearest node_modules on the way up.
      for (let at = path; ; at = at.replace(/(^|\/)(node_modules\/)?(@[^/]+\/)?[^/]+$/, "")) {
        const found = `${at}${at && "/"}node_modules/${name}`;
        if (packages[found]) visit(found);
        if (packages[found] || at === "") break;
      }
    }
  };
  for (const path of Object.keys(packages)) if (!path.includes("node_modules/")) visit(path);
  return wanted;
}

/**
 * Why node_modules is not what the lock file says, or undefined if it is.
 *
 * npm writes node_modules/.package-lock.json last: without it, an installation was cut off.
 */
export function staleReason(root, machine = thisMachine) {
  if (!existsSync(join(root, "node_modules", ".package-lock.json"))) return "nothing is installed";
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const path of wantedPaths(packages, machine)) {
    const entry = packages[path];
    if (!path.includes("node_modules/")) continue;
    const file = join(root, path, "package.json");
    if (!existsSync(file)) return `${path} is missing`;
    const { version } = JSON.parse(readFileSync(file, "utf8"));
    if (!entry.link && version !== entry.version)
      return `${path} is ${version}, the lock file says ${entry.version}`;
  }
  return undefined;
}

/**
 * What the compiler's own bookkeeping does not see: emitted files whose source is gone, which an import would still find,
 * what a killed set-up left, and emitted files that are missing, for which it has to build anew.
 */
function tidyOutput(source, dist) {
  if (!existsSync(dist)) return;
  for (const file of readdirSync(dist, { recursive: true })) {
    const stem = file.replace(/(\.d)?\.(ts|js)$/, "");
    const sourceless = stem !== file && !existsSync(join(source, `${stem}.ts`));
    if (sourceless || file.endsWith(".tmp")) rmSync(join(dist, file), { force: true });
  }
  const missing = readdirSync(source, { recursive: true })
    .filter((file) => /(?<!\.d)\.ts$/.test(file) && !/node_modules|dist/.test(file))
    .some((file) => !existsSync(join(dist, file.replace(/ts$/, "js"))));
  if (missing) rmSync(join(dist, ".tsbuildinfo"), { force: true });
}

function run(args, failure) {
  const { status, signal } = spawnSync(process.execPath, args, {
    cwd: ROOT,
    stdio: "inherit",
  });
  if (status !== 0) {
    console.error(failure);
    process.exit(signal ? 130 : 1);
  }
}

/** When a file or the newest below a folder was last written; 0 if there is none. */
const written = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newestIn = (folder) =>
  Math.max(...readdirSync(folder, { recursive: true }).map((file) => written(join(folder, file))));

/** Entries of lib/kernel, and what is made of them in lib/dist. */
const KERNELS = [
  ["train.ts", "models/simd/kernel.wasm"],
  ["amortised/train.ts", "models/amortised/kernel.wasm"],
  ["recurrent/train.ts", "models/recurrent/kernel.wasm"],
  ["stats/stats.ts", "stats/kernel.wasm"],
];

/** A kernel, from AssemblyScript to WebAssembly; never relaxed SIMD, whose bits differ between machines. */
function buildKernel(source, target) {
  if (written(target) >= newestIn(join(ROOT, "lib", "kernel"))) return;
  mkdirSync(dirname(target), { recursive: true });
  const asc = join("node_modules", "assemblyscript", "bin", "asc.js");
  const fresh = `${target}.${process.pid}.tmp`;
  const flags = ["-O3", "--enable", "simd", "--runtime", "stub", "--noAssert"];
  run(
    [asc, relative(ROOT, source), ...flags, "-o", relative(ROOT, fresh)],
    "a kernel could not be built: correct the lines above",
  );
  renameSync(fresh, target);
}

/** The library as one file, if modules or packages are newer than it. */
function bundleLibrary() {
  const bundle = written(join(ROOT, "lib", "bundle", "index.js"));
  const installed = written(join(ROOT, "node_modules", ".package-lock.json"));
  // The compiler writes its bookkeeping last, and only if it has written a module.
  if (bundle > Math.max(installed, written(join(ROOT, "lib", "dist", ".tsbuildinfo")))) return;
  run([join("tools", "bundle.mjs")], "the library could not be bundled: correct the lines above");
}

/** One set-up at a time: the next waits, and then finds everything done. */
function waitForOthers() {
  const folder = join(ROOT, ".cache", "setup");
  try {
    accessSync(ROOT, constants.W_OK);
  } catch {
    // Nothing can be built in a copy that is only read.
    return () => {};
  }
  for (let told = false; ; told = true) {
    const { release, holder, pid } = takeLock(folder);
    if (release) return release;
    if (!told)
      console.error(
        `process ${pid} is installing or building here: waiting for its end; if it is none of this project, delete ${relative(process.cwd(), holder)}`,
      );
    sleep(200);
  }
}

function main() {
  if (!nodeFits(process.versions.node)) {
    console.error(
      `neural-beta needs Node ^20.19, ^22.12 or >=24, this is ${process.versions.node}; install one of these and run the command again`,
    );
    process.exit(1);
  }
  const release = waitForOthers();
  const reason = staleReason(ROOT);
  if (reason !== undefined) {
    const npm = process.env.npm_execpath;
    if (!npm) {
      console.error(`packages: ${reason}; run npm ci`);
      process.exit(1);
    }
    console.error(`packages: ${reason}; installing what the lock file says`);
    run(
      [npm, "ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund"],
      "npm ci failed: see its message above; check the network and run the command again",
    );
  }
  tidyOutput(join(ROOT, "lib", "src"), join(ROOT, "lib", "dist"));
  tidyOutput(join(ROOT, "tools"), join(ROOT, "tools", "dist"));
  const kernel = join(ROOT, "lib", "kernel");
  for (const [source, target] of KERNELS)
    buildKernel(join(kernel, source), join(ROOT, "lib", "dist", target));
  // Not node_modules/.bin/tsc: that one is the kernel's older fork.
  run(
    [join("node_modules", "typescript-native", "bin", "tsc"), "--build"],
    "the build failed: correct the lines above",
  );
  bundleLibrary();
  release();
}

if (process.argv[1] && relative(process.argv[1], fileURLToPath(import.meta.url)) === "") main();
