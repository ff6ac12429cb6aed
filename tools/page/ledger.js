/** The ledger: claims of one verdict at a time, and links that open what they lead to. */

const ledger = document.querySelector(".ledger");
if (ledger) {
  const claims = [...ledger.querySelectorAll("details.claim")];
  const verdicts = [...ledger.querySelectorAll(".verdicts li")];
  const choices = verdicts.map((item) => {
    const choice = button(item.textContent, "", () => {
      const on = choice.getAttribute("aria-pressed") !== "true";
      for (const other of choices)
        other.setAttribute("aria-pressed", String(on && other === choice));
      for (const claim of claims)
        claim.hidden = on && !claim.classList.contains(item.dataset.verdict);
      say(`${claims.filter(({ hidden }) => !hidden).length} claims shown`);
    });
    choice.setAttribute("aria-pressed", "false");
    item.replaceChildren(choice);
    return choice;
  });
  const openTarget = () => {
    const target =
      location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.tagName === "DETAILS") target.open = true;
    if (target?.hidden) target.hidden = false;
  };
  addEventListener("hashchange", openTarget);
  openTarget();
}
