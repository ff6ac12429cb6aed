/** Which claims are told under every scaling: those of Steps 1 to 5 whose number depends on it. */

import { expect, it } from "vitest";
import { SCALINGS } from "../lib/src/models/network-inputs.js";
import { dependingClaims } from "../lib/src/report/claims/scaling-verdicts.js";
import { printed } from "./support/claim-context.js";

it("are those of these steps whose number is another under one scaling at least", () => {
  const claims = [printed("same", "1"), printed("other", "2"), printed("later", "7")];
  const ledgers = Object.fromEntries(
    SCALINGS.map((scaling, s) => [
      scaling,
      [
        { measured: 5, verdict: "undecided" },
        { measured: s === 0 ? 1 : 2, verdict: s === 0 ? "supported" : "undecided" },
        { measured: s, verdict: "undecided" },
      ],
    ]),
  ) as unknown as Parameters<typeof dependingClaims>[1];
  const found = dependingClaims(claims, ledgers);
  expect(found.map(({ id }) => id)).toEqual(["other"]);
  const [first, second] = SCALINGS;
  expect(found[0]!.measured).toMatchObject({ [first]: 1, [second]: 2 });
  expect(found[0]!.verdicts).toMatchObject({ [first]: "supported", [second]: "undecided" });
});
