/** One rule for phones and for single columns of a paper, used by the page and by the export. */

const NARROW = 500;

/** Pixels of a row of the legend, of the room around it and the titles of plots, and of a letter. */
const [LEGEND_ROW, AROUND, LETTER] = [19, 28, 6.2];

/**
 * A figure's layout at a width in pixels: where that is narrow, lower, unless it is a list; with room for the rows that the
 * legend now takes; and with a single row of plots as a column.
 */
function fitLayout(whole, width, data) {
  if (width >= NARROW) return { ...whole, width, height: whole.height ?? 450 };
  const layout = legible(whole);
  const { height = 450, margin = {} } = layout;
  const { t = 0, l = 0, r = 0 } = margin;
  const entries = layout.showlegend === false ? [] : [...data, ...shown(layout.shapes)];
  const rows = legendRows(entries, width - l - r);
  const more = rows > 1 ? Math.max(0, rows * LEGEND_ROW + AROUND - t) : 0;
  const roomy = { ...layout, width, margin: { ...margin, t: t + more } };
  const yAxes = Object.keys(layout).filter(
    (key) => /^yaxis\d*$/.test(key) && !layout[key].overlaying,
  );
  const domains = new Set(yAxes.map((key) => String(layout[key].domain)));
  if (yAxes.length > 1 && domains.size === 1)
    return { ...roomy, ...stacked(roomy, yAxes, height + more) };
  const share = height > 450 ? 1 : 0.92;
  return { ...roomy, height: Math.round(share * height + more) };
}

/** Letters of a horizontal axis's title in a line, and of a label of a vertical one; pixels of a second line. */
const [TITLE, LABEL, LINE] = [36, 28, 14];

/** Three names or more: the first and the last are left, as plots stand close. */
const LIST = /([^\s+<>]+)\+(?:<br>|[^\s<>])+\+([^\s+<>]+)/;
const shortList = (text) => text.replace(LIST, "$1+…+$2");

/** A label in its room, cut once: its end, which tells it from its neighbours, stays: the last of many names, or its last word. */
function shortLabel(text) {
  const label = shortList(text);
  if (label.length <= LABEL || label.includes("<")) return label;
  const [end = ""] = (label === text ? / \S+$/ : /\+[^+]*$/).exec(text) ?? [];
  const kept = end.length < LABEL / 2 + 2 ? end.trimStart() : "";
  return `${text.slice(0, LABEL - 1 - kept.length)}…${kept}`;
}

/** Long titles of horizontal axes in two lines, long labels of vertical ones cut, lists in titles of plots shortened. */
function legible(layout) {
  const changed = { ...layout };
  if (layout.annotations)
    changed.annotations = layout.annotations.map((note) => ({
      ...note,
      text: note.text.startsWith("<b>") ? shortList(note.text) : note.text,
    }));
  for (const key of Object.keys(layout)) {
    const { title, ticktext } = layout[key] ?? {};
    if (/^xaxis/.test(key) && title?.text?.length > TITLE && !title.text.includes("<br>")) {
      const at = title.text.lastIndexOf(" ", title.text.length / 2);
      const text = `${title.text.slice(0, at)}<br>${title.text.slice(at + 1)}`;
      changed[key] = { ...layout[key], title: { ...title, text } };
      changed.margin = { ...layout.margin, b: (layout.margin?.b ?? 0) + LINE };
    }
    if (/^yaxis/.test(key) && ticktext)
      changed[key] = { ...layout[key], ticktext: ticktext.map(shortLabel) };
  }
  return changed;
}

/** Shapes are in the legend only where they say so. */
const shown = (shapes = []) => shapes.filter(({ showlegend }) => showlegend);

/** Entries of one width, as many in a row as find room. */
function legendRows(entries, width) {
  const names = entries.flatMap(({ name, showlegend }) =>
    name && showlegend !== false ? [name] : [],
  );
  const widest = Math.max(0, ...names.map((name) => name.length));
  const columns = Math.max(1, Math.floor(width / (40 + LETTER * widest)));
  return Math.ceil(names.length / columns);
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
          // Beside each other they may share the labels of the first.
          showticklabels: first.showticklabels ?? true,
          domain: [Math.max(0, top - plot / area), top],
        },
      ],
      [x, { ...layout[x], domain: [0, 1] }],
    ];
  });
  return { ...Object.fromEntries(axes), height: Math.round(area + t + b) };
}
