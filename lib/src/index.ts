/** The public entry of neural-beta. */

export { pooledBeta } from "./betas/pooled.js";
export { zeroBeta } from "./betas/zero.js";
export { checkInteger, checkPositive } from "./check.js";
export {
  type DerivedFile,
  derivePanel,
  type FactorSource,
  type PriceSource,
  type RawFile,
  type Sources,
} from "./data/derive.js";
export {
  datedCsv,
  type PanelSource,
  readFactors,
  readPanel,
  readReturns,
} from "./data/panel-file.js";
export { type FactorFile, readFactorFile } from "./data/readers/ken-french.js";
export { readPrices } from "./data/readers/prices.js";
export { writeFiles } from "./data/write-file.js";
export { type BetaPathsInput, figureBetaPaths } from "./figures/beta-paths.js";
export type { Figure } from "./figures/figure.js";
export {
  figureLearningCurves,
  type LearningCurve,
} from "./figures/learning-curves.js";
export { figureReturns } from "./figures/returns.js";
export { hedgingErrors, hedgingRmse } from "./judging/hedging.js";
export {
  compareReported,
  type ReportedComparison,
} from "./judging/reported.js";
export {
  type Activation,
  type NetworkShape,
  networkOutputs,
  parameterCount,
  type Start,
  startingWeights,
} from "./models/network.js";
export {
  type Ensemble,
  ensemble,
  fitNeuralBeta,
  lossRmse,
  type NeuralFit,
  type NeuralOptions,
  networkBetas,
} from "./models/neural-beta.js";
export { tfjsTrainer } from "./models/tfjs/trainer.js";
export type {
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainingData,
  TrainingJob,
  TrainOptions,
} from "./models/trainer.js";
export { dayNumber, inRange, isoDate, periodEnd } from "./panel/calendar.js";
export { compoundedFactors } from "./panel/compound.js";
export {
  column,
  marketNames,
  onePair,
  panelOf,
  returnsOf,
  selectMarkets,
} from "./panel/panel.js";
export {
  type DailySeries,
  lastOfPeriod,
  type PeriodSeries,
} from "./panel/resample.js";
export {
  type JoinedReturns,
  joinReturns,
  logReturns,
} from "./panel/returns.js";
export {
  betaOfOutput,
  fittingScale,
  type Scale,
  scaledInputs,
} from "./panel/scale.js";
export { type SplitWindows, splitWindows } from "./panel/split.js";
export { lookbackWindows, selectRows } from "./panel/windows.js";
export { type Stream, stream } from "./random.js";
export { PLOTLY, progress, type Sentence, show, text } from "./show.js";
export { mean, rootMeanSquare, standardDeviation } from "./stats/moments.js";
export { leastSquares } from "./stats/ols.js";
export {
  isReportStudy,
  readStudy,
  STUDY,
  type Study,
  shippedFile,
} from "./study.js";
export { type HedgingRow, tableHedging } from "./tables/hedging.js";
export {
  tableReportedDifferences,
  tableReportedReturns,
} from "./tables/reported-returns.js";
export { tableReturns } from "./tables/returns.js";
export {
  type Cell,
  type Column,
  type Table,
  tableCsv,
  tableHtml,
  tableLatex,
  tableMarkdown,
  tableText,
} from "./tables/table.js";
export {
  type BetaKind,
  type BetaPath,
  betaPath,
  DataError,
  type DateRange,
  type Factors,
  type Frequency,
  type Panel,
  type Split,
  type Windows,
} from "./types.js";
