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
