/** Every sentence of the report is a claim that is measured, or says why it is none. */

import { beforeAll, describe, expect, it } from "vitest";
import { readRecords } from "../lib/src/data/panel-file.js";
import { shippedFile } from "../lib/src/data/shipped.js";

type Records = readonly Readonly<Record<string, string>>[];

describe("the report's sentences", () => {
  let sentences: Records;
  let claims: Records;
  const claimsOf = ({ claims: ids }: Records[number]) => ids!.split(" ").filter(Boolean);
  beforeAll(async () => {
    sentences = await readRecords(shippedFile("reported/sentences.csv"));
    claims = await readRecords(shippedFile("reported/claims.csv"));
  });

  it("make claims, or say why they make none", () => {
    for (const sentence of sentences)
      expect([sentence.sentence, claimsOf(sentence).length > 0]).toEqual([
        sentence.sentence,
        sentence.why === "",
      ]);
  });

  it("make every claim of the ledger, and no other", () => {
    const made = new Set(sentences.flatMap(claimsOf));
    expect([...made].sort()).toEqual(claims.map(({ id }) => id!).sort());
  });

  it("hold the words that their claims quote", () => {
    const plain = (text: string) => text.toLowerCase().replace(/\s+/g, " ");
    for (const { id, step, claim } of claims) {
      const own = sentences.filter((row) => row.step === step && claimsOf(row).includes(id!));
      const words = plain(claim!).split(" … ");
      const holds = own.some(({ sentence }) =>
        words.every((part) => plain(sentence!).includes(part)),
      );
      expect([id, holds]).toEqual([id, true]);
    }
  });
});
