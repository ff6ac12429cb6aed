/** Before npm packs the library: what it reads of the project goes into the package, beside its code. */

import { cpSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const path = (name) => fileURLToPath(new URL(`../${name}`, import.meta.url));
const DATA = "lib/dist/shipped";

rmSync(path(DATA), { recursive: true, force: true });
cpSync(path("data"), path(DATA), { recursive: true });
cpSync(path("LICENSE"), path("lib/dist/LICENSE"));
