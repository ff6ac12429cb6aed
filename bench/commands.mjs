/** The times of whole commands, and of the report's search with its peak memory. */

import { spawnSync } from "node:child_process";
import { readPanel, readStudy, searchNetworks, simdTrainer } from "neural-beta";
import { spread, timed } from "./measure.mjs";

const study = await readStudy();
const panel = await readPanel(study);
const searches = [];
for (let run = 0; run < 5; run++)
  searches.push(
    (await timed(() => searchNetworks(panel, simdTrainer(), { ...study, starts: ["report"] }))) /
      1000,
  );
console.log(
  `search of 5,040 networks, s: ${spread(searches)}; peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
);
for (const [name, args] of Object.entries({
  "npm start, nothing to install": ["tools/dist/start.js"],
  "its set-up, nothing to build": ["tools/setup.mjs"],
})) {
  const seconds = [];
  for (let run = 0; run < 3; run++)
    seconds.push(
      (await timed(() => {
        const { status } = spawnSync(process.execPath, args, {
          stdio: "ignore",
        });
        if (status !== 0) throw new Error(`${name} failed`);
      })) / 1000,
    );
  console.log(`${name}, s: ${spread(seconds)}`);
}
