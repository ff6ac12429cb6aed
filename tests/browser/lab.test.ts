/** JupyterLab as npm run lab starts it: our kernel, the notebooks' figures, and a cell that runs. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { browserPath, openBrowser } from "../../tools/dist/pictures/browser.js";
import { ROOT } from "../support/scratch.js";
import { tool } from "../support/tool.js";
import { needsBrowser } from "./browser.js";

const NOTEBOOK = "00-data-preparation.ipynb";
const LAB = [
  join(ROOT, "tools", "dist", "lab.js"),
  "--no-browser",
  "--allow-root",
  "--ServerApp.port_retries=50",
];

let child: ChildProcess | undefined;
let browser: Browser | undefined;
let page: Page;
let folder: string | undefined;
/** Address with its token, or why there is none. */
let said = "";
let address: string | undefined;

beforeAll(async () => {
  if (browserPath() === undefined) return;
  // Inside the project, whose packages the cells import; ignored by git.
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  folder = mkdtempSync(join(ROOT, ".cache", "lab-"));
  cpSync(join(ROOT, "notebooks", NOTEBOOK), join(folder, NOTEBOOK));
  const own = (name: string) => join(folder!, `.${name}`);
  child = spawn(process.execPath, [...LAB, `--ServerApp.root_dir=${folder}`], {
    env: {
      ...process.env,
      JUPYTER_CONFIG_DIR: own("config"),
      JUPYTER_DATA_DIR: own("data"),
      JUPYTER_RUNTIME_DIR: own("runtime"),
    },
    detached: true,
  });
  const ended = once(child, "exit").then(() => undefined);
  const started = new Promise<string>((resolve) => {
    child!.stderr!.on("data", (chunk) => {
      said += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(said);
      if (found) resolve(found[0]);
    });
  });
  address = await Promise.race([started, ended]);
  if (address === undefined) return;
  browser = await openBrowser(browserPath()!);
  // JupyterLab leaves out cells that are not in view.
  page = await browser!.newPage({ viewport: { width: 1280, height: 5000 } });
  await page.goto(address.replace("/lab?", `/lab/tree/${NOTEBOOK}?`));
  await page.locator(".jp-NotebookPanel .jp-Cell").first().waitFor();
});
afterAll(async () => {
  await browser?.close();
  // JupyterLab and its kernels.
  if (child?.pid && child.exitCode === null) {
    process.kill(-child.pid, "SIGTERM");
    await once(child, "exit");
  }
  if (folder) rmSync(folder, { recursive: true, force: true });
});
beforeEach(needsBrowser);

it("npm run lab says in one line how to install JupyterLab where it is not", async () => {
  const { code, err } = await tool("lab", [], {
    NEURAL_BETA_PYTHON: "no-such-python",
  });
  expect(code).not.toBe(0);
  expect(err).toBe(
    'JupyterLab is not installed: run "pip install jupyterlab", or name a Python that has it in NEURAL_BETA_PYTHON\n',
  );
});

describe("a notebook in JupyterLab", () => {
  beforeEach((ctx) => {
    ctx.skip(said.includes("not installed"), said.trim());
    expect(address, said).toBeDefined();
  });

  it("opens with our kernel, without a question", async () => {
    await expect
      .poll(() => page.locator(".jp-KernelName").textContent(), {
        timeout: 60_000,
      })
      .toContain("TypeScript (tslab)");
    expect(await page.locator(".jp-Dialog").count()).toBe(0);
  });
  it("shows the committed figures as pictures, and tables as tables", async () => {
    const picture = page.locator(".jp-OutputArea-output img").first();
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBe(1140);
    expect(await page.getByText("Amplitude of log returns").count()).toBe(1);
  });
  it("runs its cells, and shows what they show", async () => {
    const cells = page.locator(".jp-CodeCell");
    const first = cells.first();
    const numbers = () => cells.locator(".jp-InputPrompt").allTextContents();
    await page.keyboard.press("Control+Shift+C");
    await page.getByRole("textbox", { name: "SEARCH" }).fill("Clear Outputs of All Cells");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.locator(".jp-OutputArea-output").count()).toBe(0);
    await page.click('.lm-MenuBar-item:has-text("Run")');
    await page.click('.lm-Menu-item[data-command="runmenu:run-all"]');
    await expect
      .poll(async () => (await numbers()).every((number) => /\[\d+\]/.test(number)), {
        timeout: 90_000,
      })
      .toBe(true);
    await first.scrollIntoViewIfNeeded();
    expect(await first.locator(".jp-OutputArea-output").textContent()).toMatch(
      /^The panel has 83 monthly returns/,
    );
    expect(await page.getByText("Amplitude of log returns").count()).toBe(1);
    expect(await page.locator('.jp-OutputArea-output[data-mime-type*="stderr"]').count()).toBe(0);
  });
});
