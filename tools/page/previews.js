/** What a reference stands for, shown beside it while it has the mouse or the keyboard. */

const preview = document.createElement("div");
preview.id = "preview";
preview.setAttribute("role", "tooltip");
preview.hidden = true;
document.body.append(preview);

/** A figure's picture and caption, a table's caption, a term's meaning, a work, a chapter's title and question. */
function fillPreview(target) {
  const line = (text, tag = "p") => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  const figure = target.closest("figure");
  if (figure) {
    const picture = figure.querySelector(".plot img")?.cloneNode();
    if (picture) {
      picture.hidden = false;
      picture.alt = "";
    }
    preview.replaceChildren(
      ...(picture ? [picture] : []),
      line(figure.querySelector("figcaption").textContent),
    );
    return true;
  }
  // A chapter has captions too: those of its tables.
  const caption = target.tagName !== "SECTION" && target.querySelector("caption, .caption");
  if (caption) {
    preview.replaceChildren(line(caption.textContent));
    return true;
  }
  if (target.tagName === "DT") {
    preview.replaceChildren(
      line(target.textContent, "strong"),
      line(target.nextElementSibling.textContent),
    );
    return true;
  }
  const work = target.querySelector(":scope > .work");
  if (work) {
    preview.replaceChildren(line(work.textContent));
    return true;
  }
  const head = target.querySelector("h2");
  if (!head) return false;
  const question = target.querySelector("h2 + p");
  preview.replaceChildren(
    line(head.firstChild.textContent.trim(), "strong"),
    ...(question ? [line(question.textContent)] : []),
  );
  return true;
}

function showPreview(link) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!target || !fillPreview(target)) return;
  preview.hidden = false;
  const [at, room] = [link.getBoundingClientRect(), preview.getBoundingClientRect()];
  const left = Math.min(at.left, root.clientWidth - room.width - 8);
  const below = at.bottom + 6;
  const top = below + room.height > window.innerHeight ? at.top - room.height - 6 : below;
  preview.style.left = `${Math.max(8, left)}px`;
  preview.style.top = `${Math.max(8, top)}px`;
  link.setAttribute("aria-describedby", "preview");
}

function hidePreview() {
  preview.hidden = true;
  document.querySelector("[aria-describedby='preview']")?.removeAttribute("aria-describedby");
}

for (const link of document.querySelectorAll("a.ref")) {
  link.addEventListener("mouseenter", () => showPreview(link));
  link.addEventListener("focus", () => showPreview(link));
  link.addEventListener("mouseleave", hidePreview);
  link.addEventListener("blur", hidePreview);
  link.addEventListener("click", hidePreview);
}
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hidePreview();
});
document.addEventListener("scroll", hidePreview, { passive: true });
