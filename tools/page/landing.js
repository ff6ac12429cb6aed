/** A link to a place ends there, although fonts and figures arrive later than the browser's own jump. */

let own = true;
for (const moved of ["wheel", "touchstart", "keydown", "mousedown"])
  addEventListener(moved, () => (own = false), { passive: true, once: true });

function land() {
  const target =
    location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (own && target) target.scrollIntoView({ behavior: "instant" });
}

document.fonts.ready.then(land);
addEventListener("load", () => {
  land();
  // Figures in view are drawn by now.
  setTimeout(land, 400);
});
