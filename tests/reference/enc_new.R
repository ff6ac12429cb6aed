# Writes fixtures/reference/enc-new-example.json: the errors of an example whose ENC-NEW is printed.
# Rscript tests/reference/enc_new.R, from the top of the repository. Run with R 4.2.2.
# The example and its number: reference page of enc_new in R's forecastdom, gabbocg.github.io/forecastdom.

set.seed(42)
small <- rnorm(100)
large <- rnorm(100, sd = 0.9)
numbers <- function(x) paste0("[", paste(sprintf("%.17g", x), collapse = ", "), "]")
cat(
  '{"source": "R: rnorm; ENC-NEW as printed by forecastdom",\n',
  '"versions": {"R": "', paste(R.version$major, R.version$minor, sep = "."), '"},\n',
  '"small": ', numbers(small), ",\n",
  '"large": ', numbers(large), ",\n",
  '"printed": 158.8083}\n',
  sep = "", file = file.path("tests/fixtures/reference", "enc-new-example.json")
)
