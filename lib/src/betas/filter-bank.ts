/** A bank of cheap recursive filters of one series on K markets: 57 experts, what each has lost, and four state terms. */

/** Variance of the betas' steps per row, in (s_e / s_x)^2. */
export const STEP_VARIANCES: readonly number[] = [0, 1e-4, 5e-4, 2e-3, 8e-3, 3e-2, 0.12];
/** Variance of the normal prior around zero that shrinks a filter, in (s_e / s_x)^2. */
export const PRIOR_VARIANCES: readonly number[] = [Infinity, 0.3, 0.06, 0.012];
/** Rows in which an expert's past loss counts for half. */
export const LOSS_HALF_LIVES: readonly number[] = [12, 48, Infinity];
/** Plain filters, then those that are robust to large and volatile errors. */
export const FILTERS: number = 2 * STEP_VARIANCES.length;
/** Every filter under every prior, and zero. */
export const EXPERTS: number = FILTERS * PRIOR_VARIANCES.length + 1;
/** State terms: the last return, the sums of the last three and six, and the log of the recent variance. */
export const TERMS = 4;
/** Rows before the first prediction: the scales start from them. */
export const FIRST_ROWS = 5;

/** The expert whose errors measure the noise: step variance 5e-4, prior variance 0.06. */
export const REFERENCE: number = 2 * FILTERS + 2;
/** The expert whose errors the state terms explain: step variance 1e-4, prior variance 0.3. */
export const SLOW: number = FILTERS + 1;

/** Columns of `FilterBank.noise`. */
export const SQUARES = 0;
export const COIN_SQUARES = 1;
export const RECENT = 2;

/** Last returns that the state terms sum. */
export const KEPT_RETURNS = 6;

/** The state of a bank. `predict` fills `betas` and `terms` for the next row, `learn` takes that row in. */
export interface FilterBank {
  readonly markets: number;
  /** Rows taken in. */
  rows: number;
  /** Predictions of the experts [57 x K]: filters under each prior, then zero. */
  readonly betas: Float64Array;
  /** State terms in units of beta [4 x K]. */
  readonly terms: Float64Array;
  /** States themselves, free of scale [4 x K], within +-2. */
  readonly states: Float64Array;
  /** Discounted sums of what an expert has lost less than least squares [3 x 57], in units of the noise. */
  readonly gains: Float64Array;
  /** Filtered betas [14 x K] and their variances [14 x K x K]. */
  readonly filtered: Float64Array;
  readonly variances: Float64Array;
  /** s_x^2 by market [K]. */
  readonly marketVariances: Float64Array;
  /** Sums of squared reference errors and of squared coin returns, and the recent noise variance. */
  readonly noise: Float64Array;
  readonly marketSquares: Float64Array;
  readonly recentMarkets: Float64Array;
  /** Last returns in units of s_x, newest first [6 x K]; numerators and denominators of the terms [2 x 4 x K]. */
  readonly lastReturns: Float64Array;
  readonly termSums: Float64Array;
  /** Room for `learn`. */
  readonly errors: Float64Array;
  readonly scratch: Float64Array;
}

/**
 * A bank before its first row.
 *
 * @param x market returns [rows x K], y returns of the series [rows]; the scales start from their first five rows
 */
export function filterBank(x: Float64Array, y: Float64Array, markets: number): FilterBank {
  const K = markets;
  const zeros = (count: number) => new Float64Array(count);
  const bank: FilterBank = {
    markets: K,
    rows: 0,
    betas: zeros(EXPERTS * K),
    terms: zeros(TERMS * K),
    states: zeros(TERMS * K),
    gains: zeros(LOSS_HALF_LIVES.length * EXPERTS),
    filtered: zeros(FILTERS * K),
    variances: zeros(FILTERS * K * K),
    marketVariances: zeros(K),
    noise: zeros(3),
    marketSquares: zeros(K),
    recentMarkets: zeros(K).fill(1),
    lastReturns: zeros(KEPT_RETURNS * K),
    termSums: zeros(2 * TERMS * K),
    errors: zeros(EXPERTS),
    scratch: zeros(K * K + K),
  };
  let coin = 1e-30;
  for (let t = 0; t < FIRST_ROWS; t++) coin += y[t]! ** 2 / FIRST_ROWS;
  bank.noise[SQUARES] = 3 * coin;
  bank.noise[COIN_SQUARES] = 3 * coin;
  bank.noise[RECENT] = coin;
  for (let k = 0; k < K; k++) {
    let market = 1e-30;
    for (let t = 0; t < FIRST_ROWS; t++) market += x[t * K + k]! ** 2 / FIRST_ROWS;
    bank.marketSquares[k] = 3 * market;
    for (let j = 0; j < FILTERS; j++) bank.variances[(j * K + k) * K + k] = (4 * coin) / market;
  }
  return bank;
}

/** s_e^2: the running mean of squared errors of the reference expert. */
export const noiseVariance = (bank: FilterBank): number => bank.noise[SQUARES]! / (bank.rows + 3);
/** s_y^2: the running mean square of the series. */
export const coinVariance = (bank: FilterBank): number =>
  bank.noise[COIN_SQUARES]! / (bank.rows + 3);
/** Noise variance of the recent rows. */
export const recentNoise = (bank: FilterBank): number => bank.noise[RECENT]!;

/** Fills `betas`, `terms` and `states` for the next row, from the rows so far. */
export function predict(bank: FilterBank): void {
  const { markets: K, marketVariances, marketSquares, rows } = bank;
  for (let k = 0; k < K; k++) marketVariances[k] = marketSquares[k]! / (rows + 3);
  if (K === 1) shrinkOne(bank);
  else shrinkAll(bank);
  predictTerms(bank);
}

/** beta = w / (w + P) b under the prior variance w, for one market. */
function shrinkOne({ betas, filtered, variances, marketVariances, noise, rows }: FilterBank): void {
  const unit = noise[SQUARES]! / (rows + 3) / marketVariances[0]!;
  const [w1, w2, w3] = [0.3 * unit, 0.06 * unit, 0.012 * unit];
  for (let j = 0; j < FILTERS; j++) {
    const b = filtered[j]!;
    const P = variances[j]!;
    betas[j] = b;
    betas[FILTERS + j] = (b * w1) / (w1 + P);
    betas[2 * FILTERS + j] = (b * w2) / (w2 + P);
    betas[3 * FILTERS + j] = (b * w3) / (w3 + P);
  }
}

/** beta = W (W + P)^-1 b with W diagonal, by Cholesky's factors of W + P. */
function shrinkAll(bank: FilterBank): void {
  const { markets: K, betas, filtered, variances, marketVariances, scratch } = bank;
  betas.set(filtered);
  const noise = noiseVariance(bank);
  for (let v = 1; v < PRIOR_VARIANCES.length; v++) {
    const width = PRIOR_VARIANCES[v]! * noise;
    for (let j = 0; j < FILTERS; j++) {
      for (let i = 0; i < K * K; i++) scratch[i] = variances[j * K * K + i]!;
      for (let k = 0; k < K; k++) scratch[k * K + k]! += width / marketVariances[k]!;
      for (let k = 0; k < K; k++) scratch[K * K + k] = filtered[j * K + k]!;
      solveInPlace(scratch, K);
      const to = (v * FILTERS + j) * K;
      for (let k = 0; k < K; k++)
        betas[to + k] = (width / marketVariances[k]!) * scratch[K * K + k]!;
    }
  }
}

/** Solves A z = b for a symmetric positive definite A [K x K] with b [K] behind it; z takes the place of b. */
function solveInPlace(a: Float64Array, K: number): void {
  const b = K * K;
  for (let i = 0; i < K; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * K + j]!;
      for (let m = 0; m < j; m++) sum -= a[i * K + m]! * a[j * K + m]!;
      a[i * K + j] = i === j ? Math.sqrt(sum) : sum / a[j * K + j]!;
    }
    let sum = a[b + i]!;
    for (let m = 0; m < i; m++) sum -= a[i * K + m]! * a[b + m]!;
    a[b + i] = sum / a[i * K + i]!;
  }
  for (let i = K - 1; i >= 0; i--) {
    let sum = a[b + i]!;
    for (let m = i + 1; m < K; m++) sum -= a[m * K + i]! * a[b + m]!;
    a[b + i] = sum / a[i * K + i]!;
  }
}

/** States from the last returns, each times its coefficient on the market: the term that may be added to a beta. */
function predictTerms(bank: FilterBank): void {
  const { markets: K, rows, states, terms, termSums, lastReturns, marketVariances } = bank;
  if (rows === 0) return;
  const three = 1 / Math.sqrt(Math.min(3, rows));
  const six = 1 / Math.sqrt(Math.min(6, rows));
  for (let k = 0; k < K; k++) {
    let sum = 0;
    let sumOfThree = 0;
    for (let lag = 0; lag < KEPT_RETURNS; lag++) {
      if (lag === 3) sumOfThree = sum;
      sum += lastReturns[lag * K + k]!;
    }
    const scale = 1 / Math.sqrt(marketVariances[k]!);
    states[k] = within2(lastReturns[k]! * scale);
    states[K + k] = within2(sumOfThree * scale * three);
    states[2 * K + k] = within2(sum * scale * six);
    states[3 * K + k] = within2(Math.log(bank.recentMarkets[k]! + 1e-6));
    for (let m = 0; m < TERMS; m++) {
      const at = m * K + k;
      const below = termSums[TERMS * K + at]! + 25 * marketVariances[k]!;
      terms[at] = (termSums[at]! / below) * states[at]!;
    }
  }
}

const within2 = (value: number): number => (value > 2 ? 2 : value < -2 ? -2 : value);
