/** Networks trained in the reader's browser: choices, progress, curves, betas, and the comparison with the notebooks. */

const live = document.getElementById("live");
if (live) startLive();

async function startLive() {
  const part = (selector) => live.querySelector(selector);
  const missing = part(".live-missing");
  if (typeof WebAssembly === "undefined" || typeof Worker === "undefined") {
    missing.textContent =
      "This browser has no WebAssembly, without which nothing can be trained here. All else on this page can be read.";
    return;
  }
  missing.remove();
  const form = part("form");
  form.hidden = false;
  let data;
  const load = () => (data ??= prepareLive());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    runLive(form, await load());
  });
}

/** Data, and the worker's address, unpacked at the first use. */
async function prepareLive() {
  const [data, script] = await Promise.all(
    ["data", "worker"].map((name) => unpacked(live.querySelector(`.live-${name}`))),
  );
  const numbers = (values) => Float64Array.from(values, (value) => value ?? Number.NaN);
  const { panel } = data;
  return {
    ...data,
    code: Uint8Array.from(data.code),
    panel: {
      ...panel,
      coinLogReturns: numbers(panel.coinLogReturns),
      marketLogReturns: numbers(panel.marketLogReturns),
    },
    address: URL.createObjectURL(new Blob([script], { type: "text/javascript" })),
  };
}

/** What the reader has chosen. */
function liveChoice({ elements }) {
  const value = (name) => elements[name].value;
  return {
    ...{ marketSet: value("marketSet"), activation: value("activation"), start: value("start") },
    hidden: Number(value("hidden")),
    learningRate: Number(value("learningRate")),
    replicates: Number(value("replicates")),
  };
}

/** What was heard of the networks so far, drawn at most once a frame. */
function liveDrawing({ elements }, choice) {
  const seen = { curves: [], betas: undefined, nulls: undefined };
  let waiting = 0;
  const draw = () => {
    waiting = 0;
    if (seen.betas) drawLive(seen, elements.coin.value, choice);
  };
  elements.coin.onchange = draw;
  return {
    seen,
    add(reply) {
      seen.curves.push(reply);
      Object.assign(seen, { betas: reply.betas, nulls: reply.nulls });
      waiting ||= requestAnimationFrame(draw);
    },
  };
}

function runLive(form, data) {
  const choice = liveChoice(form);
  const [train, stop] = form.querySelectorAll("button");
  const progress = form.querySelector("progress");
  const tell = (text) => {
    live.querySelector(".live-verdict").textContent = text;
  };
  if (!WebAssembly.validate(data.code)) {
    tell("This browser's WebAssembly has no SIMD, without which the kernel does not run.");
    return;
  }
  const worker = new Worker(data.address);
  const { seen, add } = liveDrawing(form, choice);
  const end = () => {
    worker.terminate();
    train.disabled = false;
    stop.disabled = true;
  };
  const began = performance.now();
  worker.onmessage = ({ data: reply }) => {
    if (reply.trained) {
      add(reply);
      progress.value = reply.trained;
      return;
    }
    end();
    if (reply.failed) tell(reply.failed);
    else {
      live.dataset.row = JSON.stringify(reply.row);
      tell(liveVerdict(choice, reply, data, (performance.now() - began) / 1000));
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    end();
    tell(`The browser did not let the kernel run: ${event.message}`);
  };
  train.disabled = true;
  stop.disabled = false;
  stop.onclick = () => {
    end();
    tell(`Stopped after ${seen.curves.length} of ${choice.replicates} networks.`);
    train.focus();
  };
  Object.assign(progress, { value: 0, max: choice.replicates });
  tell("Training.");
  const { study, panel, code } = data;
  worker.postMessage({ study, panel, code, choice });
}

/** Whether the numbers are those of the notebooks, bit by bit. */
function liveVerdict(choice, { row, betasDigest }, data, seconds) {
  const { marketSet, hidden, learningRate, activation, start, replicates } = choice;
  const name = [marketSet, hidden, learningRate, activation, start].join(" ");
  const done = `${replicates} ${replicates === 1 ? "network" : "networks"} in ${seconds.toFixed(2)} s. Mean validation RMSE at the best epochs ${row.valRmse.toFixed(6)}, in-sample ${row.trainRmse.toFixed(6)}.`;
  const [seeds, ...known] = data.search[name] ?? [];
  if (seeds === undefined) return `${done} The notebooks did not train this configuration.`;
  if (seeds !== replicates)
    return `${done} The notebooks have the mean of ${seeds} seeds: choose as many to compare.`;
  const other = data.compared.filter((key, i) => !Object.is(known[i], row[key]));
  const digest = data.betas[name];
  if (other.length > 0)
    return `${done} Not the bits of the notebook: table search differs in ${other.join(", ")}.`;
  const same = `${done} Equal to the notebook in every bit: all ${known.length} numbers of this configuration in table search.`;
  if (digest === undefined) return same;
  const equal = digest === betasDigest ? "equal" : "do not equal";
  return `${same} The fitted betas ${equal} those of table betas to ${data.decimals} decimals; further ones hang on the browser's exp and tanh.`;
}

/** Learning curves and betas of the networks so far. */
function drawLive({ curves, betas, nulls }, coin, { marketSet, replicates }) {
  const epochs = Math.max(...curves.map(({ validation }) => validation.length));
  const over = (block) => {
    const rows = Array.from({ length: epochs }, (_, epoch) =>
      curves.map((curve) => curve[block][epoch]).filter((rmse) => rmse !== undefined),
    );
    return {
      values: rows.map((row) => row.reduce((sum, rmse) => sum + rmse, 0) / row.length),
      lower: rows.map((row) => Math.min(...row)),
      upper: rows.map((row) => Math.max(...row)),
    };
  };
  const level = (value) => ({ values: new Array(epochs).fill(value) });
  lines(live.querySelector(".live-curves"), {
    title: `Hedging RMSE by epoch, ${curves.length} of ${replicates} networks: mean and range`,
    label: `Learning curves of ${curves.length} networks on ${marketSet}: validation and in-sample RMSE by epoch, with the levels of no hedge and of the pooled constant`,
    lines: [
      { name: "validation", style: 0, ...over("validation") },
      { name: "in-sample", style: 1, ...over("inSample") },
      { name: "no hedge, validation", style: 2, ...level(nulls[0]) },
      { name: "pooled constant, validation", style: 3, ...level(nulls[1]) },
    ],
    xTitle: "epoch",
    xTicks: (width) => ticks(0, epochs - 1, width < 500 ? 4 : 8),
  });
  drawLiveBetas(betas, coin);
}

function drawLiveBetas([fitted, walked], coin) {
  const { dates, coins, markets } = fitted;
  const i = coins.indexOf(coin);
  const known = (path, t) => Number.isFinite(path.values[(t * coins.length + i) * markets.length]);
  const used = dates.flatMap((_, t) => (known(fitted, t) || known(walked, t) ? [t] : []));
  const first = used.findIndex((t) => known(walked, t));
  const series = (key, k) =>
    used.map((t) => {
      const at = (t * coins.length + i) * markets.length + k;
      const pick = (path) => (key === "values" ? path.values : path.band[key])[at];
      return known(fitted, t) ? pick(fitted) : pick(walked);
    });
  lines(live.querySelector(".live-betas"), {
    title: `Beta of ${coin}, mean and range over the networks; walk-forward from ${dates[used[first]]}, fitted before`,
    label: `Betas of ${coin} on ${markets.join(", ")} by date, mean and range over the networks`,
    lines: markets.map((market, k) => ({
      name: market,
      style: k,
      ...{ values: series("values", k), lower: series("lower", k), upper: series("upper", k) },
    })),
    ...(first > 0 && { mark: first - 0.5 }),
    xTitle: "date of the target",
    xTicks: (width) =>
      years(
        used.map((t) => dates[t]),
        width < 500 ? 4 : 8,
      ),
  });
}
