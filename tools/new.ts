/** npm run new -- my-study: a folder with a study, a script, a notebook and a page that says how they run. */

import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeFiles } from "neural-beta";
import { newStudyFiles } from "./new-study-files.js";
import { command, inProject, options, print } from "./terminal.js";

const USAGE = "npm run new -- NAME";
/** What the project's root holds, or may be made there by its commands. */
const TAKEN = ["report", "dist", "node_modules"];

command(async () => {
  const given = process.argv.slice(2);
  if (given.some((argument) => argument.startsWith("-"))) options(USAGE, {});
  const [name, ...more] = given;
  if (name === undefined || more.length > 0)
    throw new Error(`new: needs one name, got ${more.length + (name ? 1 : 0)}; ${USAGE}`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || TAKEN.includes(name))
    throw new Error(
      `new: a name must be small letters, digits and hyphens, and none of ${TAKEN.join(", ")}, got ${JSON.stringify(name)}; choose another`,
    );
  const folder = inProject(name);
  if (existsSync(folder))
    throw new Error(`new: ${name} must not exist yet, but it does; choose another name`);
  mkdirSync(folder);
  const files = newStudyFiles(name);
  writeFiles(
    Object.fromEntries(Object.entries(files).map(([file, text]) => [join(folder, file), text])),
  );
  print(`${name}: ${Object.keys(files).join(", ")}; README.md says how they run`);
});
