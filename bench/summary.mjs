/** Median and range of repeated times. */

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** median (lowest to highest) */
export function spread(values) {
  return [median(values), Math.min(...values), Math.max(...values)]
    .map((value) => value.toPrecision(3))
    .join(" ")
    .replace(/ (\S+) (\S+)$/, " ($1 to $2)");
}
