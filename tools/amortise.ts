/** npm run amortise: the amortised network trained from nothing; the shipped weights are what this writes. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CARD_FILE, makeAmortised, TRAINING_PLAN, WEIGHTS_FILE, writeFiles } from "neural-beta";
import { command, options, terminalProgress } from "./terminal.js";

const USAGE = "npm run amortise [-- --out DIR --check]";

command(async () => {
  const { out, check = false } = options(USAGE, {
    out: { type: "string" },
    check: { type: "boolean" },
  });
  const progress = terminalProgress();
  const { bytes, card } = await makeAmortised(TRAINING_PLAN, {
    onProgress: (done, total) => progress.update("training steps", done, total),
  });
  progress.clear();
  const place = (file: string) => (out === undefined ? file : join(out, basename(file)));
  const { test } = card;
  print(
    `${card.parameters} weights, ${card.steps} steps, ${card.rows} simulated rows, SHA-256 ${card.sha256}`,
  );
  print(
    `test on ${test.series} fresh series: share ${test.share.toFixed(3)}, weighted bank ${test.bankShare.toFixed(3)} (t ${test.tStat.toFixed(1)}), 95 % intervals hold ${test.coverage.toFixed(3)}`,
  );
  const old = place(WEIGHTS_FILE);
  const same = existsSync(old) && hash(readFileSync(old)) === card.sha256;
  if (check) {
    if (!same)
      throw new Error(
        `amortise: ${old} must be what this command gives, but it is not; run npm run amortise`,
      );
    print(`${old}: is what this command gives`);
    return;
  }
  writeFiles({
    [old]: bytes,
    [place(CARD_FILE)]: `${JSON.stringify(card, undefined, 2)}\n`,
  });
  print(same ? `${old}: unchanged` : `${old}: written`);
});

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

const print = (line: string): void => void process.stdout.write(`${line}\n`);
