// Figures are drawn when they come into view, and all of them before printing.
const plots = [...document.querySelectorAll(".plot")];

function draw(plot) {
  if (plot.dataset.drawn) return;
  plot.dataset.drawn = "yes";
  const { data, layout, config } = JSON.parse(
    plot.nextElementSibling.textContent,
  );
  const narrow = plot.clientWidth < 500;
  const font = { ...layout.font, size: narrow ? 10 : layout.font.size };
  window.Plotly.newPlot(
    plot,
    data,
    { ...layout, font, autosize: true },
    {
      ...config,
      toImageButtonOptions: {
        format: "svg",
        filename: plot.id.replace("plot-", ""),
      },
    },
  );
}

// Without scripts the picture stands here, and no empty room above it.
for (const plot of plots) plot.style.height = `${plot.dataset.height}px`;

const watcher = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) if (entry.isIntersecting) draw(entry.target);
  },
  { rootMargin: "400px" },
);
for (const plot of plots) watcher.observe(plot);
window.addEventListener("beforeprint", () => {
  plots.forEach(draw);
});

const code = document.getElementById("code");
let shown = false;
code.addEventListener("click", () => {
  shown = !shown;
  code.textContent = shown ? "Hide code" : "Show code";
  for (const cell of document.querySelectorAll("details.code"))
    cell.open = shown;
});
