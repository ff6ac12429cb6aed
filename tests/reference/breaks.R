# Writes fixtures/reference/breaks.json: tests of breaks by R's strucchange, on seeded inputs.
# Rscript tests/reference/breaks.R, from the top of the repository. Run with R 4.2.2, strucchange 1.5.3, jsonlite 1.8.4.

suppressPackageStartupMessages({
  library(strucchange)
  library(jsonlite)
})

set.seed(20260101)
make <- function(name, n, k, intercept, at, jump) {
  x <- matrix(round(rnorm(n * k), 6), n)
  after <- seq_len(n) > at
  y <- round(drop(x %*% rep(0.5, k)) + jump * after * x[, 1] + rnorm(n), 6)
  list(name = name, x = x, y = y, intercept = intercept)
}
inputs <- list(
  make("one regressor, no break", 60, 1, FALSE, 30, 0),
  make("one regressor, a break", 83, 1, FALSE, 24, 1.2),
  make("with intercept, a break", 100, 2, TRUE, 60, 1.0),
  make("three regressors, no break", 120, 3, TRUE, 60, 0.3)
)

cases <- lapply(inputs, function(case) {
  x <- case$x
  y <- case$y
  n <- length(y)
  formula <- if (case$intercept) y ~ x else y ~ x - 1
  at <- floor(n / 3)
  chow <- sctest(formula, type = "Chow", point = at)
  fs <- Fstats(formula, from = 0.15)
  sup <- sctest(fs, type = "supF")
  bp <- breakpoints(formula, h = 0.15, breaks = 1)
  process <- function(type) {
    fit <- efp(formula, type = type)
    test <- sctest(fit)
    list(
      process = I(as.vector(fit$process)[-1]),
      statistic = unname(test$statistic), pValue = unname(test$p.value)
    )
  }
  score <- if (case$intercept) NULL else {
    fit <- gefp(formula, fit = lm)
    test <- sctest(fit)
    list(
      process = I(as.vector(fit$process)[-1]),
      statistic = unname(test$statistic), pValue = unname(test$p.value)
    )
  }
  c(
    list(
      name = case$name, x = I(as.vector(t(x))), y = I(y), intercept = case$intercept,
      chow = list(rows = at, statistic = unname(chow$statistic), pValue = unname(chow$p.value)),
      sup = list(
        statistic = unname(sup$statistic), pValue = unname(sup$p.value),
        rows = bp$breakpoints
      ),
      recursive = process("Rec-CUSUM")
    ),
    if (case$intercept) list(ols = process("OLS-CUSUM")),
    if (!case$intercept) list(score = score)
  )
})

versions <- list(
  R = paste(R.version$major, R.version$minor, sep = "."),
  strucchange = as.character(packageVersion("strucchange"))
)
write_json(
  list(source = "R: strucchange::sctest, Fstats, breakpoints, efp, gefp", versions = versions, cases = cases),
  file.path("tests/fixtures/reference", "breaks.json"),
  digits = NA, auto_unbox = TRUE, pretty = FALSE
)
