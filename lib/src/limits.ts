/** How much is read and computed at most: everything beyond is refused, by its key or file, before memory is taken. */

/** Limits of files, in bytes unless their name says otherwise. */
export const FILE_LIMITS = {
  /** A study or a list of sources: the longest of ours has 12 kB. */
  json: 4_000_000,
  /** A file of data, an answer of a publisher, and what a zip unpacks to: daily bars of 1,000 series over 50 years have 150 MB. */
  data: 256_000_000,
  /** Characters of a line: a row of 10,000 numbers has 200,000. */
  line: 1_000_000,
  /** Rows and columns of a table. */
  rows: 5_000_000,
  columns: 10_000,
} as const;

/** Largest values of a study's keys, and of the options of functions that take the same. */
export const STUDY_LIMITS = {
  /** Series that are hedged, and series that hedge: each pair has a beta on every date. */
  coins: 10_000,
  markets: 100,
  marketSets: 1_000,
  /** Files of betas. */
  estimators: 100,
  /** Periods: 40 years of days. */
  lookback: 10_000,
  hidden: 4_096,
  /** Distinct values of a dimension of the grid. */
  values: 100,
  replicates: 10_000,
  epochs: 100_000,
  /** Minutes: a year. */
  budget: 525_600,
  batchSize: 1_000_000,
  /** Steps beyond it leave the range of single precision. */
  learningRate: 100,
  draws: 1_000_000,
  quantiles: 1_000,
  fitYears: 1_000,
  threads: 1_024,
  /** Numbers of one array, such as draws times rows: 4 GB. */
  numbers: 500_000_000,
  /** Bytes of the losses and weights of all networks of a search: they are held at once. */
  search: 4_000_000_000,
} as const;
