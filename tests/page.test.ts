import { beforeAll, describe, expect, it } from "vitest";
import {
  type CodeCell,
  type Notebook,
  notebookOf,
} from "../tools/dist/notebook.js";
import { reportPage } from "../tools/dist/page.js";

const PLOTLY = "application/vnd.plotly.v1+json";

function executed(): Notebook {
  const notebook = notebookOf([
    {
      type: "markdown",
      source: "# 00 · A <title>\n\nLog of $p_t$, <b>bold</b>.",
      tags: [],
    },
    { type: "code", source: 'const a = "</script>";', tags: [] },
  ]);
  (notebook.cells[1] as CodeCell).outputs = [
    {
      output_type: "display_data",
      data: {
        [PLOTLY]: {
          data: [{ y: [1], name: "</script><b>" }],
          layout: { height: 300 },
        },
        "image/png": "AAAA",
        "text/plain": "[Figure]",
      },
      metadata: {
        "neural-beta": { figure: "f", caption: "A < B", alt: 'An "alt" text' },
      },
    },
    {
      output_type: "display_data",
      data: { "text/markdown": "*A < B*" },
      metadata: { "neural-beta": { captionOf: "f" } },
    },
    { output_type: "stream", name: "stdout", text: "1 < 2" },
    {
      output_type: "display_data",
      data: { "text/html": "<table></table>" },
      metadata: {},
    },
    {
      output_type: "display_data",
      data: { "text/markdown": "RMSE **0.2**" },
      metadata: {},
    },
  ];
  return notebook;
}

describe("the page", () => {
  let page: string;
  let body: string;
  beforeAll(async () => {
    page = await reportPage(new Map([["00-a", executed()]]), "Study <x>");
    body = page.slice(
      page.indexOf("<body>"),
      page.indexOf("plotly.js (cartesian"),
    );
  });

  it("asks nothing of any network", () => {
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(page.slice(0, page.indexOf("<body>"))).not.toMatch(
      /@import|url\((?!data:)/,
    );
  });
  it("has a chapter per notebook, linked from the contents, below one main head", () => {
    expect(body).toContain('<a href="#00-a">00 · A &lt;title&gt;</a>');
    expect(body).toContain('<section id="00-a">');
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(body).toContain("<h2>00 · A &lt;title&gt;</h2>");
  });
  it("escapes text and writes formulas as MathML", () => {
    expect(body).toContain("Study &lt;x&gt;");
    expect(body).toContain("&lt;b&gt;bold&lt;/b&gt;");
    expect(body).toContain("1 &lt; 2");
    expect(body).toContain("<math");
  });
  it("folds code away", () => {
    expect(body).toMatch(/<details class="code"><summary>Code<\/summary><pre/);
  });
  it("shows a figure live, with a picture for readers without scripts, and its caption once", () => {
    expect(body).toContain('aria-label="An &quot;alt&quot; text"');
    expect(body).toContain(
      '<noscript><img alt="An &quot;alt&quot; text" src="data:image/png;base64,AAAA"></noscript>',
    );
    expect(body.match(/A &lt; B/g)).toHaveLength(1);
  });
  it("lets no text end a script", () => {
    const figure = /<script type="application\/json">([\s\S]*?)<\/script>/.exec(
      body,
    )![1]!;
    expect(JSON.parse(figure).data[0].name).toBe("</script><b>");
    expect(page.match(/<script/g)!.length).toBe(
      page.match(/<\/script>/g)!.length,
    );
  });
  it("is the same twice", async () => {
    expect(await reportPage(new Map([["00-a", executed()]]), "Study <x>")).toBe(
      page,
    );
  });
});
