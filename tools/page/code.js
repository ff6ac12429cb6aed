/** Code that can be taken along. */

for (const cell of document.querySelectorAll("details.code")) {
  const code = cell.querySelector("pre");
  cell.append(
    tools([
      button("Copy code", "", async () => {
        await copy(`${code.textContent.trimEnd()}\n`);
        say("Code copied");
      }),
    ]),
  );
}
