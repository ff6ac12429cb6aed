/** The study: every choice in one place, with where the report makes it. */

import { fileURLToPath } from "node:url";
import type { PanelAuditOptions } from "./data/audit/options.js";
import type { PanelSource } from "./data/panel-file.js";
import { shippedFile } from "./data/shipped.js";
import type { EstimatorFile } from "./models/ladder.js";
import { ACTIVATIONS, type Activation, STARTS, type Start } from "./models/network.js";
import type { Scaling } from "./models/network-inputs.js";
import type { SearchOptions } from "./models/search.js";
import type { Backend } from "./models/tfjs/backend.js";
import { packageFile } from "./package-file.js";
import { frequencyDefaults } from "./panel/frequency-defaults.js";
import { type Refit, type WalkForwardOptions, walkForwardSplits } from "./panel/walk-forward.js";
import type { Frequency, Split } from "./types.js";

/** Every choice of a study; a study file may give any of these keys, and the report's study, `STUDY`, has the rest. */
export interface Study extends PanelSource {
  /** Path of the factor file: simple returns of the Fama-French factors and RF, of the study's frequency. */
  readonly factors?: string;
  /** Path of a file with RF, where the factor file has none. */
  readonly riskFree?: string;
  /** What the data are, in a word that captions begin their sample with, such as "simulated"; nothing by default. */
  readonly label?: string;
  /** Sets of markets that hedge together, names joined by "+". */
  readonly marketSets: readonly string[];
  readonly lookback: number;
  /** The one network of Step 1. */
  readonly baseline: {
    readonly marketSet: string;
    readonly hidden: number;
    readonly learningRate: number;
    readonly activation: Activation;
    readonly replicates: number;
  };
  /** The networks of Step 2: every combination. */
  readonly grid: SearchOptions["grid"];
  readonly starts: readonly Start[];
  /** Units of the networks' inputs and outputs. */
  readonly scaling: Scaling;
  /** Whether the networks' inputs say which coin a row is of. */
  readonly coinIdentity: boolean;
  readonly epochs: number;
  /** Minutes that its networks may take on two cores: grid, epochs and refits of a study file are cut to it; see `withinBudget`. */
  readonly budget?: number;
  /** Fitting rows per step; all by default. */
  readonly batchSize?: number;
  /** What computes for TensorFlow.js in notebook 01: its WebAssembly, or the native library, if that is installed. */
  readonly backend: Backend;
  readonly seed: number;
  readonly split: Split;
  /** The years of the walk-forward evaluation, and how often networks are trained anew. */
  readonly walkForward: Pick<WalkForwardOptions, "test" | "refit" | "fitYears">;
  /** How often updated networks are trained anew. */
  readonly refit: Refit;
  /** Draws of every bootstrap, and the coverage of every interval. */
  readonly bootstrap: { readonly draws: number; readonly level: number };
  /** The portfolios of Step 9. */
  readonly sorts: {
    /** Portfolios of a sort; a study file that leaves it out has `usualQuantiles` of its coins. */
    readonly quantiles: number;
    /** Cost of a trade as a share of what is traded: fee and half the spread. */
    readonly cost: number;
  };
  /** Betas of other programs that join the ladder: an id of their own, and a CSV file each. */
  readonly estimators?: readonly EstimatorFile[];
  /** Path of a JSON list of claims of its own, which notebook 10 judges in the place of its template's: see `readClaims`. */
  readonly claims?: string;
  /** Whether the table of betas has a row for every network of an ensemble too, by its seed's number; not by default. */
  readonly betaSeeds?: boolean;
  /** How strict the audit of the data is, and which series are equity markets; its own defaults where left out. */
  readonly audit?: PanelAuditOptions;
}

/** The factor files that the project ships: those of a study that names none. */
export const FACTORS: Readonly<Record<Frequency, string>> = {
  monthly: shippedFile(frequencyDefaults.monthly.factors),
  weekly: shippedFile(frequencyDefaults.weekly.factors),
  daily: shippedFile(frequencyDefaults.daily.factors),
};

/** The report's study, on the panel that the project ships. */
export const STUDY: Study = {
  returns: shippedFile("monthly.csv"),
  factors: FACTORS.monthly,
  // Step 0: data resampled to a monthly frequency.
  frequency: "monthly",
  coins: ["BTC", "ETH", "LTC", "BCH"],
  markets: ["FIAT", "EQUITY", "GOLD", "ENERGY"],
  // Step 2, Best Configurations by Market.
  marketSets: [
    "FIAT",
    "EQUITY",
    "GOLD",
    "ENERGY",
    "FIAT+EQUITY",
    "FIAT+GOLD",
    "FIAT+EQUITY+GOLD+ENERGY",
  ],
  // Step 1: a 12-month look-back window.
  lookback: 12,
  // Step 2: the report's best network for FIAT. Ten replicates show the spread between seeds.
  baseline: {
    marketSet: "FIAT",
    hidden: 4,
    learningRate: 0.001,
    activation: "tanh",
    replicates: 10,
  },
  // Step 2: "hidden units (4, 8, 16), learning rates (0.001-0.1), and activations (linear, sigmoid, tanh, ReLU)".
  grid: {
    hidden: [4, 8, 16],
    learningRates: [0.001, 0.01, 0.1],
    activations: ACTIVATIONS,
    replicates: 20,
  },
  starts: STARTS,
  // The report does not say how it scaled. beta-scaled makes rates and starts mean the same on every market; notebook 04 has all three.
  scaling: "beta-scaled",
  // Step 1 trains one network on all coins and names returns as its only inputs.
  coinIdentity: false,
  // Step 3 speaks of minima within 100 epochs; twice that shows whether they are.
  epochs: 200,
  // The same bits everywhere; the native library is slower on networks this small.
  backend: "wasm",
  // Any number: every result is shown over several replicates of it.
  seed: 20180131,
  // Step 4 has twelve months, N = 12: 2023, the year of the sorts of Step 9.
  split: {
    inSample: { from: "2019-01", through: "2021-12" },
    validation: { from: "2022-01", through: "2022-12" },
    outOfSample: { from: "2023-01", through: "2023-12" },
  },
  // Not in the report, which tests on one year: every year that leaves one to fit on and one to select on.
  walkForward: {
    test: { from: "2021-01", through: "2024-12" },
    refit: "yearly",
  },
  // Not in the report, whose networks are frozen. Anew each time: going on from the weights of the refit before leaves the epoch that
  // the validation year chooses no way back, and made hedges worse: on FIAT+EQUITY by 9 % of the RMSE in months, 4 to 6 % in weeks.
  refit: "quarterly",
  bootstrap: { draws: 1999, level: 0.95 },
  // Step 9 sorts four coins into quartiles, one coin in each: that is no portfolio. Costs are not in the report: 20 basis points.
  sorts: { quantiles: 2, cost: 0.002 },
};

/**
 * The data of a study as captions call them.
 *
 * @example
 * dataLabel({ ...study, label: "simulated" }); // "simulated, monthly"
 */
export const dataLabel = ({ label, frequency }: Study): string =>
  label === undefined ? frequency : `${label}, ${frequency}`;

/**
 * The report's study on the same series in weeks, with their factors; its split and look-back stay, in weeks.
 *
 * @example
 * const inWeeks = await readPanel(weeklyStudy(study));
 * [inWeeks.frequency, inWeeks.dates.length]; // ["weekly", 361]
 */
export const weeklyStudy = (study: Study): Study => ({
  ...study,
  returns: shippedFile("weekly.csv"),
  frequency: "weekly",
  factors: FACTORS.weekly,
});

/**
 * The test years of a study's walk forward, with what is fitted and chosen before each.
 *
 * @param dates of the panel that is walked: of the study's, or of another frequency
 * @throws RangeError if no test year leaves one to fit on and one to choose on
 * @example
 * studySplits(study, panel.dates).map(({ outOfSample }) => outOfSample.from.slice(0, 4)); // ["2021", "2022", "2023", "2024"]
 */
export const studySplits = (study: Study, dates: readonly string[]): Split[] =>
  walkForwardSplits(dates, {
    ...study.walkForward,
    from: study.split.inSample.from,
    lookback: study.lookback,
  });

/** Where trained networks are kept between runs; the environment variable NEURAL_BETA_CACHE names another folder. */
export const CACHE: string =
  process.env.NEURAL_BETA_CACHE || fileURLToPath(packageFile("../.cache/networks"));

/**
 * True if the report's printed returns and factors can be set beside this study's: same files, names and frequency.
 *
 * @example
 * isReportPanel(study); // true
 * isReportPanel({ ...study, coins: ["BTC"] }); // false
 */
export function isReportPanel(study: Study): boolean {
  const identity = (s: Study) =>
    JSON.stringify([
      s.returns,
      s.kind,
      s.prices,
      s.factors,
      s.frequency,
      s.coins,
      s.markets,
      s.range,
      s.ends,
    ]);
  return identity(study) === identity(STUDY);
}

/**
 * True if the report's printed results can be set beside this study's: also the same look-back and split.
 *
 * @example
 * isReportStudy({ ...study, lookback: 24 }); // false: its panel is the report's, its networks are not
 */
export function isReportStudy(study: Study): boolean {
  const identity = (s: Study) => JSON.stringify([s.lookback, s.split]);
  return isReportPanel(study) && identity(study) === identity(STUDY);
}

/**
 * Simulated panels per process on which the study's estimators are scored: forty for the report's months; two elsewhere, as
 * they are not the study's own data.
 *
 * @example
 * simulatedPanels(study); // 40
 */
export const simulatedPanels = (study: Study): number => (isReportPanel(study) ? 40 : 2);
