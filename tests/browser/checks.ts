/** What the page must be for those who do not see it, or not well: run inside the browser, on what it shows. */

export interface Fault {
  readonly what: string;
  readonly text: string;
}

/** Words whose contrast to what lies behind them is below AA (WCAG 2.2, 1.4.3): 4.5, large ones 3. */
export function lowContrast(): Fault[] {
  type Rgb = readonly [number, number, number, number];
  const parsed = (css: string): Rgb => {
    const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  };
  const luminance = ([r, g, b]: Rgb) => {
    const [x, y, z] = [r, g, b].map((v) =>
      v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4,
    ) as [number, number, number];
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element: Element | null): Rgb => {
    for (let at = element; at; at = at.parentElement) {
      const color = parsed(getComputedStyle(at).backgroundColor);
      if (color[3] === 1) return color;
    }
    return parsed(getComputedStyle(document.body).backgroundColor);
  };
  const faults: Fault[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement!;
    const text = node.textContent!.trim();
    if (text === "" || !element.checkVisibility()) continue;
    if (/^(script|style|noscript)$/i.test(element.tagName)) continue;
    const style = getComputedStyle(element);
    // Plots are drawn on white, and turned by a filter in the dark.
    const svg = element.closest("svg");
    const color = parsed(svg ? style.fill : style.color);
    const behind: Rgb = svg?.closest(".plot") ? [255, 255, 255, 1] : ground(element);
    const [low, high] = [luminance(color), luminance(behind)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    const size = Number.parseFloat(style.fontSize);
    const bold = Number(style.fontWeight) >= 700;
    const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < least) faults.push({ what: `contrast ${contrast.toFixed(2)}`, text });
  }
  return faults;
}

/** Pictures without a text, controls without a name, heads that skip a level, links to nowhere, ids that occur twice. */
export function unclear(): Fault[] {
  const faults: Fault[] = [];
  const all = (selector: string) => Array.from(document.querySelectorAll(selector));
  const fault = (what: string, element: Element) =>
    faults.push({ what, text: element.outerHTML.slice(0, 120) });
  for (const picture of all('img, [role="img"]')) {
    const text = picture.getAttribute("alt") ?? picture.getAttribute("aria-label") ?? "";
    if (text.length < 20) fault("no text", picture);
  }
  for (const control of all('a, button, summary, [role="region"]')) {
    const name = control.getAttribute("aria-label") ?? control.textContent!.trim();
    if (name === "") fault("no name", control);
  }
  let level = 0;
  for (const head of all("h1, h2, h3, h4, h5, h6")) {
    const next = Number(head.tagName[1]);
    if (next > level + 1) fault(`h${next} after h${level}`, head);
    level = next;
  }
  if (all("h1").length !== 1) faults.push({ what: "not one h1", text: "" });
  for (const link of all('a[href^="#"]')) {
    const id = decodeURIComponent(link.getAttribute("href")!.slice(1));
    if (!document.getElementById(id)) fault("leads nowhere", link);
  }
  const ids = all("[id]")
    .filter((element) => !element.closest("svg"))
    .map(({ id }) => id);
  for (const id of ids.filter((other, i) => ids.indexOf(other) !== i))
    faults.push({ what: "id twice", text: id });
  if (document.documentElement.lang === "") faults.push({ what: "no language", text: "" });
  return faults;
}

/** What has the keyboard now: where it stands in the document, and whether a reader sees that it has. */
export function focused(): {
  readonly position: number;
  readonly name: string;
  readonly seen: boolean;
} {
  const element = document.activeElement!;
  const box = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  // Numbered once: a page has tens of thousands of elements, and nearly two thousand stops.
  const known = window as { order?: Map<Element, number> };
  known.order ??= new Map(Array.from(document.querySelectorAll("*"), (node, i) => [node, i]));
  return {
    position: known.order.get(element) ?? -1,
    name: element.getAttribute("aria-label") ?? element.textContent!.trim().slice(0, 60),
    seen:
      box.width > 0 &&
      box.bottom > 0 &&
      box.top < window.innerHeight &&
      box.right > 0 &&
      box.left < window.innerWidth &&
      outlineStyle !== "none" &&
      outlineWidth !== "0px",
  };
}
