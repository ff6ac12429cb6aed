/** The ladder by choice: scores and intervals of every estimator, and the betas of those that are ticked. */

const explorer = document.getElementById("explorer");
if (explorer) startExplorer();

/** A table's rows by its keys, from what the page holds of it: plain cells, or quoted ones. */
async function pageTable(id) {
  const { csv } = await unpacked(document.querySelector(`script[data-id="${id}"]`));
  const cells = (text) =>
    [...text.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)]
      .map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain)
      .slice(0, keys?.length);
  let keys;
  keys = csv[0].split(",");
  return csv
    .slice(1)
    .map((text) => Object.fromEntries(cells(text).map((cell, i) => [keys[i], cell])));
}

async function startExplorer() {
  explorer.querySelector(".live-missing").remove();
  const form = explorer.querySelector("form");
  form.hidden = false;
  const state = {
    drawn: new Set(["pooled updated", "neural-glorot updated", "amortised updated"]),
  };
  const begin = once(async () => {
    const [rows, betas] = await Promise.all([
      pageTable("forecast-comparison"),
      unpacked(explorer.querySelector("script")),
    ]);
    Object.assign(state, { rows, betas });
  });
  const show = async () => {
    await begin();
    explore(form, state);
  };
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  whenNear(explorer, show);
}

/** Runs at the first call, and gives its promise to all. */
function once(make) {
  let made;
  return () => (made ??= make());
}

/** Calls when the reader comes near. */
function whenNear(element, act) {
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      act();
    },
    { rootMargin: "300px" },
  );
  near.observe(element);
}

const choicesOf = (form) => Object.fromEntries(new FormData(form));

/** Scores of the choice, as a chart and a table with a tick for every estimator whose betas are drawn. */
function explore(form, state) {
  const choice = choicesOf(form);
  const rows = state.rows.filter((row) =>
    Object.entries(choice).every(([key, value]) => row[key] === value),
  );
  const words = explorer.querySelector(".explored");
  const scores = explorer.querySelector(".explored-scores");
  if (rows.length === 0) {
    words.textContent = "The report has no such comparison: choose another sample.";
    scores.replaceChildren();
  } else {
    const bounded = rows.filter(({ changeUpper }) => changeUpper !== "");
    const better = bounded.filter(({ changeUpper }) => Number(changeUpper) < 0).length;
    const intervals =
      bounded.length === 0
        ? "the table has no intervals for this sample"
        : `of ${bounded.length} intervals, ${better} lie below zero`;
    words.textContent = `${estimatorsText(rows)}; ${intervals}.`;
    scores.replaceChildren(scoreTable(rows, state, () => drawBetas(form, state)));
  }
  drawBetas(form, state);
}

/** How many were compared, on which dates; who has too few betas is compared on none. */
function estimatorsText(rows) {
  const compared = rows.filter(({ n }) => Number(n) > 0);
  const late = rows.length - compared.length;
  const words = `${compared.length} estimators on ${compared[0]?.n ?? 0} dates`;
  return late === 0 ? words : `${words}, ${late} with too few betas to compare`;
}

/** A number as tables have it. */
const shownNumber = (text, decimals) =>
  text === "" ? "" : Number(text).toFixed(decimals).replace("-", "−");

function scoreTable(rows, { drawn }, changed) {
  const table = document.createElement("table");
  const heads = ["Betas", "Estimator", "RMSE", "Change", "from", "to", "Interval"];
  const head = table.createTHead().insertRow();
  for (const [i, text] of heads.entries()) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = text;
    if (i > 1 && i < 6) cell.className = "number";
    head.append(cell);
  }
  const bounds = rows.flatMap(({ changeLower, changeUpper, rmseChange }) =>
    [changeLower, changeUpper, rmseChange].filter((text) => text !== "").map(Number),
  );
  const range = [Math.min(0, ...bounds), Math.max(0, ...bounds)];
  const body = table.createTBody();
  for (const row of rows) {
    const name = `${row.estimator} ${row.update}`;
    const line = body.insertRow();
    line.insertCell().append(betaTick(name, drawn, changed));
    line.insertCell().textContent = name.replace(" ", ", ");
    const numbers = [row.rmse, row.rmseChange, row.changeLower, row.changeUpper];
    for (const text of numbers) {
      const cell = line.insertCell();
      cell.className = "number";
      cell.textContent = shownNumber(text, 4);
    }
    line.insertCell().append(intervalBar(row, range));
  }
  const scroll = document.createElement("div");
  scroll.className = "scroll";
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", "Scores by estimator");
  scroll.tabIndex = 0;
  scroll.append(table);
  watchScroll(scroll);
  return scroll;
}

function betaTick(name, drawn, changed) {
  const tick = document.createElement("input");
  tick.type = "checkbox";
  tick.checked = drawn.has(name);
  tick.setAttribute("aria-label", `Draw the betas of ${name.replace(" ", ", ")}`);
  tick.addEventListener("change", () => {
    if (tick.checked) drawn.add(name);
    else drawn.delete(name);
    changed();
  });
  return tick;
}

/** A change with its interval, on a scale that all rows share; zero is a line. */
function intervalBar({ rmseChange, changeLower, changeUpper }, [low, high]) {
  const [width, height] = [180, 20];
  const px = (value) => 6 + ((Number(value) - low) / (high - low || 1)) * (width - 12);
  const bar = svg("svg", { width, height, class: "interval", "aria-hidden": "true" });
  bar.append(svg("line", { x1: px(0), x2: px(0), y1: 0, y2: height, class: "mark" }));
  if (changeLower !== "")
    bar.append(
      svg("path", {
        d: `M${px(changeLower)} 10H${px(changeUpper)}`,
        class: "line s0",
      }),
    );
  if (rmseChange !== "")
    bar.append(svg("circle", { cx: px(rmseChange), cy: 10, r: 4, class: "area s0" }));
  return bar;
}

/** Paths of the ticked estimators on one market, of one coin. */
function drawBetas(form, { betas, drawn }) {
  const { frequency, marketSet, coin: chosen } = choicesOf(form);
  const room = explorer.querySelector(".explored-betas");
  const own = explorer.querySelector(".beta-choices");
  const { dates, coins, sets } = betas;
  const set = sets[marketSet];
  const names = Object.keys(set?.betas ?? {}).filter((name) => drawn.has(name));
  own.hidden = !set || frequency !== form.elements.frequency.options[0].value;
  room.hidden = own.hidden || names.length === 0;
  if (room.hidden) return;
  fillChoice(own, "coin", "Betas of", coins, chosen);
  fillChoice(own, "market", "on", set.markets);
  own.onchange = () => drawBetas(form, { betas, drawn });
  const { coin, market } = choicesOf(own);
  const at = set.markets.indexOf(market) * coins.length + coins.indexOf(coin);
  lines(room, {
    title: `Walk-forward betas of ${coin} on ${market}, markets ${marketSet}`,
    label: `Betas by date of ${names.join("; ")}`,
    lines: names.map((name, i) => ({
      name: name.replace(" ", ", "),
      style: i % 6,
      values: betasAt(set.betas[name], at * dates.length, dates.length),
    })),
    xTitle: "date of the target",
    xTicks: (width) => years(dates, width < 500 ? 4 : 8),
  });
}

/** Betas from hundredths that are held as differences. */
function betasAt(held, from, count) {
  let sum = 0;
  return held.slice(from, from + count).map((step) => {
    if (step === null) return Number.NaN;
    sum += step;
    return sum / 100;
  });
}

/** A labelled choice whose values may change; what was chosen stays, if it can. */
function fillChoice(form, name, text, values, wanted) {
  let select = form.elements[name];
  if (!select) {
    const label = document.createElement("label");
    select = document.createElement("select");
    select.name = name;
    label.append(`${text} `, select);
    form.append(label);
  }
  const before = select.dataset.wanted === wanted ? select.value : (wanted ?? select.value);
  select.dataset.wanted = wanted;
  select.replaceChildren(...values.map((value) => new Option(value)));
  select.value = values.includes(before) ? before : values[0];
}
