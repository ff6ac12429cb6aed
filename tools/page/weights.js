/** Which filters the amortised beta leans on, date by date, with the beta and its interval. */

const leaning = document.getElementById("leaning");
if (leaning) startLeaning();

function startLeaning() {
  leaning.querySelector(".live-missing").remove();
  const form = leaning.querySelector("form");
  form.hidden = false;
  const load = once(async () => ({
    rows: await pageTable("amortised-weights"),
    betas: explorer && (await unpacked(explorer.querySelector("script"))),
  }));
  const show = async () => drawLeaning(form, await load());
  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  whenNear(leaning, show);
}

function drawLeaning(form, { rows, betas }) {
  const { marketSet, coin } = choicesOf(form);
  const own = rows.filter((row) => row.marketSet === marketSet);
  const names = leaning.dataset.groups.split("|");
  for (const [place, series] of [
    [".leaning-coin", coin],
    [".leaning-mean", "mean"],
  ]) {
    const dated = own.filter((row) => row.series === series);
    const room = leaning.querySelector(place);
    room.hidden = dated.length === 0;
    if (room.hidden) continue;
    const keys = Object.keys(dated[0]).slice(3);
    stack(room, {
      title:
        series === "mean" ? "Weights: the mean of the coins" : `Weights: ${coin}, less that mean`,
      label: `Weights of the groups of filters by date for ${series} on ${marketSet}: ${names.join(", ")}`,
      areas: keys.map((key, group) => ({
        name: names[group],
        style: 10 + group,
        values: dated.map((row) => Number(row[key])),
      })),
      xTitle: "date of the target",
      xTicks: (width) =>
        years(
          dated.map(({ date }) => date),
          width < 500 ? 4 : 8,
        ),
    });
  }
  drawLeanedBeta(betas, marketSet, coin);
}

/** The beta of the coin on every market of the set, with its 95 % interval. */
function drawLeanedBeta(betas, marketSet, coin) {
  const room = leaning.querySelector(".leaning-beta");
  const set = betas?.sets[marketSet];
  const at = betas?.coins.indexOf(coin);
  room.hidden = !set?.betas["amortised updated"];
  if (room.hidden) return;
  const { dates, coins } = betas;
  const path = (name, k) =>
    betasAt(
      set.betas[`amortised updated${name}`],
      (k * coins.length + at) * dates.length,
      dates.length,
    );
  lines(room, {
    title: `Amortised beta of ${coin}, with its 95 % interval`,
    label: `Amortised betas of ${coin} on ${set.markets.join(", ")} by date, with their 95 % intervals`,
    lines: set.markets.map((market, k) => ({
      name: market,
      style: k % 6,
      ...{ values: path("", k), lower: path(" lower", k), upper: path(" upper", k) },
    })),
    xTitle: "date of the target",
    xTicks: (width) => years(dates, width < 500 ? 4 : 8),
  });
}
