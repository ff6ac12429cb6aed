/** Places in the bundled library as places in its modules, for messages. */

import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { posix } from "node:path";
import { inProject } from "../terminal.js";

const BUNDLE = "lib/bundle/index.js";
const PLACE = /lib\/bundle\/index\.js:(\d+):(\d+)/;

let map: SourceMap | undefined;

/** A line of a stack, in which file, line and column of the bundle become those of the module. */
export function inModules(frame: string): string {
  return frame.replace(PLACE, (place, line: string, column: string) => {
    map ??= new SourceMap(JSON.parse(readFileSync(inProject(`${BUNDLE}.map`), "utf8")));
    const entry = map.findEntry(Number(line) - 1, Number(column) - 1);
    if (!("originalSource" in entry)) return place;
    const file = posix.join(posix.dirname(BUNDLE), entry.originalSource);
    return `${file}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}
