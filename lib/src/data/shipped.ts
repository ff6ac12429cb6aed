/** The data that the project ships, and the panels in them beside the study's own. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFile } from "../package-file.js";
import type { PanelSource } from "./panel-file.js";

/** Files that the project ships: beside the library in the repository, in it where npm has packed it. */
const PROJECT_DATA = fileURLToPath(packageFile("../data/"));
const DATA = existsSync(join(PROJECT_DATA, "monthly.csv"))
  ? PROJECT_DATA
  : fileURLToPath(packageFile("dist/shipped/"));

/**
 * Path of a file that the project ships, for example `reported/returns.csv`, the report's rows of Step 0.
 *
 * @example
 * (await readDated(shippedFile("reported/returns.csv"))).dates.length; // 5: the report prints five months
 */
export const shippedFile = (name: string): string => join(DATA, name);

/**
 * The report's coins and markets on joined New York days, November 2017 to December 2024.
 *
 * @example
 * (await readPanel(dailySource)).dates.length; // 1755
 */
export const dailySource: PanelSource = {
  returns: shippedFile("daily.csv"),
  frequency: "daily",
  coins: ["BTC", "ETH", "LTC", "BCH"],
  markets: ["FIAT", "EQUITY", "GOLD", "ENERGY"],
};

/**
 * The shipped returns of three funds, XLE, GLD and USO, and of SPY and the broad dollar as their markets, 2010 to May 2025: pairs
 * whose betas are known to move, where methods can be told apart.
 *
 * @example
 * const funds = await readPanel(fundsSource("weekly"));
 * [funds.dates.length, ...funds.coins, ...funds.markets]; // [800, "XLE", "GLD", "USO", "SPY", "DOLLAR"]
 */
export const fundsSource = (frequency: "weekly" | "daily"): PanelSource => ({
  returns: shippedFile(`funds-${frequency}.csv`),
  frequency,
  coins: ["XLE", "GLD", "USO"],
  markets: ["SPY", "DOLLAR"],
});
