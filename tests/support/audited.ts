/** Data without a fault, seeded: what the tests of the audit damage. */

import type { DailyBars } from "../../lib/src/data/audit/fields.js";
import type { Check, Finding } from "../../lib/src/data/audit/finding.js";
import type { PanelAuditOptions } from "../../lib/src/data/audit/options.js";
import { type AuditReferences, auditPanel } from "../../lib/src/data/audit/panel.js";
import { dayNumber, isoDate, weekday } from "../../lib/src/panel/calendar.js";
import type { DailySeries } from "../../lib/src/panel/resample.js";
import { stream } from "../../lib/src/random.js";
import type { Factors, Panel } from "../../lib/src/types.js";

/** Draws of Student's t: a normal over the root of a mean of squared normals. */
export function studentT(df: number, ...key: readonly (string | number)[]): () => number {
  const draw = stream("studentT", df, ...key);
  return () => {
    let squares = 0;
    for (let i = 0; i < df; i++) squares += draw.normal() ** 2;
    return draw.normal() / Math.sqrt(squares / df);
  };
}

/** Last days of months from 2018-01. */
export const months = (T: number): string[] =>
  Array.from({ length: T }, (_, t) => isoDate(Date.UTC(2018, t + 1, 0) / 86_400_000));

export const T = 84;
export const COINS = ["A", "B"] as const;
export const MARKETS = ["FIAT", "EQUITY", "GOLD", "ENERGY"] as const;
const SCALES = { A: 0.15, B: 0.2, FIAT: 0.015, GOLD: 0.035, ENERGY: 0.05 };

/** Twelve months more than the panel has: five factors and RF, printed with four decimals as their publisher does. */
export function cleanFactors(): Factors {
  const dates = months(T + 12);
  const names = ["Mkt-RF", "SMB", "HML", "RMW", "CMA"];
  const draws = names.map((name) => studentT(4, "factor", name));
  const rounded = (x: number) => Number(x.toFixed(4));
  return {
    dates,
    names,
    simpleReturns: Float64Array.from(
      dates.flatMap(() => draws.map((draw, f) => rounded((f === 0 ? 0.035 : 0.02) * draw()))),
    ),
    riskFree: Float64Array.from(dates, (_, t) => rounded(0.004 * (t / T))),
  };
}

/** Student t with 4 degrees of freedom; EQUITY is the stock market of `cleanFactors` and a little noise. */
export function cleanPanel(): Panel {
  const factors = cleanFactors();
  const column = (name: keyof typeof SCALES) => {
    const draw = studentT(4, name);
    return Array.from({ length: T }, () => SCALES[name] * draw());
  };
  const noise = studentT(4, "EQUITY");
  const columns: Readonly<Record<string, number[]>> = {
    A: column("A"),
    B: column("B"),
    FIAT: column("FIAT"),
    EQUITY: Array.from(
      { length: T },
      (_, t) =>
        Math.log(1 + factors.simpleReturns[t * 5]! + factors.riskFree[t]!) + 0.003 * noise(),
    ),
    GOLD: column("GOLD"),
    ENERGY: column("ENERGY"),
  };
  const matrix = (names: readonly string[]) =>
    Float64Array.from(
      Array.from({ length: T }, (_, t) => t).flatMap((t) =>
        names.map((name) => columns[name]![t]!),
      ),
    );
  return {
    frequency: "monthly",
    dates: months(T),
    coins: COINS,
    markets: MARKETS,
    coinLogReturns: matrix(COINS),
    marketLogReturns: matrix(MARKETS),
  };
}

export const panel = cleanPanel();
export const factors = cleanFactors();
export const { dates } = panel;
/** All rows of the panel. */
export const all = [...dates.keys()];

/** What the audit says of a panel beside the clean factors. */
export const audit = (
  audited: Panel,
  references: AuditReferences = { factors },
  options: PanelAuditOptions = {},
): Finding[] => auditPanel(audited, references, options);

/** The panel with the returns of one series changed. */
export function changed(
  panel: Panel,
  series: string,
  change: (value: number, t: number) => number,
): Panel {
  const edit = (names: readonly string[], values: Float64Array) =>
    values.map((value, at) =>
      names[at % names.length] === series ? change(value, Math.floor(at / names.length)) : value,
    );
  return {
    ...panel,
    coinLogReturns: edit(panel.coins, panel.coinLogReturns),
    marketLogReturns: edit(panel.markets, panel.marketLogReturns),
  };
}

/** Some rows of a panel, in the order given. */
export function rowsOf(panel: Panel, rows: readonly number[]): Panel {
  const pick = (values: Float64Array, width: number) =>
    Float64Array.from(rows.flatMap((t) => [...values.subarray(t * width, (t + 1) * width)]));
  return {
    ...panel,
    dates: rows.map((t) => panel.dates[t]!),
    coinLogReturns: pick(panel.coinLogReturns, panel.coins.length),
    marketLogReturns: pick(panel.marketLogReturns, panel.markets.length),
  };
}

/** Weekdays from 2018-01-01 on, or all days. */
export function days(n: number, everyDay = false): number[] {
  const out: number[] = [];
  for (let day = dayNumber("2018-01-01"); out.length < n; day++)
    if (everyDay || weekday(day) % 6 !== 0) out.push(day);
  return out;
}

/** Bars of a random walk in cents: a night of half the day's size, and a day of three steps that high and low know. */
export function cleanBars(
  on: readonly number[],
  ...key: readonly (string | number)[]
): Required<Omit<DailyBars, "adjustedClose">> {
  const draw = studentT(4, "bars", ...key);
  const cents = (price: number) => Math.round(100 * price) / 100;
  let price = 100;
  const bars = on.map(() => {
    const path = [0.005, 0.006, 0.006, 0.006].map((size) => {
      price *= Math.exp(size * draw());
      return cents(price);
    });
    return {
      open: path[0]!,
      high: Math.max(...path),
      low: Math.min(...path),
      close: path.at(-1)!,
    };
  });
  const field = (name: keyof (typeof bars)[number]): DailySeries => ({
    days: Int32Array.from(on),
    values: Float64Array.from(bars, (bar) => bar[name]),
  });
  return {
    open: field("open"),
    high: field("high"),
    low: field("low"),
    close: field("close"),
  };
}

/** What a finding is about, without its numbers. */
export const found = (findings: readonly Finding[]): [string, Check, string | null][] =>
  findings.map(({ series, check, date }) => [series, check, date]);
