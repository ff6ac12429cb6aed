/** What the host writes into memory: fields of four bytes each, in this order. */

/**
 * Rows of one block. Where the coins of a date share their last inputs, rows stand by coin, then by date, and the inputs that
 * are shared stand once per date.
 */
@unmanaged
export class Block {
  rows: i32;
  padded: i32; // R
  inputs: usize; // [D x R], or [own x R] where the rest is shared
  coins: usize; // [R]
  markets: usize; // [K x R]
  hidden: usize; // room for [H x R]
  errors: usize; // room for [(1 + K) x R]: hedging errors, then the gradient of each output
  series: i32; // coins of every date; 0 where nothing is shared
  own: i32; // inputs that a coin has alone
  dates: i32; // dates padded to a multiple of four: R is series times it
  shared: usize; // [(D - own) x dates]
  room: usize; // room for [H x dates]
}

/** One network to train, as the host writes it; the last four fields are results. */
@unmanaged
export class Job {
  inputs: i32; // D
  hidden: i32; // H
  markets: i32; // K
  activation: i32;
  epochs: i32;
  patience: i32; // 0: off; below: keep the weights of the last epoch
  batchSize: i32; // 0: all rows
  rate: f32;
  decay: f32;
  fit: Block;
  validation: Block;
  batch: Block; // room for one batch
  order: usize; // [epochs x rows] of u32, read only with batches
  weights: usize; // [P]
  best: usize; // [P]
  gradient: usize; // room for three times [P]: gradient, first and second moment
  collapsed: usize; // room for [K x (2 D + 2 H + 2)]: see `collapse`
  fitLoss: usize; // f64 [epochs + 1]
  validationLoss: usize; // f64 [epochs + 1]
  bestEpoch: i32;
  lastEpoch: i32; // last epoch with finite losses, -1 if even the start has none
  power1: f32; // beta1^step
  power2: f32;
}
