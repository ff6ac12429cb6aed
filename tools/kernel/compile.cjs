/** Compiles the cells of notebooks ahead of their kernels, in a process of its own; says which notebook is done. */
"use strict";

const { keptConverter } = require("./compiled-cells.cjs");

/** A large part of all declarations is TensorFlow's: notebooks that do not name it are compiled without them. */
const TENSORFLOW = /@tensorflow\//;

// The compiler is loaded with the first cell that is not known.
const create = (packages) => (options) => {
  const compiler = require("./compiler.cjs");
  compiler.hidden.packages = packages;
  return compiler.tslab.createConverter(options);
};
const map = {
  get: () => require("./compiler.cjs").moduleMap.get(),
  set() {},
};

process.once("disconnect", () => process.exit());
process.once("message", async (notebooks) => {
  const converterOf = (packages) =>
    keptConverter(create(packages), process.env.NEURAL_BETA_CELLS, map)({ isJS: false });
  const lean = converterOf(TENSORFLOW);
  for (const { name, cells } of notebooks) {
    const isWhole = cells.some((cell) => TENSORFLOW.test(cell));
    const converter = isWhole ? converterOf(undefined) : lean;
    let declarations = "";
    for (const cell of cells) {
      const { diagnostics, declOutput } = converter.convert(declarations, cell);
      // Its kernel will say so.
      if (diagnostics.length > 0) break;
      declarations = declOutput ?? "";
      // A runner that is gone is heard of between two cells.
      await new Promise((resolve) => setImmediate(resolve));
    }
    // Its declarations take the room of all others.
    if (isWhole) converter.close();
    process.send(name);
  }
  process.exit();
});
