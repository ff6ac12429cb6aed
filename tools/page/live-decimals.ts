/** Decimals in which betas are compared: exp and tanh are the browser's own, whose last bits may be others than Node's. */
export const BETA_DECIMALS = 6;
