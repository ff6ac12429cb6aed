/** Light charts in the colours of the page. */

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...inner) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inner);
  return element;
}

/** Round numbers within a range, about as many as are asked for. */
function ticks(low, high, count) {
  const rough = (high - low) / count || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((unit) => unit * power >= rough) * power;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step + 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const value = (first + i) * step;
    return [value, value.toFixed(decimals).replace("-", "−")];
  });
}

/** Januaries among dates, thinned to what finds room. */
function years(dates, most) {
  const starts = dates.flatMap((date, i) =>
    i === 0 || date.slice(0, 4) !== dates[i - 1].slice(0, 4) ? [[i, date.slice(0, 4)]] : [],
  );
  const every = Math.ceil(starts.length / most);
  return starts.filter((_, i) => i % every === 0);
}

/** Lowest and highest of some numbers, those that are not finite left out; with a margin. */
function extent(values) {
  const known = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const margin = 0.04 * (high - low) || 1;
  return known.length > 0 ? [low - margin, high + margin] : [0, 1];
}

/** An empty plot with axes, in the width that there is: what draws in it, and where numbers stand. */
function frame({ room, height, left = 52, bottom = 40, label, x, y, xTicks, yTicks, xTitle }) {
  const width = room.clientWidth;
  const [top, right] = [8, 16];
  const px = (value) => left + ((value - x[0]) / (x[1] - x[0])) * (width - left - right);
  const py = (value) =>
    height - bottom - ((value - y[0]) / (y[1] - y[0])) * (height - top - bottom);
  const root = svg("svg", { width, height, role: "img", "aria-label": label });
  const text = (attributes, words) => svg("text", attributes, words);
  for (const [value, words] of yTicks) {
    const at = py(value);
    root.append(
      svg("line", { x1: left, x2: width - right, y1: at, y2: at, class: "grid" }),
      text({ x: left - 6, y: at + 4, "text-anchor": "end" }, words),
    );
  }
  for (const [value, words] of xTicks) {
    const at = px(value);
    root.append(
      svg("line", { x1: at, x2: at, y1: height - bottom, y2: height - bottom + 4, class: "axis" }),
      text({ x: at, y: height - bottom + 17, "text-anchor": "middle" }, words),
    );
  }
  root.append(
    svg("line", { x1: left, x2: width - right, y1: py(y[0]), y2: py(y[0]), class: "axis" }),
    text({ x: (left + width - right) / 2, y: height - 6, "text-anchor": "middle" }, xTitle),
  );
  return { root, px, py, left, right: width - right };
}

/** M and L of a line, in pieces where numbers are missing. */
function line(values, px, py) {
  let pen = "M";
  return values
    .map((value, i) => {
      if (!Number.isFinite(value)) {
        pen = "M";
        return "";
      }
      const part = `${pen}${px(i).toFixed(1)} ${py(value).toFixed(1)}`;
      pen = "L";
      return part;
    })
    .join("");
}

/** The area between two lines, in pieces where numbers are missing. */
function area(lower, upper, px, py) {
  const parts = [];
  for (let from = 0; from < lower.length; from++) {
    if (!Number.isFinite(lower[from])) continue;
    let to = from;
    while (to < lower.length && Number.isFinite(lower[to])) to++;
    const at = (values, i) => `${px(i).toFixed(1)} ${py(values[i]).toFixed(1)}`;
    const rows = Array.from({ length: to - from }, (_, i) => from + i);
    const there = rows.map((i) => at(upper, i));
    const back = rows.reverse().map((i) => at(lower, i));
    parts.push(`M${[...there, ...back].join("L")}Z`);
    from = to;
  }
  return parts.join("");
}

/** What the colours and dashes of a chart stand for. */
function legend(entries) {
  const list = document.createElement("ul");
  list.className = "legend";
  for (const { name, style, kind = "line" } of entries) {
    const item = document.createElement("li");
    const sample = svg("svg", { width: 26, height: 12, "aria-hidden": "true" });
    sample.append(
      kind === "area"
        ? svg("rect", { width: 26, height: 12, class: `area s${style}` })
        : svg("path", { d: "M0 6L26 6", class: `line s${style}` }),
    );
    item.append(sample, name);
    list.append(item);
  }
  return list;
}

/** A chart in its room, under a title and above its legend; drawn anew when the room changes. */
function chart(room, title, entries, draw) {
  const head = document.createElement("h4");
  head.textContent = title;
  const plot = document.createElement("div");
  room.replaceChildren(head, plot, legend(entries));
  room.classList.add("chart");
  plot.append(draw(plot));
  room.redraw = () => plot.replaceChildren(draw(plot));
  charts.observe(room);
}

const charts = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries) {
    const width = Math.round(contentRect.width);
    if (target.drawn !== undefined && target.drawn !== width) target.redraw();
    target.drawn = width;
  }
});

/**
 * Lines over the places 0, 1, 2 … of their values, each perhaps with a band.
 *
 * @param lines name, values, style, lower and upper
 * @param mark place of a line from top to bottom
 */
function lines(room, { title, label, lines: drawn, xTicks, xTitle, mark, height = 250 }) {
  const count = Math.max(...drawn.map(({ values }) => values.length));
  const y = extent(
    drawn.flatMap(({ values, lower = [], upper = [] }) => [...values, ...lower, ...upper]),
  );
  chart(room, title, drawn, (plot) => {
    const { root, px, py } = frame({
      ...{ room: plot, height, label, y, xTitle },
      x: [0, Math.max(1, count - 1)],
      xTicks: xTicks(plot.clientWidth),
      yTicks: ticks(...y, 5),
    });
    if (mark !== undefined)
      root.append(svg("path", { d: `M${px(mark)} ${py(y[0])}V${py(y[1])}`, class: "mark" }));
    for (const { lower, upper, style } of drawn)
      if (lower)
        root.append(svg("path", { d: area(lower, upper, px, py), class: `band s${style}` }));
    for (const { values, style } of drawn)
      root.append(svg("path", { d: line(values, px, py), class: `line s${style}` }));
    return root;
  });
}

/**
 * Areas one above the other, from 0 to 1, over the places of their values.
 *
 * @param areas name, values, style
 */
function stack(room, { title, label, areas, xTicks, xTitle, height = 210 }) {
  const count = areas[0].values.length;
  const edges = [new Array(count).fill(0)];
  for (const { values } of areas) {
    const below = edges.at(-1);
    edges.push(values.map((value, i) => below[i] + value));
  }
  const entries = areas.map((entry) => ({ ...entry, kind: "area" }));
  chart(room, title, entries, (plot) => {
    const { root, px, py } = frame({
      ...{ room: plot, height, label, xTitle },
      x: [0, Math.max(1, count - 1)],
      y: [0, 1],
      xTicks: xTicks(plot.clientWidth),
      yTicks: ticks(0, 1, 4),
    });
    areas.forEach(({ style }, i) => {
      root.append(
        svg("path", { d: area(edges[i], edges[i + 1], px, py), class: `area s${style}` }),
      );
    });
    return root;
  });
}
