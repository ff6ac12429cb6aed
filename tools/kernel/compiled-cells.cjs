/** Compiled cells on disk: a cell whose text, declarations before it and packages are known is not compiled again. */
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { join } = require("node:path");

/** Files beside the packages that a cell may import: what they say when it is compiled is in no key. */
const LOCAL = /(?:from|import|require)\s*\(?\s*["'][./]/;

/**
 * `createConverter` of tslab with a memory. The compiler itself starts with the first cell that is not known, which takes longer
 * than all else of a kernel's start.
 *
 * @param folder where compiled cells are kept; those of other packages are forgotten
 * @param map reads and sets the map of the cell that was compiled last, which belongs to its code
 */
exports.keptConverter = (createConverter, folder, map) => (options) => {
  let converter;
  const compiler = () => {
    converter ??= createConverter(options);
    return converter;
  };
  const version = packagesHash();
  const own = join(folder, version);
  forgetOthers(folder, version);
  // Modules of the notebook's own change what later cells see.
  let keeps = true;
  return {
    convert(declarations, cell) {
      if (!keeps || LOCAL.test(declarations) || LOCAL.test(cell))
        return compiler().convert(declarations, cell);
      const file = join(own, `${hash([declarations, "\0", cell])}.json`);
      const known = read(file);
      if (known) {
        map.set(known.map);
        return known.converted;
      }
      const converted = compiler().convert(declarations, cell);
      if (converted.diagnostics.length === 0 && !converted.sideOutputs)
        write(file, JSON.stringify({ converted, map: map.get() }));
      return converted;
    },
    addModule(...given) {
      keeps = false;
      return compiler().addModule(...given);
    },
    inspect: (...given) => compiler().inspect(...given),
    complete: (...given) => compiler().complete(...given),
    close: () => converter?.close(),
  };
};

/** Of everything but cells that the compiler reads: installed packages, the library's declarations, the kernel, Node's version. */
function packagesHash() {
  const root = join(__dirname, "../..");
  const dist = join(root, "lib/dist");
  const declarations = fs
    .readdirSync(dist, { recursive: true })
    .filter((file) => file.endsWith(".d.ts"))
    .sort()
    .map((file) => join(dist, file));
  const installed = join(root, "node_modules/.package-lock.json");
  const own = ["compiler.cjs", "compiled-cells.cjs", "compile.cjs"];
  const kernel = own.map((file) => join(__dirname, file));
  const files = [installed, join(root, "lib/package.json"), ...kernel, ...declarations];
  return hash([
    process.version,
    ...files.flatMap((file) => ["\0", file.slice(root.length), "\0", fs.readFileSync(file)]),
  ]);
}

function hash(parts) {
  const sum = createHash("sha256");
  for (const part of parts) sum.update(part);
  return sum.digest("hex").slice(0, 32);
}

/** Undefined for what is absent or torn. */
function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Beside, then renamed: several kernels share the folder. Where it cannot be written, cells are compiled each time. */
function write(file, text) {
  try {
    fs.mkdirSync(join(file, ".."), { recursive: true });
    const beside = `${file}.${process.pid}`;
    fs.writeFileSync(beside, text);
    fs.renameSync(beside, file);
  } catch {
    // A run needs no memory.
  }
}

function forgetOthers(folder, version) {
  try {
    for (const name of fs.readdirSync(folder))
      if (name !== version && /^[0-9a-f]{32}$/.test(name))
        fs.rmSync(join(folder, name), { recursive: true, force: true });
  } catch {
    // There is no such folder yet, or another kernel was faster.
  }
}
