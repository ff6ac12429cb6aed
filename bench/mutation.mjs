/**
 * How many random changes of an operator or a constant in a room of lib/src the tests notice. A copy of the project is
 * changed, never the project itself; the tests of a file are those that import it.
 *
 * npm run bench -- mutation --room stats --count 40 --seed 1
 */

import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { stream } from "neural-beta";
import ts from "typescript";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** A change that loops for ever is noticed too: no test ends for so long. */
const SECONDS = 240;

const { values } = parseArgs({
  options: {
    room: { type: "string" },
    count: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
  },
});
const files = execFileSync("git", ["ls-files"], { cwd: ROOT, encoding: "utf8" }).split("\n");
const sources = files.filter(
  (file) => /^lib\/src\/.*\.ts$/.test(file) && !/\/index\.ts$/.test(file),
);
/** Files that stand in no room are one by themselves. */
const roomOf = (file) => (file.split("/").length > 3 ? file.split("/")[2] : "src");
const rooms = [...new Set(sources.map(roomOf))];
if (!rooms.includes(values.room)) {
  console.error(`mutation: --room must be one of ${rooms.join(", ")}, got ${values.room}`);
  process.exit(1);
}

/** What each operator becomes. */
const SWAPS = new Map(
  Object.entries({
    ...{ "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=" },
    ...{ "<": "<=", "<=": "<", ">": ">=", ">=": ">", "===": "!==", "!==": "===" },
    ...{ "&&": "||", "||": "&&" },
  }),
);

/** Every change that could be made to a file: where, and what stands there then. */
function mutationsOf(file) {
  const text = readFileSync(join(ROOT, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found = [];
  const add = (node, to) => found.push({ file, from: node.getStart(source), end: node.end, to });
  const isText = (node) => ts.isStringLiteral(node) || ts.isTemplateExpression(node);
  const visit = (node) => {
    // Types, messages and what is thrown are no behaviour that a number hangs on.
    if (ts.isTypeNode(node) || ts.isThrowStatement(node) || ts.isImportDeclaration(node)) return;
    if (ts.isBinaryExpression(node)) {
      const to = SWAPS.get(node.operatorToken.getText(source));
      if (to && !isText(node.left) && !isText(node.right)) add(node.operatorToken, to);
    }
    if (ts.isNumericLiteral(node)) add(node, String(Number(node.text) + 1));
    if (node.kind === ts.SyntaxKind.TrueKeyword) add(node, "false");
    if (node.kind === ts.SyntaxKind.FalseKeyword) add(node, "true");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** How every figure and table looks is one test's, which sees them through the public entry, and takes its time. */
const LOOKS = { figures: ["tests/examples.test.ts"], tables: ["tests/examples.test.ts"] };

/** What every file of the library and of its tests imports, by relative path. */
const imports = new Map(
  files
    .filter((file) => /^(lib\/src|tests)\/.*\.ts$/.test(file) && !file.endsWith("/index.ts"))
    .map((file) => {
      const paths = readFileSync(join(ROOT, file), "utf8").matchAll(/from "(\.[^"]+)\.js"/g);
      const target = ([, path]) => relative(ROOT, resolve(ROOT, dirname(file), `${path}.ts`));
      return [file, new Set([...paths].map(target))];
    }),
);

/**
 * The tests of a file, in the order in which they are asked: that of its name, the likeliest to notice and the quickest;
 * those that import it, or, where none does, what imports it; that of its looks; and those one import further away.
 */
function testsOf(file) {
  // Those below tests/ in folders of their own take minutes, and would say no more.
  const isTest = (other) => /^tests\/[^/]+\.test\.ts$/.test(other);
  const isOwn = (test) => basename(test, ".test.ts") === basename(file, ".ts");
  const rounds = [];
  const seen = new Set([file]);
  for (let level = [file]; level.length > 0 && rounds.length < 2; ) {
    level = [...imports.keys()].filter(
      (other) => !seen.has(other) && level.some((target) => imports.get(other).has(target)),
    );
    for (const other of level) seen.add(other);
    if (level.some(isTest)) rounds.push(level.filter(isTest));
    level = level.filter((other) => !isTest(other));
  }
  const [near = [], far = []] = rounds;
  const looks = LOOKS[values.room] ?? [];
  const others = (tests) => tests.filter((test) => !isOwn(test) && !looks.includes(test));
  return [near.filter(isOwn), others(near), looks, others(far)].filter((tests) => tests.length > 0);
}

let runner;
/** A process that runs tests of the copy. */
async function runnerOf(copy) {
  if (runner) return runner;
  const { pathname } = new URL("mutation-tests.mjs", import.meta.url);
  runner = fork(pathname, {
    cwd: copy,
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    detached: true,
  });
  await once(runner, "message");
  return runner;
}

function stopRunner() {
  if (runner) process.kill(-runner.pid, "SIGKILL");
  runner = undefined;
}

/** Files that have changed, or changed back, since tests were last asked. */
const changed = new Set();

/** Which tests fail on the copy; undefined if they do not end. */
async function failing(tests) {
  const child = await runnerOf(copy);
  const time = setTimeout(stopRunner, SECONDS * 1000);
  const failed = await new Promise((settle) => {
    for (const event of ["message", "exit"]) child.removeAllListeners(event);
    child.once("exit", () => settle(undefined));
    child.on("message", (message) => {
      if (message === "one more") time.refresh();
      else settle(message);
    });
    child.send({ changed: [...changed], tests });
  });
  changed.clear();
  clearTimeout(time);
  if (failed === undefined) runner = undefined;
  return failed;
}

const candidates = sources.filter((file) => roomOf(file) === values.room).flatMap(mutationsOf);
const order = stream("mutation", values.room, Number(values.seed)).permutation(candidates.length);
const chosen = Array.from(order.slice(0, Number(values.count)), (i) => candidates[i]);
const copy = mkdtempSync(join(tmpdir(), "neural-beta-mutation-"));
try {
  for (const file of files.filter(Boolean)) cpSync(join(ROOT, file), join(copy, file));
  for (const folder of ["lib/dist", "lib/bundle", "tools/dist"])
    cpSync(join(ROOT, folder), join(copy, folder), { recursive: true });
  // The library under its name is the copy's: that of the project may be built anew meanwhile.
  mkdirSync(join(copy, "node_modules"));
  symlinkSync(join(copy, "lib"), join(copy, "node_modules", "neural-beta"));
  for (const name of readdirSync(join(ROOT, "node_modules")))
    if (name !== "neural-beta")
      symlinkSync(join(ROOT, "node_modules", name), join(copy, "node_modules", name));
  let kept = 0;
  const failed = new Set();
  for (const [i, { file, from, end, to }] of chosen.entries()) {
    const text = readFileSync(join(copy, file), "utf8");
    writeFileSync(join(copy, file), text.slice(0, from) + to + text.slice(end));
    changed.add(file);
    const above = text.slice(0, from).split("\n");
    const line = above.length;
    const change = `${file}:${line}:${above.at(-1).length + 1} ${text.slice(from, end)} -> ${to}`;
    const start = performance.now();
    let found = false;
    let by = "no test";
    for (const tests of testsOf(file)) {
      if (found) break;
      const answer = await failing(tests);
      found = answer === undefined || answer.length > 0;
      if (found) by = answer?.join(", ") ?? "never ending";
      for (const test of answer ?? []) failed.add(test);
      if (answer === undefined) console.log(`did not end: ${change}`);
    }
    writeFileSync(join(copy, file), text);
    changed.add(file);
    if (!found) {
      kept++;
      console.log(`not noticed: ${change} | ${text.split("\n")[line - 1].trim()}`);
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    console.error(`${i + 1} of ${chosen.length}, ${seconds} s: ${change}, noticed by ${by}`);
  }
  const broken = failed.size > 0 ? await failing([...failed]) : [];
  if (broken?.length !== 0) throw new Error(`${broken}: fails without a change`);
  const share = (chosen.length - kept) / chosen.length;
  console.log(
    `${values.room}: ${chosen.length - kept} of ${chosen.length} noticed, ${share.toFixed(2)}`,
  );
} finally {
  stopRunner();
  rmSync(copy, { recursive: true, force: true });
}
