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

/** Where the keyboard stops, in the order of the document, each marked with its number; none may ask for another order. */
export function markStops(): { readonly count: number; readonly firsts: number[] } {
  const stops = Array.from(
    document.querySelectorAll<HTMLElement>(
      "a[href], button:enabled, input, select, textarea, summary, [tabindex='0']",
    ),
  ).filter((element) => element.checkVisibility() && !element.closest("svg"));
  stops.forEach((element, i) => {
    element.dataset.stop = String(i);
  });
  if (document.querySelector("[tabindex]:not([tabindex='0'], [tabindex='-1'])"))
    throw new Error("a tabindex changes the order of the keyboard");
  const firsts = Array.from(document.querySelectorAll("main section"), (section) =>
    Number(section.querySelector<HTMLElement>("[data-stop]")?.dataset.stop ?? 0),
  );
  return { count: stops.length, firsts };
}

/** The stop that has the keyboard: its number, -1 where none has it, and its name. */
export function stopNow(): { readonly stop: number; readonly name: string } {
  const { dataset, textContent } = document.activeElement as HTMLElement;
  return { stop: Number(dataset.stop ?? -1), name: textContent!.trim() };
}

/** Gives the keyboard to every stop in turn: those that do not take it, or where a reader does not see that they have it. */
export function unseenStops(): Fault[] {
  const faults: Fault[] = [];
  for (const element of Array.from(document.querySelectorAll<HTMLElement>("[data-stop]"))) {
    element.focus();
    const box = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const inside =
      box.width > 0 &&
      box.bottom > 0 &&
      box.top < window.innerHeight &&
      box.right > 0 &&
      box.left < window.innerWidth;
    const fault = (what: string) => faults.push({ what, text: element.outerHTML.slice(0, 120) });
    if (document.activeElement !== element) fault("does not take the keyboard");
    else if (!inside) fault("outside the window");
    else if (outlineStyle === "none" || outlineWidth === "0px") fault("no outline");
  }
  return faults;
}

/** Words of live figures that stand outside their room. */
export const wordsOutside = (): (string | null)[] =>
  Array.from(document.querySelectorAll(".live")).flatMap((live) => {
    const room = live.getBoundingClientRect();
    return Array.from(live.querySelectorAll("text"))
      .filter((text) => {
        const { width, left, right } = text.getBoundingClientRect();
        return width > 0 && (left < room.left - 1 || right > room.right + 1);
      })
      .map((text) => text.textContent);
  });

/** Scrolls to every figure until it is drawn, and to every chapter. */
export async function drawAll(): Promise<void> {
  const moment = () => new Promise((resolve) => setTimeout(resolve, 10));
  for (const place of Array.from(document.querySelectorAll(".plot, main section, main h3"))) {
    place.scrollIntoView({ behavior: "instant" });
    await moment();
    if (!place.matches(".plot")) continue;
    for (const began = performance.now(); !place.querySelector(".live .main-svg"); ) {
      if (performance.now() - began > 60_000)
        throw new Error(
          `${place.closest("figure")!.id} is not drawn: ${document.visibilityState}, ${JSON.stringify(place.getBoundingClientRect())}`,
        );
      await moment();
    }
  }
}

/** Frames of more than 200 ms on a way down the page, a window at a time: those that are as long when they are tried again. */
export async function longFrames(): Promise<string[]> {
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  /** Two frames, since what comes into view may be drawn after the first. */
  const stepTo = async (y: number) => {
    const began = await frame();
    window.scrollTo({ top: y, behavior: "instant" });
    const middle = await frame();
    return Math.max(middle - began, (await frame()) - middle);
  };
  const step = window.innerHeight;
  const slow: number[] = [];
  for (let y = 0; y < document.body.scrollHeight; y += step)
    if ((await stepTo(y)) > 200) slow.push(y);
  const faults: string[] = [];
  for (const y of slow) {
    let time = Number.POSITIVE_INFINITY;
    // Another program may have had the core.
    for (let n = 0; n < 5 && time > 200; n++) {
      await stepTo(y - step);
      time = Math.min(time, await stepTo(y));
    }
    if (time > 200) faults.push(`${Math.round(time)} ms at ${y} px`);
  }
  return faults;
}

/**
 * Leaves of what a page repeats a few of each, as a checker that looks at every element by every rule needs no more: rows of tables,
 * unfolded code, claims, live figures.
 */
export function thinOut(): void {
  const beyond = (selector: string, few: number, within: ParentNode = document) => {
    for (const element of Array.from(within.querySelectorAll(selector)).slice(few))
      element.remove();
  };
  for (const body of Array.from(document.querySelectorAll("tbody"))) beyond("tr", 3, body);
  beyond("details.code", 10);
  beyond("details.claim", 10);
  beyond(".live", 3);
  for (const details of Array.from(document.querySelectorAll("details"))) details.open = true;
  // The keyboard's test has scrolled tables, whose names then lie on a part of a head.
  for (const scrolled of Array.from(document.querySelectorAll(".scroll"))) scrolled.scrollLeft = 0;
}
