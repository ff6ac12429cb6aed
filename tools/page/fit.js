// One rule for phones and for single columns of a paper, used by the page and by the export.

const NARROW = 500;

/** A figure's layout at a width in pixels: where that is narrow, lower, and a single row of plots becomes a column. */
function fitLayout(layout, width) {
  const { height = 450 } = layout;
  if (width >= NARROW) return { ...layout, width, height };
  const yAxes = Object.keys(layout).filter(
    (key) => /^yaxis\d*$/.test(key) && !layout[key].overlaying,
  );
  const rows = new Set(yAxes.map((key) => String(layout[key].domain)));
  if (yAxes.length > 1 && rows.size === 1)
    return { ...layout, ...stacked(layout, yAxes, height), width };
  return { ...layout, width, height: Math.round(0.92 * height) };
}

/** Plots of one row, one below the other: full width, each with a title of its vertical axis. */
function stacked(layout, yAxes, height) {
  const { t = 0, b = 0 } = layout.margin ?? {};
  const gap = 72;
  const plot = 0.62 * (height - t - b);
  const area = yAxes.length * plot + (yAxes.length - 1) * gap;
  const first = layout[yAxes[0]];
  const axes = yAxes.flatMap((key, i) => {
    const top = 1 - (i * (plot + gap)) / area;
    const title = layout[key].title?.text ? layout[key].title : first.title;
    const x = (layout[key].anchor ?? "x").replace("x", "xaxis");
    return [
      [
        key,
        {
          ...layout[key],
          title,
          domain: [Math.max(0, top - plot / area), top],
        },
      ],
      [x, { ...layout[x], domain: [0, 1] }],
    ];
  });
  return { ...Object.fromEntries(axes), height: Math.round(area + t + b) };
}
