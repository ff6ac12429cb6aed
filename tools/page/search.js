/** A search over heads, captions, claims and terms, in the words of the page. */

const field = document.getElementById("search");
const found = document.getElementById("found");
const MOST = 30;

/** What can be found: its text, where it stands, and the chapter that it belongs to. */
const entries = [
  ...[...document.querySelectorAll("main :is(h2, h3, h4)")].map((head) => ({
    text: head.firstChild.textContent.trim(),
    anchor: head.id || head.closest("section")?.id,
  })),
  ...[...document.querySelectorAll("figcaption")].map((caption) => ({
    text: caption.textContent,
    anchor: caption.closest("figure").id,
  })),
  ...[...document.querySelectorAll(".table caption")].map((caption) => ({
    text: caption.textContent,
    anchor: caption.closest("table").id,
  })),
  ...[...document.querySelectorAll("details.claim")].map((claim) => ({
    text: [...claim.querySelectorAll("summary > span")].map((part) => part.textContent).join(" · "),
    anchor: claim.id,
  })),
  ...[...document.querySelectorAll("dl.terms dt")].map((term) => ({
    text: `${term.textContent}: ${term.nextElementSibling.textContent}`,
    anchor: term.id,
  })),
]
  .filter(({ anchor }) => anchor)
  .map((entry) => ({ ...entry, plain: plainText(entry.text) }));

/** Small letters, with the spaces and the minus of a keyboard. */
function plainText(text) {
  return text.toLowerCase().replace(/\s/g, " ").replaceAll("−", "-");
}

/** A row of results: the words around the first hit. */
function result({ text, anchor, plain }, word) {
  const from = Math.max(0, plain.indexOf(word) - 40);
  const link = document.createElement("a");
  link.href = `#${anchor}`;
  link.textContent = `${from > 0 ? "…" : ""}${text.slice(from, from + 110)}${text.length > from + 110 ? "…" : ""}`;
  const item = document.createElement("li");
  item.append(link);
  return item;
}

function search() {
  const words = plainText(field.value).split(" ").filter(Boolean);
  nav.classList.toggle("searching", words.length > 0);
  if (words.length === 0) return;
  const hits = entries.filter(({ plain }) => words.every((word) => plain.includes(word)));
  found.replaceChildren(...hits.slice(0, MOST).map((entry) => result(entry, words[0])));
  say(hits.length === 1 ? "1 place found" : `${hits.length} places found`);
}

field.hidden = false;
field.addEventListener("input", search);
found.addEventListener("click", (event) => {
  if (event.target.closest("a")) open(false);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && field.value !== "" && nav.contains(document.activeElement)) {
    field.value = "";
    search();
  }
  const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName);
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    if (menu.offsetParent) open(true);
    field.focus();
  }
});
