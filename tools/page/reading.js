/** Contents that follow the reader, code unfolded at once, light and dark. */

const root = document.documentElement;
const nav = document.querySelector("nav");
const menu = document.getElementById("menu");
const links = new Map(
  [...nav.querySelectorAll("ol a")].map((link) => [
    document.getElementById(link.hash.slice(1)),
    link,
  ]),
);

/**
 * Marks where the reader is: the last head above a line, which is a fifth down the window, and moves to its end with the
 * last window of the page, whose heads could not come up to it.
 */
function follow() {
  const left = root.scrollHeight - window.scrollY - window.innerHeight;
  const line = Math.max(0.2 * window.innerHeight, window.innerHeight - left);
  let current;
  for (const part of links.keys())
    if (part.getBoundingClientRect().top < line) current = links.get(part);
  for (const link of links.values()) {
    if (link === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const chapter = current?.closest("#contents > li");
  for (const item of nav.querySelectorAll("#contents > li"))
    item.classList.toggle("open", item === chapter);
  // The contents scroll by themselves where they stand beside the text.
  if (!current || menu.offsetParent) return;
  const [box, room] = [current.getBoundingClientRect(), nav.getBoundingClientRect()];
  if (box.top < room.top + 60) nav.scrollTop -= room.top + 60 - box.top;
  if (box.bottom > room.bottom) nav.scrollTop += box.bottom - room.bottom;
}

let waiting = false;
document.addEventListener(
  "scroll",
  () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  },
  { passive: true },
);
follow();

/** A button that is on or off. */
function toggle(id, isOn, change) {
  const control = document.getElementById(id);
  const set = (on) => {
    control.setAttribute("aria-pressed", String(on));
    change(on);
  };
  control.hidden = false;
  control.addEventListener("click", () => set(control.getAttribute("aria-pressed") !== "true"));
  control.setAttribute("aria-pressed", String(isOn));
  return set;
}

toggle("code", false, (on) => {
  for (const cell of document.querySelectorAll("details.code")) cell.open = on;
});

/** The reader's choice of light or dark, kept for the next visit where the browser keeps anything for pages from disk. */
const THEME = "neural-beta-theme";
function kept(theme) {
  try {
    if (theme) localStorage.setItem(THEME, theme);
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

const theme = kept();
if (theme) root.dataset.theme = theme;
const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
toggle("dark", dark, (on) => {
  root.dataset.theme = on ? "dark" : "light";
  kept(root.dataset.theme);
});

// Narrow screens fold the contents away.
const open = (on) => {
  menu.setAttribute("aria-expanded", String(on));
  nav.classList.toggle("unfolded", on);
};
menu.hidden = false;
nav.classList.add("folding");
menu.addEventListener("click", () => open(menu.getAttribute("aria-expanded") !== "true"));
document.getElementById("contents").addEventListener("click", (event) => {
  if (event.target.closest("a")) open(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !nav.classList.contains("unfolded")) return;
  open(false);
  menu.focus();
});
