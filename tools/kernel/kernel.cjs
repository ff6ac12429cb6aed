/**
 * The notebooks' kernel: tslab, with what it lacks mended from outside.
 *
 * - It loses output after about 500 messages in one synchronous stretch: its sends are not awaited. Here they queue.
 * - Its stack traces name lines of emitted code. Here they name lines of the cell.
 * - It goes on when its parent is killed, or when workers hold it. Here it ends.
 * - It compiles every cell anew in every run. Here a runner's kernel reads what was compiled before.
 *
 * `compiler.cjs` mends the compiler.
 */
"use strict";

const vm = require("node:vm");
const { Worker } = require("node:worker_threads");
const zmq = require("zeromq");
const { MAP, moduleMap, readMap, tslab } = require("./compiler.cjs");
const { keptConverter } = require("./compiled-cells.cjs");

/** A publisher that sends one message after the other, and closes after the last. */
class QueuedPublisher extends zmq.Publisher {
  #last = Promise.resolve();

  constructor(options) {
    super({ sendHighWaterMark: 0, ...options });
  }

  send(message) {
    this.#last = this.#last.catch(() => {}).then(() => super.send(message));
    return this.#last;
  }

  close() {
    this.#last = this.#last.catch(() => {}).then(() => super.close());
    // Workers or timers of a cell must not outlive a shutdown; the reply to it still has to leave.
    setTimeout(() => process.exit(0), 100);
  }
}

Object.defineProperty(zmq, "Publisher", {
  enumerable: true,
  value: QueuedPublisher,
});

/** Maps of the cells by the name of their script: emitted CommonJS to emitted module to cell. */
const maps = new Map();

const run = vm.runInThisContext;
vm.runInThisContext = (code, options) => {
  // tslab closes its wrapper on a line below the map.
  const script = /^([\s\S]*\/\/# sourceMappingURL=\S+)\s*\n([^\n]*)$/.exec(code);
  if (!script) return run(code, options);
  const filename = `cell-${maps.size + 1}.js`;
  maps.set(filename, [readMap(script[1]), readMap(moduleMap.get() ?? "")]);
  return run(`${script[1].replace(MAP, "")}\n${script[2]}`, {
    ...options,
    filename,
  });
};

/** Lines of a stack that lie in a cell, as the cell counts them; the kernel's own lines are left out. */
function cellStack(stack) {
  return stack
    .replace(/\(?cell-\d+\.js:(\d+):(\d+)\)?/g, (place, line, column) => {
      const [toModule, toCell] = maps.get(/cell-\d+\.js/.exec(place)[0]);
      const inModule = toModule?.findEntry(line - 1, column - 1);
      const inCell = toCell?.findEntry(inModule?.originalLine, inModule?.originalColumn);
      // The first line of what tslab compiles is its own.
      return inCell?.originalLine === undefined ? place : `cell line ${inCell.originalLine}`;
    })
    .replace(/^cell-\d+\.js:\d+\n.*\n *\^+\n\n?/, "")
    .replace(/(\n +at cell line \d+)\1$/m, "$1")
    .replace(
      /\n +at (?:[^\n]*node_modules[\\/]tslab|[^\n]*[\\/]tools[\\/]kernel[\\/]kernel\.cjs|[^\n]*\(?node:)[^\n]*/g,
      "",
    );
}

/** Errors whose message is written for the reader: of their stack only the lines in cells matter. */
const SPEAKING = /^(DataError|RangeError)$/;

const print = console.error;
console.error = (...args) => {
  for (const arg of args)
    if (arg instanceof Error && typeof arg.stack === "string") {
      try {
        const stack = cellStack(arg.stack);
        arg.stack = SPEAKING.test(arg.name)
          ? stack.replace(/\n +at (?!cell|.* cell line)[^\n]*/g, "")
          : stack;
      } catch {
        // A frozen error keeps its stack.
      }
    }
  print(...args);
};

// Node 22.12 calls require of an ES module, which every import of a cell is, an experiment.
const warn = process.emitWarning.bind(process);
process.emitWarning = (warning, type, ...rest) => {
  if ((type?.type ?? type) !== "ExperimentalWarning") warn(warning, type, ...rest);
};

const configPath = process.argv[process.argv.indexOf("--config-path") + 1];

// A runner that is gone, even by kill -9 while this kernel starts, takes it along, and the file with its key.
// The watch is a thread of its own: a cell that never ends its loop hears no event.
if (process.env.NEURAL_BETA_RUNNER) {
  const watch = () => {
    const { workerData: started } = require("node:worker_threads");
    setInterval(() => {
      if (process.ppid === started.parent) return;
      require("node:fs").rmSync(started.folder, { recursive: true, force: true });
      process.kill(process.pid, "SIGKILL");
    }, 300);
  };
  const workerData = {
    parent: Number(process.env.NEURAL_BETA_RUNNER),
    folder: require("node:path").dirname(configPath),
  };
  new Worker(`(${watch})()`, { eval: true, workerData }).unref();
}

if (process.env.NEURAL_BETA_CELLS)
  tslab.createConverter = keptConverter(
    tslab.createConverter,
    process.env.NEURAL_BETA_CELLS,
    moduleMap,
  );

require("tslab/dist/main.js").startKernel({
  configPath,
  enableFindLocal: false,
  globalVersion: "",
});
