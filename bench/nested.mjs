/**
 * Size of the tests of nested betas: a true constant against one beta per coin, both estimated anew every month, over 47 of 83 months.
 *
 * node bench/nested.mjs [samples]; prints shares of rejections at 5 % as Markdown.
 */

import {
  clarkWest,
  clarkWestDifferential,
  dieboldMariano,
  encNew,
  hedgingErrors,
  historicalBeta,
  lossDifferential,
  pooledBeta,
  stream,
} from "neural-beta";

const samples = Number(process.argv[2] ?? 1000);
const [months, first, coins] = [83, 36, ["A", "B", "C", "D"]];
const dates = Array.from({ length: months }, (_, t) =>
  new Date(Date.UTC(2018, t + 1, 0)).toISOString().slice(0, 10),
);
const counts = { "Clark-West": 0, "ENC-NEW": 0, "Diebold-Mariano, for the constant": 0 };
const meanOf = (byCoin) =>
  byCoin[0].map((_, t) => byCoin.reduce((sum, own) => sum + own[t], 0) / byCoin.length);
for (let seed = 0; seed < samples; seed++) {
  const { normal } = stream(seed, "constant");
  const marketLogReturns = Float64Array.from(dates, () => 0.05 * normal());
  const coinLogReturns = Float64Array.from(
    { length: months * 4 },
    (_, at) => marketLogReturns[Math.floor(at / 4)] + 0.2 * normal(),
  );
  const panel = {
    dates,
    frequency: "monthly",
    coins,
    markets: ["X"],
    coinLogReturns,
    marketLogReturns,
  };
  const [small, large] = [pooledBeta, historicalBeta].map((beta) => {
    const errors = hedgingErrors(panel, beta(panel, { from: "2018", intervals: false }));
    return coins.map((_, i) =>
      Array.from({ length: months - first }, (__, t) => errors[(first + t) * 4 + i]),
    );
  });
  const cw = meanOf(small.map((own, i) => Array.from(clarkWestDifferential(own, large[i]))));
  if (clarkWest(cw, { lags: 0 }).pValue < 0.05) counts["Clark-West"]++;
  if (encNew(small, large, { draws: 199, seed }).pValue <= 0.05) counts["ENC-NEW"]++;
  const [a, b] = [large, small].map((errors) =>
    meanOf(errors.map((own) => own.map((e) => e ** 2))),
  );
  const dm = dieboldMariano(lossDifferential(a, b), { horizon: 1, variance: "acf" });
  if (dm.pValue < 0.05 && dm.statistic > 0) counts["Diebold-Mariano, for the constant"]++;
}
console.log(`| test | rejections at 5 %, ${samples} samples |\n| --- | ---: |`);
for (const [name, count] of Object.entries(counts))
  console.log(`| ${name} | ${((100 * count) / samples).toFixed(1)} % |`);
