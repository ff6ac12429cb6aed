# Writes fixtures/reference/sandwich.json: Newey-West by R's sandwich, on the inputs of regression.json (made by regression.py).
# Rscript tests/reference/sandwich.R, from the top of the repository. Run with R 4.2.2, sandwich 3.0.2, jsonlite 1.8.4.

suppressPackageStartupMessages({
  library(sandwich)
  library(jsonlite)
})

folder <- "tests/fixtures/reference"
inputs <- fromJSON(file.path(folder, "regression.json"), simplifyDataFrame = FALSE)$cases

cases <- lapply(inputs, function(case) {
  y <- case$y
  x <- matrix(case$x, nrow = length(y), byrow = TRUE)
  fit <- if (case$intercept) lm(y ~ x) else lm(y ~ x - 1)
  flat <- function(m) I(as.vector(t(unname(m))))
  list(
    name = case$name,
    bandwidth = bwNeweyWest(fit, prewhite = FALSE),
    bandwidthPrewhitened = bwNeweyWest(fit, prewhite = TRUE),
    automatic = flat(NeweyWest(fit, prewhite = FALSE)),
    # The defaults of NeweyWest.
    automaticPrewhitened = flat(NeweyWest(fit)),
    lag4Prewhitened = flat(NeweyWest(fit, lag = 4, prewhite = TRUE)),
    lag4PrewhitenedAdjusted = flat(NeweyWest(fit, lag = 4, prewhite = TRUE, adjust = TRUE)),
    lag4Adjusted = flat(NeweyWest(fit, lag = 4, prewhite = FALSE, adjust = TRUE)),
    HC3 = flat(vcovHC(fit, type = "HC3"))
  )
})

versions <- list(
  R = paste(R.version$major, R.version$minor, sep = "."),
  sandwich = as.character(packageVersion("sandwich"))
)
write_json(
  list(source = "R: sandwich::NeweyWest, bwNeweyWest, vcovHC", versions = versions, cases = cases),
  file.path(folder, "sandwich.json"),
  digits = NA, auto_unbox = TRUE, pretty = FALSE
)
