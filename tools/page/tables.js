/** Tables: sorted by a click on a head, copied as they stand, and saved whole as CSV. */

for (const table of document.querySelectorAll(".table")) {
  const body = table.querySelector("tbody");
  const label = table.querySelector(".label").textContent.replace(".", "");
  // The ledger is a list of claims, which keep their order.
  const rowsNow = () => [...(body?.rows ?? table.querySelectorAll("details.claim"))];
  rowsNow().forEach((row, i) => {
    row.dataset.row = i;
  });
  if (table.querySelector("td.prose")) makeCards(table);
  if (body) makeSortable(table, body);
  const script = table.querySelector("script");
  if (!script) continue;
  const order = () => rowsNow().map((row) => Number(row.dataset.row));
  const copies = {
    CSV: ({ csv }) => [csv[0], ...order().map((i) => csv[i + 1])],
    LaTeX: ({ latex }) => [latex[0], ...order().map((i) => latex[1][i]), latex[2]],
  };
  const buttons = Object.entries(copies).map(([form, lines]) =>
    button(`Copy ${form}`, `Copy ${form} of ${label}`, async () => {
      await copy(`${lines(await unpacked(script)).join("\n")}\n`);
      say(`${label}: ${rowsNow().length} rows copied as ${form}`);
    }),
  );
  const { id, rows, long } = script.dataset;
  const saveWhole = async () => {
    const { csv } = await unpacked(script);
    save(`${id}.csv`, new Blob([`${csv.join("\n")}\n`], { type: "text/csv" }));
    const digits = long === undefined ? "" : ", with four digits";
    say(`${label}: ${rows} rows saved${digits}`);
  };
  buttons.push(button("Save CSV", `Save CSV of ${label}`, saveWhole));
  // A page that was sent alone has no folder beside it.
  table.querySelector(".notes a[download]")?.addEventListener("click", (event) => {
    event.preventDefault();
    saveWhole();
  });
  if (long === undefined && Number(rows) > rowsNow().length)
    buttons.push(showAll(table, body, script));
  table.append(tools(buttons));
}

/** Where there is no room for columns of prose, a row is a card: every cell says what its column is. */
function makeCards(table) {
  table.classList.add("worded");
  // So many that they scroll by themselves.
  table.classList.toggle("many", table.querySelectorAll("tbody tr").length > 10);
  const heads = [...table.querySelectorAll("thead th")].map(({ textContent }) => textContent);
  for (const { cells } of table.querySelectorAll("tbody tr"))
    heads.forEach((head, i) => {
      cells[i].dataset.head = head;
    });
}

/** Fades the edge of what scrolls where more stands to the right, but for the caption, which stays in view. */
const scrolled = new ResizeObserver((entries) => markMore(entries.map(({ target }) => target)));
function markMore(rooms) {
  const found = rooms.map((room) => [
    room.querySelector("caption")?.offsetHeight ?? 0,
    room.scrollLeft + room.clientWidth < room.scrollWidth - 1,
  ]);
  rooms.forEach((room, i) => {
    room.style.setProperty("--caption", `${found[i][0]}px`);
    room.classList.toggle("more", found[i][1]);
  });
}
function watchScroll(room) {
  scrolled.observe(room);
  room.addEventListener("scroll", () => markMore([room]), { passive: true });
}
document.querySelectorAll(".scroll").forEach(watchScroll);

/** A button that adds the rows that are not shown at first. */
function showAll(table, body, script) {
  const all = button(`Show all ${script.dataset.rows} rows`, "", async () => {
    const { more } = await unpacked(script);
    const shown = body.rows.length;
    const pattern = body.rows[0];
    more.forEach((cells, i) => {
      const row = pattern.cloneNode(true);
      row.dataset.row = shown + i;
      cells.forEach((html, c) => {
        row.cells[c].innerHTML = html;
      });
      body.append(row);
    });
    table.classList.add("long");
    table.querySelector(".partial")?.remove();
    all.remove();
    for (const head of table.querySelectorAll("[aria-sort]")) head.removeAttribute("aria-sort");
  });
  return all;
}

function makeSortable(table, body) {
  for (const head of table.querySelectorAll("thead th")) {
    const control = document.createElement("button");
    control.type = "button";
    control.className = "sort";
    control.append(...head.childNodes);
    head.append(control);
    control.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.querySelectorAll("[aria-sort]")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      const rows = [...body.rows].sort((a, b) =>
        compare(
          a.cells[head.cellIndex].textContent,
          b.cells[head.cellIndex].textContent,
          descending ? -1 : 1,
        ),
      );
      body.append(...rows);
    });
  }
}

/** Numbers by size, text by the alphabet, empty cells last in both directions. */
function compare(a, b, sign) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [a, b].map((text) => Number(text.replace("−", "-")));
  if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
  return sign * a.localeCompare(b, "en");
}
