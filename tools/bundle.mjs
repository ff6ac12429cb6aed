/** The library as one file with the small packages that it needs: Node reads it in a fifth of the time of its modules. */

import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const LIBRARY = fileURLToPath(new URL("../lib/", import.meta.url));
/** Packages that go into it. The others are large or native, and read when they are used. */
const INSIDE = ["fflate", "ml-matrix", "pure-rand", "zod"];

const isPackage = (id) => !isAbsolute(id) && !id.startsWith(".");
const isInside = (id) => INSIDE.some((name) => `${id}/`.startsWith(`${name}/`));

const bundle = await rolldown({
  input: join(LIBRARY, "dist", "index.js"),
  platform: "node",
  external: (id, importer = "") =>
    isPackage(id) && !isInside(id) && !importer.includes("node_modules"),
  onwarn: ({ message }) => {
    throw new Error(message);
  },
});
const { output } = await bundle.generate({
  dir: join(LIBRARY, "bundle"),
  format: "esm",
  codeSplitting: false,
  sourcemap: "hidden",
});
const [{ code, map, moduleIds }] = output;
// The modules lie beside it.
delete map.sourcesContent;

/** The folder of the package that a module belongs to, or the library's. */
function packageOf(file) {
  const folder = dirname(file);
  return existsSync(join(folder, "package.json")) &&
    JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version
    ? folder
    : packageOf(folder);
}

const packages = [
  ...new Set(moduleIds.filter((id) => id.includes(`node_modules${sep}`)).map(packageOf)),
];
const licences = packages.sort().map((folder) => {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return `${name} ${version}\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
});

mkdirSync(join(LIBRARY, "bundle"), { recursive: true });
for (const [name, text] of [
  ["LICENSES", licences.join("\n\n")],
  ["index.js.map", JSON.stringify(map)],
  ["index.js", code],
]) {
  const file = join(LIBRARY, "bundle", name);
  writeFileSync(`${file}.${process.pid}.tmp`, text);
  renameSync(`${file}.${process.pid}.tmp`, file);
}
