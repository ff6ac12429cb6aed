/** The folder that all tests of a run write below, which goes when the run is over. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly scratch: string;
  }
}

export default function scratchRoot({ provide }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-test-"));
  provide("scratch", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
