/** The public entry of neural-beta, by room, in the order in which rooms import. */

// Shapes, checks, chance and text

export { checkId, checkInteger, checkPositive } from "./check.js";
export { markdownText } from "./markdown.js";
export { type Stream, stream } from "./random.js";
export {
  type Band,
  type BetaKind,
  type BetaPath,
  betaPath,
  DataError,
  type DatedSeries,
  type DateRange,
  type Draws,
  type Factors,
  type Frequency,
  type Panel,
  type Progress,
  type Sample,
  type Split,
  type Windows,
} from "./types.js";

// Statistics of arrays

export {
  type BlockLengths,
  defaultBlockLength,
  optimalBlockLength,
} from "./stats/block-length.js";
export {
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapInterval,
} from "./stats/bootstrap.js";
export {
  type ClarkWest,
  clarkWest,
  clarkWestDifferential,
} from "./stats/clark-west.js";
export { correlation } from "./stats/correlation.js";
export { type Cusum, type CusumOptions, cusum } from "./stats/cusum.js";
export {
  type DccFilter,
  type DccFit,
  type DccOptions,
  type DccParameters,
  dcc,
  dccFilter,
} from "./stats/dcc.js";
export type { DccRecursion } from "./stats/dcc-walk.js";
export {
  type DetectableMean,
  type DetectableOptions,
  detectableMean,
} from "./stats/detectable-mean.js";
export {
  type DieboldMariano,
  type DieboldMarianoOptions,
  dieboldMariano,
  lossDifferential,
} from "./stats/diebold-mariano.js";
export {
  chiSquareCdf,
  chiSquareSurvival,
  fCdf,
  fSurvival,
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTQuantile,
  studentTSurvival,
  twoSidedP,
} from "./stats/distributions.js";
export { type EncNew, type EncNewOptions, encNew } from "./stats/enc-new.js";
export { forbesRigobon } from "./stats/forbes-rigobon.js";
export {
  type GarchErrors,
  type GarchFilter,
  type GarchFit,
  type GarchParameters,
  garch,
  garchFilter,
} from "./stats/garch.js";
export { type GrsTest, grsTest } from "./stats/grs.js";
export { type Inference, inference } from "./stats/inference.js";
export { jackknifeError } from "./stats/jackknife.js";
export {
  type ModelConfidenceSet,
  modelConfidenceSet,
} from "./stats/model-confidence-set.js";
export {
  mean,
  rootMeanSquare,
  type SampleMoments,
  type SmallSampleMoments,
  sampleMoments,
  smallSampleMoments,
  standardDeviation,
} from "./stats/moments.js";
export {
  benjaminiHochbergPValues,
  benjaminiYekutieliPValues,
  holmPValues,
} from "./stats/multiple-testing.js";
export {
  type NeweyWestOptions,
  neweyWestAutomaticLags,
  neweyWestCovariance,
  neweyWestLags,
} from "./stats/newey-west.js";
export {
  type NormalKurtosisOptions,
  normalKurtosis,
  shareAbove,
} from "./stats/normal-kurtosis.js";
export {
  leastSquares,
  type Regression,
  type RegressionDesign,
  regression,
} from "./stats/ols.js";
export { type GroupMoments, type OneWayTest, oneWayTest, welchTest } from "./stats/one-way.js";
export {
  type MonotonicRelation,
  pattonTimmermann,
} from "./stats/patton-timmermann.js";
export { quantile } from "./stats/quantile.js";
export {
  type RandomWalkEstimate,
  type RandomWalkFilter,
  type RandomWalkVariances,
  randomWalkFilter,
  randomWalkVariances,
} from "./stats/random-walk.js";
export { type RecursiveOls, recursiveOls } from "./stats/recursive-ols.js";
export {
  circularResamples,
  type ResampleOptions,
  type Resamples,
  stationaryResamples,
  valuesOf,
} from "./stats/resamples.js";
export { type RmseChange, rmseChange } from "./stats/rmse-change.js";
export {
  type RollingOls,
  type RollingOlsOptions,
  rollingOls,
} from "./stats/rolling-ols.js";
export { type RomanoWolfOptions, romanoWolfPValues } from "./stats/romano-wolf.js";
export { type SpanningTest, spanningTest } from "./stats/spanning.js";
export { type Spread, spread } from "./stats/spread.js";
export { type StudentizedOptions, studentizedChange } from "./stats/studentized-change.js";
export {
  type BreakOptions,
  type ChowTest,
  chowTest,
  type SupWald,
  type SupWaldOptions,
  supWald,
} from "./stats/sup-wald.js";
export { type WaldTest, waldTest } from "./stats/wald.js";
export { type WhiteKind, whiteCovariance } from "./stats/white.js";

// Panels: calendars, returns, windows, splits, simulated panels

export { type Amplitude, amplitudes } from "./panel/amplitude.js";
export {
  dayNumber,
  inRange,
  isoDate,
  periodEnd,
  type Weekday,
} from "./panel/calendar.js";
export { compoundedFactors } from "./panel/compound.js";
export { correlations } from "./panel/correlations.js";
export { panelThrough } from "./panel/cut.js";
export { type DayShift, dayShifts } from "./panel/day-shift.js";
export type { DroppedPeriods } from "./panel/dropped.js";
export { datesAfter, HALVINGS, stressDates } from "./panel/events.js";
export {
  factorGap,
  factorSeries,
  factorsOn,
  withFactorMarkets,
  withPredictors,
  zeroRates,
} from "./panel/factors.js";
export {
  type FrequencyDefaults,
  frequencyDefaults,
  halfLivesOf,
} from "./panel/frequency-defaults.js";
export { type CoinLife, coinLives, isBalanced } from "./panel/lives.js";
export {
  betaOffset,
  coinReturns,
  column,
  marketNames,
  marketReturns,
  onePair,
  panelOf,
  returnsOf,
  selectMarkets,
  seriesOf,
} from "./panel/panel.js";
export {
  type PeriodReturns,
  type PeriodReturnsOptions,
  periodReturns,
} from "./panel/period-returns.js";
export {
  type DailySeries,
  lastOfPeriod,
  type PeriodSeries,
  type SeriesEnd,
} from "./panel/resample.js";
export {
  type ByName,
  type Join,
  joinReturns,
  logReturns,
  simpleReturns,
} from "./panel/returns.js";
export {
  betaOfOutput,
  fittingScale,
  type Scale,
  scaledInputs,
} from "./panel/scale.js";
export { mergedSeries, selectSeries } from "./panel/series.js";
export {
  BETA_PROCESSES,
  type BetaProcess,
  type SimulatedPanel,
  type SimulationOptions,
  simulatedPanel,
} from "./panel/simulate.js";
export {
  type SplitWindows,
  splitWindows,
  targetRange,
} from "./panel/split.js";
export {
  REFITS,
  type Refit,
  type WalkForwardOptions,
  walkForwardSplits,
} from "./panel/walk-forward.js";
export { isCompleteRow, lookbackWindows, selectRows } from "./panel/windows.js";

// Readers, audit, downloads

export { auditBetas, type BetaAudit } from "./data/audit/betas.js";
export { auditDaily, type DailyAuditOptions } from "./data/audit/daily.js";
export { factorRevisions } from "./data/audit/factors.js";
export { type DailyBars, fieldReturns } from "./data/audit/fields.js";
export {
  CHECKS,
  type Check,
  type Finding,
  findingText,
  stopOnErrors,
} from "./data/audit/finding.js";
export type { AuditOptions, PanelAuditOptions } from "./data/audit/options.js";
export {
  type AuditReferences,
  auditPanel,
} from "./data/audit/panel.js";
export { auditSources } from "./data/audit/sources.js";
export { auditStudy } from "./data/audit/study.js";
export { type BetaFileRow, readBetaFile } from "./data/beta-file.js";
export { dailyPrices, type PriceInput } from "./data/daily-prices.js";
export { readDayShifts, studyDayShifts } from "./data/day-shifts.js";
export { derivedDayShifts, derivePanel } from "./data/derive.js";
export type { DerivedFile } from "./data/derived-file.js";
export {
  type Download,
  type DownloadOptions,
  type DownloadRequest,
  download,
} from "./data/download.js";
export { downloadSources } from "./data/download-sources.js";
export {
  type ColumnDrift,
  type Move,
  panelDrift,
  ROUNDING,
} from "./data/drift.js";
export {
  datedCsv,
  type PanelSource,
  readDated,
  readFactors,
  readPanel,
  readPanelAccount,
  readRecords,
  type StudyFactors,
} from "./data/panel-file.js";
export type {
  FactorSource,
  PriceSource,
  PublisherFile,
  RawFile,
  Sources,
} from "./data/published-files.js";
export { readBytes } from "./data/read-file.js";
export type { DateOptions, DateOrder } from "./data/readers/dates.js";
export type { ReadOptions } from "./data/readers/format.js";
export {
  type FactorFile,
  type FactorFileOptions,
  readFactorFile,
} from "./data/readers/ken-french.js";
export {
  type PriceChoice,
  type PriceOptions,
  type PriceSeries,
  readPriceSeries,
  readPrices,
} from "./data/readers/prices.js";
export {
  type RecognisedFile,
  recogniseFormat,
} from "./data/readers/recognise.js";
export { readWide, type WideOptions } from "./data/readers/wide.js";
export {
  type ReturnsOfPrices,
  type ReturnsOfPricesOptions,
  returnsOfPrices,
} from "./data/returns-of-prices.js";
export { sha256 } from "./data/sha256.js";
export { dailySource, fundsSource, shippedFile } from "./data/shipped.js";
export { readSources } from "./data/sources.js";
export { studyPrices } from "./data/study-prices.js";
export { writeFiles } from "./data/write-file.js";

// Classical and null betas

export { betaWithin, heldBeta, stitchedBeta } from "./betas/assemble.js";
export { bankBeta } from "./betas/bank.js";
export { type BlumeOptions, blumeBeta } from "./betas/blume.js";
export {
  type BootstrapBetaOptions,
  bootstrapBeta,
} from "./betas/bootstrap-beta.js";
export { checkEstimator } from "./betas/check-estimator.js";
export { csvEstimator } from "./betas/csv.js";
export { type DccBetaOptions, dccBeta } from "./betas/dcc.js";
export { type DimsonOptions, dimsonBeta } from "./betas/dimson.js";
export {
  type Estimator,
  type FittedOptions,
  fittedEstimator,
  type PathSample,
  pathEstimator,
  runningEstimator,
  type Update,
} from "./betas/estimator.js";
export { type EwmaOptions, ewmaBeta } from "./betas/ewma.js";
export { type FrazziniPedersenOptions, frazziniPedersenBeta } from "./betas/frazzini-pedersen.js";
export { hedgingErrors, hedgingRmse } from "./betas/hedging.js";
export { historicalBeta } from "./betas/historical.js";
export { kalmanBeta } from "./betas/kalman.js";
export { classicalLadder, type LadderOptions } from "./betas/ladder.js";
export { meanBeta } from "./betas/mean-beta.js";
export { oneBeta } from "./betas/one.js";
export { pooledBeta } from "./betas/pooled.js";
export { type RealisedOptions, realisedBeta } from "./betas/realised.js";
export {
  type HarOptions,
  harBeta,
  type RealisedForecastOptions,
  realisedLevelBeta,
} from "./betas/realised-forecasts.js";
export type { ExpandingOptions } from "./betas/regression-betas.js";
export { type RidgeOptions, ridgeBeta } from "./betas/ridge.js";
export { type RollingOptions, rollingBeta } from "./betas/rolling.js";
export { scholesWilliamsBeta } from "./betas/scholes-williams.js";
export { betaSeries, type DatedBeta } from "./betas/series.js";
export { type TunedOptions, tuned } from "./betas/tuning.js";
export { type VasicekOptions, vasicekBeta } from "./betas/vasicek.js";
export { type WelchOptions, welchBeta } from "./betas/welch.js";
export { zeroBeta } from "./betas/zero.js";

// The neural beta

export {
  amortisedBeta,
  amortisedEstimator,
  amortisedPanelBeta,
  type SeriesBeta,
} from "./models/amortised/amortised-beta.js";
export { EXPERT_GROUPS, GROUP_HALF_LIVES } from "./models/amortised/expert-groups.js";
export {
  OUTSIDE_PROCESSES,
  type OutsideProcess,
  outsideSeries,
} from "./models/amortised/outside.js";
export {
  amortisedWeights,
  type DatedWeights,
  MEAN_SERIES,
} from "./models/amortised/panel-weights.js";
export {
  PRIOR_SETTING,
  priorSeries,
  type SeriesOptions,
  type SimulatedSeries,
  simulatedSeries,
} from "./models/amortised/prior.js";
export {
  type ProcessScore,
  processScores,
  type TruthScore,
  truthScores,
} from "./models/amortised/prior-test.js";
export { PRIOR_PROCESSES, type PriorProcess } from "./models/amortised/processes.js";
export type { Score } from "./models/amortised/score.js";
export { makeAmortised, TEST_LOOKBACKS } from "./models/amortised/ship.js";
export {
  type AmortisedTrainingOptions,
  TRAINING_PLAN,
  type TrainingPlan,
} from "./models/amortised/training.js";
export {
  type AmortisedCard,
  amortisedCard,
  CARD_FILE,
  WEIGHTS_FILE,
} from "./models/amortised/weights.js";
export { mergeCaches } from "./models/cache/merge.js";
export { CACHE_LIMIT, type CacheOptions, cachedTrainer } from "./models/cache/trainer.js";
export { type ChosenFit, type ChosenFitsOptions, chosenFits } from "./models/chosen-fits.js";
export {
  type Convergence,
  convergence,
  type GridConvergence,
  gridConvergence,
} from "./models/convergence.js";
export { type DailyLadderOptions, dailyLadder } from "./models/daily-ladder.js";
export {
  ensembleBetas,
  type LearningCurves,
  learningCurves,
  replicateBetas,
} from "./models/ensemble.js";
export {
  equalInformation,
  type InformationOptions,
  networkPooled,
} from "./models/equal-information.js";
export type { Kept, KeptResults } from "./models/kept.js";
export { type EstimatorFile, ladder, type WholeLadderOptions } from "./models/ladder.js";
export { type ModelEstimatorOptions, modelEstimator } from "./models/model-estimator.js";
export { fitModel, type ModelFit, type ModelOptions } from "./models/model-fit.js";
export {
  type Activation,
  type NetworkShape,
  networkOutputs,
  parameterCount,
  type Start,
  type StartingOptions,
  startingWeights,
  weightParts,
} from "./models/network.js";
export {
  type BlockBetas,
  type MarketBetas,
  marketBetas,
  type NetworkBetas,
  networkBetas,
} from "./models/network-betas.js";
export {
  type NetworkInputOptions,
  type NetworkScale,
  networkInputs,
  networkScale,
  networkWidth,
  SCALINGS,
  type Scaling,
} from "./models/network-inputs.js";
export {
  type Final,
  fitNeuralBeta,
  type NeuralFit,
  type NeuralOptions,
  type TrainedFit,
} from "./models/neural-beta.js";
export {
  type ChosenOptions,
  fitChosen,
  isNetwork,
  type NeuralEstimatorOptions,
  neuralEstimator,
} from "./models/neural-estimator.js";
export {
  type RawNetworks,
  type RawNetworksOptions,
  rawNetworkCounts,
  rawNetworks,
} from "./models/raw-networks.js";
export {
  type RecurrentBetaOptions,
  recurrentBeta,
  recurrentEstimator,
} from "./models/recurrent/recurrent-beta.js";
export {
  bayesSteps,
  TRIAL_PROCESSES,
  type TrialOptions,
  type TrialProcess,
  type TrialSeries,
  trialSeries,
} from "./models/recurrent/synthetic.js";
export { RECURRENT_PLAN, type RecurrentPlan } from "./models/recurrent/training.js";
export {
  type RecurrentTrialOptions,
  recurrentTrial,
  type TrialNetwork,
  type TrialRow,
} from "./models/recurrent/trial.js";
export {
  bestConfigurations,
  type SearchOptions,
  type SearchRow,
  searchNetworks,
} from "./models/search.js";
export {
  type Asked,
  inShard,
  type Shard,
  type ShardOptions,
  shardTrainer,
} from "./models/shard.js";
export { kernelCode } from "./models/simd/kernel-file.js";
export { kernelTraining } from "./models/simd/kernel-training.js";
export { type SimdOptions, simdTrainer } from "./models/simd/trainer.js";
export { BACKENDS, type Backend, type Tfjs } from "./models/tfjs/backend.js";
export type { ModelShape } from "./models/tfjs/model-checks.js";
export type { ModelBuilder } from "./models/tfjs/model-family.js";
export { MODEL_STARTS, type ModelStart } from "./models/tfjs/model-start.js";
export { type TfjsOptions, tfjsTrainer } from "./models/tfjs/trainer.js";
export type {
  BlockShape,
  NetworkScore,
  TrainedNetwork,
  Trainer,
  TrainingBlock,
  TrainingData,
  TrainingJob,
  TrainOptions,
} from "./models/trainer.js";
export {
  type NetworkOptions,
  type PreparedPanel,
  type PrepareOptions,
  preparePanel,
  type TrainingOptions,
  trainingJobs,
} from "./models/training-jobs.js";
export { trainingWork } from "./models/training-work.js";

// Portfolios sorted by beta

export {
  type Monotonicity,
  type MonotonicityOptions,
  monotonicity,
} from "./portfolios/monotonicity.js";
export {
  maxDrawdown,
  type Performance,
  type PerformanceOptions,
  portfolioPerformance,
  wealthOf,
} from "./portfolios/performance.js";
export {
  excessOverMarket,
  REPORT_QUANTILES,
  reportReturns,
} from "./portfolios/report-returns.js";
export {
  type PortfolioOptions,
  type PortfolioReturns,
  portfolioReturns,
} from "./portfolios/returns.js";
export {
  type BetaSort,
  betaSort,
  fewestCoins,
  type SortCounts,
  type SortOptions,
  usualQuantiles,
} from "./portfolios/sort.js";
export {
  babPortfolio,
  longShortPortfolio,
  type Portfolio,
  quantilePortfolios,
} from "./portfolios/weights.js";

// How estimators differ

export { against } from "./comparing/against.js";
export { type AnnualBeta, annualBetas } from "./comparing/annual-betas.js";
export {
  type BetaBreak,
  type BetaBreakOptions,
  type BetaPeriod,
  betaBreak,
  betaPeriods,
} from "./comparing/beta-breaks.js";
export {
  type BetaStatistics,
  betaStatistics,
} from "./comparing/beta-statistics.js";
export {
  type CoinPricing,
  coinPricing,
  type LongShortAlpha,
  longShortAlphas,
} from "./comparing/coin-pricing.js";
export { type EpisodeBeta, episodeBetas } from "./comparing/episode-betas.js";
export {
  type EventWindow,
  type EventWindowOptions,
  eventWindows,
} from "./comparing/event-windows.js";
export {
  type FactorGainOptions,
  type FactorGainRow,
  factorGain,
} from "./comparing/factor-gain.js";
export {
  type FactorRegressionRow,
  factorRegressions,
} from "./comparing/factor-regressions.js";
export {
  type ComparisonRow,
  compareForecasts,
  type ForecastComparisonOptions,
  forecastComparison,
} from "./comparing/forecast-comparison.js";
export {
  type FactorExperiment,
  type GainCandidate,
  gainCandidates,
} from "./comparing/gain-candidates.js";
export {
  type HedgeEconomics,
  type HedgeOptions,
  hedgeEconomics,
} from "./comparing/hedge-economics.js";
export {
  type CoverageOptions,
  type IntervalCoverage,
  intervalCoverage,
} from "./comparing/interval-coverage.js";
export { type Information, type NestedTest, nestedTests } from "./comparing/nested-tests.js";
export {
  type NetworkCount,
  type NetworkCountOptions,
  networkCount,
} from "./comparing/network-count.js";
export { type NullScores, nullScores } from "./comparing/nulls.js";
export {
  type CumulativeGain,
  cumulativeGains,
  type OutOfSampleTest,
  outOfSampleTests,
  POWER,
} from "./comparing/out-of-sample-tests.js";
export type { PairedTests } from "./comparing/paired-tests.js";
export {
  type NamedEstimate,
  type PanelShare,
  type PanelSharesOptions,
  panelShares,
} from "./comparing/panel-shares.js";
export {
  type PerformanceRow,
  type PortfolioSort,
  type PortfolioSortOptions,
  type PortfolioSortsOptions,
  performanceRows,
  portfolioSorts,
  type SortDefinition,
  type SortedPortfoliosOptions,
  sortedPortfolios,
} from "./comparing/portfolio-sorts.js";
export { type RealisedPrediction, realisedPredictions } from "./comparing/realised-prediction.js";
export {
  type RefitEffect,
  type RefitEffectOptions,
  refitEffect,
} from "./comparing/refit-effect.js";
export {
  type NamedPanel,
  type Regret,
  regrets,
  seriesPair,
  singleMarkets,
} from "./comparing/regrets.js";
export { type BlockScore, networkScore, pathScore } from "./comparing/scores.js";
export {
  type SearchCount,
  type SearchTest,
  searchCounts,
  searchTests,
} from "./comparing/search-tests.js";
export { type ShiftedBeta, shiftedBetas } from "./comparing/shifted-betas.js";
export {
  type SimulatedBetasOptions,
  type SimulatedRow,
  simulatedBetas,
} from "./comparing/simulated-betas.js";
export {
  type SimulatedDesign,
  type SimulatedDesignsOptions,
  simulatedDesigns,
} from "./comparing/simulated-designs.js";
export { type StudyTrainingOptions, trainStudy } from "./comparing/study-training.js";
export { type WalkForwardRun, walkForward } from "./comparing/walk-forward.js";
export {
  type EvaluationDesign,
  type Walked,
  type WalkedOptions,
  walkedLadder,
  walkedSets,
} from "./comparing/walked.js";
export { walkedUpdated } from "./comparing/walked-updated.js";

// A published study held to account

export {
  type ClaimEvidence,
  type ClaimInputs,
  LEDGER_DRAWS,
  type MeasuredClaim,
  type PrintedClaim,
  printedClaims,
  printedConfigurations,
} from "./report/claims/claim.js";
export { type EnsembleError, ensembleErrors } from "./report/claims/ensemble-error.js";
export {
  type ClaimRow,
  claimLedger,
  claimRegion,
  measuredClaims,
} from "./report/claims/ledger.js";
export { type ScalingVerdict, scalingVerdicts } from "./report/claims/scaling-verdicts.js";
export { type Standing, standing } from "./report/claims/standing.js";
export { detectableEffect } from "./report/detectable-effect.js";
export { equityStandIn } from "./report/equity-stand-in.js";
export {
  type BootstrapMeasure,
  bootstrapMeasurement,
  exactMeasurement,
  type Measurement,
  type StudentEstimate,
  studentMeasurement,
} from "./report/measurement.js";
export {
  type MultiverseOptions,
  multiverse,
} from "./report/multiverse/multiverse.js";
export type { Specification } from "./report/multiverse/specification.js";
export {
  type PrintedBeta,
  type PrintedBetasOptions,
  printedBetas,
} from "./report/printed-betas.js";
export {
  compareReported,
  type ReportedComparison,
} from "./report/reported.js";
export {
  matchReported,
  type ReportedConfiguration,
} from "./report/reported-search.js";
export {
  matchReportedSorts,
  missingCoins,
  type ReportedSort,
} from "./report/reported-sorts.js";
export {
  KURTOSIS_CONVENTIONS,
  type KurtosisCheck,
  type KurtosisConvention,
  kurtosisCheck,
  type ReportedStatistics,
  reportedStatistics,
} from "./report/reported-statistics.js";
export {
  type ScalingBeta,
  type ScalingBetasOptions,
  scalingBetas,
} from "./report/scaling-betas.js";
export { readClaims } from "./report/study-claims/claims-file.js";
export { type StudyClaimInputs, studyLedger } from "./report/study-claims/measures.js";
export {
  CLAIM_STATISTICS,
  CLAIM_TEMPLATE,
  type ClaimEntry,
  type ClaimPlaces,
  type ClaimStatistic,
  CORRELATION_STATISTICS,
  type CorrelationSample,
  type CorrelationStatistic,
  type StudyClaim,
  studyClaims,
} from "./report/study-claims/template.js";
export {
  type AdjustedPValues,
  decidingInterval,
  type Interval,
  type IntervalPlace,
  type IntervalPlaces,
  intervalPlace,
  intervalPlaces,
  type Region,
  regionPValue,
  tooNarrow,
  VERDICTS,
  type Verdict,
  verdict,
} from "./report/verdict.js";

// Figures

export { figureAmortised, figureAmortisedTraining } from "./figures/amortised.js";
export { figureAnnualBetas } from "./figures/annual-betas.js";
export {
  type BetaDistributionsInput,
  figureBetaDistributions,
} from "./figures/beta-distributions.js";
export {
  type BetaDynamicsMarks,
  figureBetaDynamics,
} from "./figures/beta-dynamics.js";
export { figureBetaLines } from "./figures/beta-lines.js";
export { type BetaPathsInput, figureBetaPaths } from "./figures/beta-paths.js";
export { figureClaims } from "./figures/claims.js";
export { figureCumulativeGains } from "./figures/cumulative-gains.js";
export { figureFactorGain } from "./figures/factor-gain.js";
export { figureFactorLoadings } from "./figures/factor-loadings.js";
export type { Figure } from "./figures/figure.js";
export { figureLadder } from "./figures/ladder.js";
export { COLUMN_WIDTHS, figureLatex, type PictureParts } from "./figures/latex.js";
export {
  figureLearningCurves,
  type LearningCurvesOptions,
  type LearningCurvesPlot,
  learningCurvesPlots,
} from "./figures/learning-curves.js";
export { figurePortfolioWealth } from "./figures/portfolio-wealth.js";
export { figurePrices } from "./figures/prices.js";
export { figureRecurrentWeights } from "./figures/recurrent-weights.js";
export { figureReturns } from "./figures/returns.js";
export { figureSearch, type SearchReferences } from "./figures/search.js";
export {
  CO_MOVEMENT_CURVE,
  FACTOR_GAIN_CURVE,
  figureSpecificationCurve,
  type SpecificationCurve,
} from "./figures/specification-curve.js";

// Tables

export {
  tablePanelShares,
  tablePrior,
  tableProcessScores,
  tableRegrets,
  tableSharesByLookback,
} from "./tables/amortised.js";
export { tableAmortisedWeights } from "./tables/amortised-weights.js";
export { tableAmplitude } from "./tables/amplitude.js";
export { tableAnnualBetas } from "./tables/annual-betas.js";
export { tableAudit } from "./tables/audit.js";
export { tableBetaBreaks } from "./tables/beta-breaks.js";
export { tableBetaPeriods } from "./tables/beta-periods.js";
export {
  tableBetaConventions,
  tableBetaStatistics,
} from "./tables/beta-statistics.js";
export { type BetasOptions, type NamedPath, tableBetas } from "./tables/betas.js";
export {
  tableClaimRules,
  tableClaims,
  tableStepClaims,
  tableStudyClaims,
} from "./tables/claims.js";
export { tableCorrelations } from "./tables/correlations.js";
export { tableDailyRivals, tableRealisedPredictions } from "./tables/daily-rivals.js";
export { type Danfo, type DanfoFrame, toDanfo } from "./tables/danfo.js";
export { tableDayShift } from "./tables/day-shift.js";
export { tableDrift, tableMoves } from "./tables/drift.js";
export { tableEnsembleErrors } from "./tables/ensemble-errors.js";
export { tableEpisodeBetas } from "./tables/episode-betas.js";
export { tableEventWindows } from "./tables/event-windows.js";
export { type FactorGainTable, tableFactorGain } from "./tables/factor-gain.js";
export { tableFactorRegressions } from "./tables/factor-regressions.js";
export {
  type LadderRmseOptions,
  type ShownComparison,
  tableForecastComparison,
  tableLadderRmse,
} from "./tables/forecast-comparison.js";
export { columnMeaning, type Described } from "./tables/glossary.js";
export { tableHedgeEconomics } from "./tables/hedge-economics.js";
export { tableLatex } from "./tables/latex.js";
export {
  type LearningCurvesTable,
  tableConvergence,
  tableLearningCurves,
} from "./tables/learning-curves.js";
export { tableMergedFactors } from "./tables/merged-factors.js";
export { tableMultiverse } from "./tables/multiverse.js";
export { tableNestedTests } from "./tables/nested-tests.js";
export { formatNumber, formatPValue } from "./tables/number.js";
export {
  tableOutOfSampleTests,
  tableRmseByYear,
} from "./tables/out-of-sample-tests.js";
export {
  type PerformanceTable,
  tablePortfolioPerformance,
} from "./tables/portfolio-performance.js";
export {
  tablePortfolioReturns,
  tablePortfolioSorts,
} from "./tables/portfolio-sorts.js";
export { tablePrices } from "./tables/prices.js";
export { tableRecurrentTrial } from "./tables/recurrent-trial.js";
export {
  type DifferenceReasons,
  tableReportedDifferences,
  tableReportedFactors,
  tableReportedReturns,
} from "./tables/reported-returns.js";
export { tableReportedSearch } from "./tables/reported-search.js";
export { tableReportedSorts } from "./tables/reported-sorts.js";
export {
  tableReportedKurtosis,
  tableReportedStatistics,
} from "./tables/reported-statistics.js";
export { tableReturns } from "./tables/returns.js";
export { tableScalingBetas, tableScalings } from "./tables/scaling-betas.js";
export { tableScalingVerdicts } from "./tables/scaling-verdicts.js";
export { tableScores } from "./tables/scores.js";
export { tableSearch, tableSearchBest } from "./tables/search.js";
export { tableSearchTests } from "./tables/search-tests.js";
export { tableShiftedBetas } from "./tables/shifted-betas.js";
export {
  tableCoverage,
  tableOracleShare,
  tableSimulatedBetas,
} from "./tables/simulated-betas.js";
export {
  type Cell,
  type Column,
  type RowColumn,
  type Table,
  tableCsv,
  tableHtml,
  tableMarkdown,
  tableOf,
  tableText,
} from "./tables/table.js";

// The study: every choice

export {
  CACHE,
  dataLabel,
  isReportPanel,
  isReportStudy,
  STUDY,
  type Study,
  simulatedPanels,
  studySplits,
  weeklyStudy,
} from "./study.js";

// The files of a study, and the way out of a cell

export { PLOTLY, progress, type Sentence, show, showWhen, text } from "./show.js";
export {
  budgetText,
  type TrainingCost,
  trainingCost,
  trainingMinutes,
  withinBudget,
} from "./study-budget.js";
export { checkStudyDates, STUDY_NEEDS, type StudyNeed } from "./study-checks.js";
export { readStudy } from "./study-file.js";
