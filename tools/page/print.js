/**
 * Print: a figure that one page could only hold with type below 7 points goes over several, cut where nothing is drawn; heads
 * of tables stand on every page of theirs.
 */

/**
 * Millimetres: the width of an A4 page between its margins; the height that a part of a figure takes at most; that of the
 * highest picture that stays whole, as in the style of print; and the least width of a figure, at which its type of 12 pixels
 * of 760 has 7 points.
 */
const PAPER = { width: 176, part: 225, whole: 245, least: 157 };

/** The parts of a picture as canvases; none if a page holds it in legible type. */
function partsOf(picture) {
  const { naturalWidth: width, naturalHeight: height } = picture;
  if (width === 0 || (height * PAPER.least) / width <= PAPER.whole) return [];
  const whole = Object.assign(document.createElement("canvas"), { width, height });
  const drawn = whole.getContext("2d", { willReadFrequently: true });
  drawn.drawImage(picture, 0, 0);
  const pixels = new Uint32Array(drawn.getImageData(0, 0, width, height).data.buffer);
  const most = Math.floor((PAPER.part / PAPER.width) * width);
  const parts = [];
  for (let from = 0; from < height; ) {
    const to =
      height - from <= most ? height : emptyRow(pixels, width, [from + most / 2, from + most]);
    const part = Object.assign(document.createElement("canvas"), { width, height: to - from });
    part.getContext("2d").drawImage(whole, 0, -from);
    parts.push(part);
    from = to;
  }
  return parts;
}

/** Middle of the last of the highest strips in which every row is as the one above: there, lines go straight down at most. */
function emptyRow(pixels, width, [first, last]) {
  let [best, highest, begin] = [Math.floor(last), 0, Math.floor(first)];
  for (let y = begin + 1; y <= last; y++) {
    const row = y * width;
    let x = 0;
    while (x < width && pixels[row + x] === pixels[row - width + x]) x++;
    if (x < width) begin = y;
    else if (y - begin >= highest) [best, highest] = [Math.floor((y + begin) / 2), y - begin];
  }
  return best;
}

/** Buttons of heads, while their words stand without them: browsers leave buttons out where they repeat a head. */
const controls = new Map();

addEventListener("beforeprint", () => {
  for (const control of document.querySelectorAll("thead .sort")) {
    controls.set(control, control.parentElement);
    control.replaceWith(...control.childNodes);
  }
  for (const { room } of plots) {
    const picture = room.querySelector("img");
    const parts = picture ? partsOf(picture) : [];
    room.classList.toggle("parted", parts.length > 0);
    for (const part of parts) part.className = "part";
    room.append(...parts);
  }
});
addEventListener("afterprint", () => {
  for (const part of document.querySelectorAll(".plot > .part")) part.remove();
  for (const [control, head] of controls) {
    control.append(...head.childNodes);
    head.append(control);
  }
  controls.clear();
});
