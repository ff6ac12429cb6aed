/** Pictures of figures: reused where a figure is unchanged, drawn where it is new, named by ids that are no paths. */

import { expect, it, vi } from "vitest";
import { type CodeCell, type Notebook, notebookOf } from "../tools/dist/kernel/notebook.js";
import { writeFigures } from "../tools/dist/pictures/figures.js";
import { addPictures, shownFigures } from "../tools/dist/pictures/pictures.js";

const figure = (y: number, png?: string): Notebook => {
  const notebook = notebookOf([{ type: "code", source: "show(figure);", tags: [] }]);
  (notebook.cells[0] as CodeCell).outputs = [
    {
      output_type: "display_data",
      data: {
        "application/vnd.plotly.v1+json": { data: [{ y: [y] }], layout: {} },
        ...(png === undefined ? {} : { "image/png": png }),
      },
      metadata: { "neural-beta": { figure: "f", caption: "c", alt: "a" } },
    },
  ];
  return notebook;
};
const picture = (notebook: Notebook) => shownFigures(notebook)[0]!.data["image/png"];
const drawn = Buffer.from("new");

it("reuses the picture of a figure that has not changed, without a browser", async () => {
  const [old, fresh] = [figure(1, "b2xk"), figure(1)];
  const draw = vi.fn(async () => drawn);
  expect(await addPictures([fresh], [old], draw)).toEqual([]);
  expect(picture(fresh)).toBe("b2xk");
  expect(draw).not.toHaveBeenCalled();
});
it("draws a figure that has changed", async () => {
  const fresh = figure(2);
  await addPictures([fresh], [figure(1, "b2xk")], async () => drawn);
  expect(picture(fresh)).toBe(drawn.toString("base64"));
});
it("names the figures that have no picture where nothing can draw", async () => {
  const fresh = figure(2);
  expect(await addPictures([fresh], [], async () => undefined)).toEqual(["f"]);
  expect(picture(fresh)).toBeUndefined();
});
it("writes no figure whose id is a path", async () => {
  const [shown] = shownFigures(figure(1));
  const evil = { ...shown!, metadata: { ...shown!.metadata, figure: "../../evil" } };
  const draw = vi.fn();
  await expect(writeFigures([evil], { draw }, "nowhere", { formats: ["svg"] })).rejects.toThrow(
    'export: an id must be small letters, digits and hyphens, got "../../evil"',
  );
  expect(draw).not.toHaveBeenCalled();
});
