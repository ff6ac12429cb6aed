/** An installed Firefox, driven by Playwright over WebDriver BiDi. */

import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser } from "playwright-core";
import type { TestContext } from "vitest";

const INSTALLED = [
  "/usr/bin/firefox-esr",
  "/usr/bin/firefox",
  "/Applications/Firefox.app/Contents/MacOS/firefox",
  "C:\\Program Files\\Mozilla Firefox\\firefox.exe",
];
const executablePath = INSTALLED.find((path) => existsSync(path));

/** Skips a test where no Firefox is installed, and says so. */
export function needsFirefox(ctx: TestContext): void {
  ctx.skip(executablePath === undefined, "needs Firefox: install firefox-esr or firefox");
}

/** The browser, started; undefined where there is none. */
export async function openFirefox(): Promise<Browser | undefined> {
  if (executablePath === undefined) return undefined;
  leaveMediaAlone();
  const { firefox } = await import("playwright-core");
  return firefox.launch({ channel: "moz-firefox", executablePath });
}

/** Playwright sets media features of every page by a command that Firefox does not have yet: one without effect goes instead. */
function leaveMediaAlone(): void {
  type Socket = { prototype: { send: (message: string, ...rest: unknown[]) => void } };
  const require = createRequire(import.meta.url);
  const { ws } = require("playwright-core/lib/utilsBundle") as { ws: Socket };
  const { send } = ws.prototype;
  ws.prototype.send = function (message, ...rest) {
    const { id, method } = JSON.parse(message) as { id: number; method: string };
    const known = method !== "emulation.setMediaFeaturesOverride";
    const said = known ? message : JSON.stringify({ id, method: "session.status", params: {} });
    send.call(this, said, ...rest);
  };
}
