/** node --import ./tools/typescript.mjs FILE.ts: TypeScript on every Node that the project runs on, by the installed compiler. */

import { register } from "node:module";

register("./typescript-hooks.mjs", import.meta.url);
