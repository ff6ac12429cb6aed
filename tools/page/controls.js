/** What the other scripts share. */

/** A button with a name for those who hear it, where its text alone would not say enough. */
function button(text, name, action) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  if (name) element.setAttribute("aria-label", name);
  element.addEventListener("click", action);
  return element;
}

function tools(buttons) {
  const row = document.createElement("div");
  row.className = "tools";
  row.append(...buttons);
  return row;
}

/** Said to those who hear the page, and shown for a moment to those who see it. */
function say(text) {
  const status = document.getElementById("status");
  status.textContent = text;
  status.classList.add("seen");
  clearTimeout(say.timer);
  say.timer = setTimeout(() => status.classList.remove("seen"), 2500);
}

/** Some browsers give pages from disk no clipboard. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}

/** Offers the reader a file. */
function save(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** The data of a script that was packed to keep the page small. */
async function unpacked(script) {
  const bytes = Uint8Array.from(atob(script.textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}
