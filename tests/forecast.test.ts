/** What is said of a run before it begins: from runs that were timed, in the proportion of what the cache lacks. */

import { describe, expect, it } from "vitest";
import { missingShare, secondsBetween } from "../tools/dist/forecast.js";

describe("the forecast of a run", () => {
  it("knows the share of the networks that the cache lacks", () => {
    const counts = (search: number, walk: number) => ({
      search: { networks: 100, kept: search },
      walk: { networks: 300, kept: walk },
    });
    expect(missingShare(counts(0, 0))).toBe(1);
    expect(missingShare(counts(100, 0))).toBe(0.75);
    expect(missingShare(counts(100, 300))).toBe(0);
    const none = { networks: 0, kept: 0 };
    expect(missingShare({ search: none, walk: none })).toBe(0);
  });

  it("lies between a run with everything in the cache and one with nothing", () => {
    const before = { cold: 200, warm: 20 };
    expect(secondsBetween(before, 1)).toBe(200);
    expect(secondsBetween(before, 0)).toBe(20);
    expect(secondsBetween(before, 0.25)).toBe(65);
  });

  it("is no run's that was not timed", () => {
    expect(secondsBetween(undefined, 1)).toBeUndefined();
    expect(secondsBetween({ cold: 200 }, 0)).toBeUndefined();
    expect(secondsBetween({ warm: 20 }, 1)).toBeUndefined();
    expect(secondsBetween({ cold: 200 }, 0.5)).toBeUndefined();
    expect(secondsBetween({ cold: 200 }, 1)).toBe(200);
  });
});
