/** Figures: a picture at first, live when they come into view, and saved as SVG or PNG with their font inside. */

const plots = [...document.querySelectorAll(".plot")].map((room) => {
  const figure = room.closest("figure");
  const [described, packed] = figure.querySelectorAll("script");
  const { legend, layout, config } = JSON.parse(described.textContent);
  let data;
  const traces = () => (data ??= unpacked(packed));
  return { room, figure, legend, traces, layout, config, live: undefined };
});

/** The library that draws, unpacked once; the page's policy knows it by its hash. */
let library;
const plotly = () =>
  (library ??= unpacked(document.getElementById("plotly")).then((text) => {
    const script = document.createElement("script");
    script.textContent = text;
    document.head.append(script);
    return window.Plotly;
  }));

/** Room for the figure as it will be drawn, so that nothing moves when it is. */
function reserve({ room, legend, layout }) {
  const { height } = fitLayout(layout, room.clientWidth, legend);
  room.style.setProperty("--height", `${height}px`);
}

async function draw(plot) {
  const { room, legend, traces, layout, config } = plot;
  const [Plotly, data] = await Promise.all([plotly(), traces()]);
  const fitted = fitLayout(layout, room.clientWidth, legend);
  if (!plot.live) {
    const live = document.createElement("div");
    live.className = "live";
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", room.dataset.alt);
    room.append(live);
    const picture = room.querySelector("img");
    if (picture) picture.hidden = true;
    plot.live = live;
  }
  // A finger on a figure scrolls the page.
  const touch = matchMedia("(hover: none)").matches;
  Plotly.react(
    plot.live,
    data,
    { ...fitted, autosize: false, ...(touch && { dragmode: false }) },
    {
      ...config,
      responsive: false,
      displayModeBar: touch ? false : "hover",
      modeBarButtonsToRemove: [...config.modeBarButtonsToRemove, "toImage"],
    },
  );
}

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      const plot = plots.find(({ room }) => room === target);
      if (isIntersecting && !plot.live) draw(plot);
    }
  },
  { rootMargin: "300px" },
);

let width = 0;
new ResizeObserver(() => {
  const now = document.getElementById("content").clientWidth;
  if (now === width) return;
  width = now;
  for (const plot of plots) {
    reserve(plot);
    if (plot.live) draw(plot);
  }
}).observe(document.getElementById("content"));

/** The figure as SVG, in the size of its layout, whatever the screen's. */
async function svgOf({ traces, layout }) {
  const [Plotly, data] = await Promise.all([plotly(), traces()]);
  const size = { width: 760, height: layout.height ?? 450 };
  const url = await Plotly.toImage(
    { data, layout: { ...layout, ...size, autosize: false } },
    { format: "svg", ...size },
  );
  const svg = decodeURIComponent(url.slice(url.indexOf(",") + 1));
  const faces = document.querySelector("style").textContent.match(/@font-face\{[^}]*\}/g);
  return svg.replace(/^<svg[^>]*>/, (tag) => `${tag}<style>${faces.join("")}</style>`);
}

/** Four pixels for one: 300 to the inch where the figure is 250 mm wide. */
async function pngOf(plot) {
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(await svgOf(plot))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = 4 * picture.naturalWidth;
  canvas.height = 4 * picture.naturalHeight;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

for (const plot of plots) {
  const id = plot.figure.id.replace(/^figure-/, "");
  const label = plot.figure.querySelector(".label").textContent.replace(".", "");
  const forms = {
    SVG: async () => new Blob([await svgOf(plot)], { type: "image/svg+xml" }),
    PNG: () => pngOf(plot),
  };
  const buttons = Object.entries(forms).map(([form, make]) =>
    button(form, `Save ${label} as ${form}`, async () =>
      save(`${id}.${form.toLowerCase()}`, await make()),
    ),
  );
  plot.figure.append(tools(buttons));
  watcher.observe(plot.room);
}
