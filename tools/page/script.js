// Figures are drawn when they come into view, and all of them before printing.
const plots = [...document.querySelectorAll(".plot")];

function draw(plot) {
  if (plot.dataset.drawn) return;
  plot.dataset.drawn = "yes";
  const { data, layout } = JSON.parse(plot.nextElementSibling.textContent);
  const narrow = plot.clientWidth < 500;
  const font = { ...layout.font, size: narrow ? 10 : layout.font.size };
  window.Plotly.newPlot(
    plot,
    data,
    { ...layout, font, autosize: true },
    {
      responsive: true,
      displaylogo: false,
      modeBarButtonsToRemove: ["lasso2d", "select2d"],
      toImageButtonOptions: {
        format: "svg",
        filename: plot.id.replace("plot-", ""),
      },
    },
  );
}

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
code.addEventListener("click", () => {
  const open = code.getAttribute("aria-pressed") !== "true";
  code.setAttribute("aria-pressed", String(open));
  code.textContent = open ? "Hide code" : "Show code";
  for (const cell of document.querySelectorAll("details.code"))
    cell.open = open;
});
