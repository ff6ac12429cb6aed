/** The set-up: which Node it takes, when packages are stale, and how scripts call it. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
// @ts-expect-error: plain JavaScript, since it runs before anything is installed or built
import { nodeFits, staleReason } from "../tools/setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LINUX = { platform: "linux", arch: "x64", libc: () => "glibc" };

describe("the set-up's version of Node", () => {
  it.each(["20.19.0", "20.20.2", "22.12.0", "22.21.1", "24.0.0", "25.1.0"])(
    "accepts %s",
    (version) => expect(nodeFits(version)).toBe(true),
  );
  it.each(["18.20.0", "20.18.3", "21.7.0", "22.11.0", "23.5.0"])("refuses %s", (version) =>
    expect(nodeFits(version)).toBe(false),
  );
});

describe("stale packages", () => {
  let root: string;
  const install = (path: string, version: string) => {
    const file = join(root, path, "package.json");
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ version }));
  };
  const lock = {
    packages: {
      "": { dependencies: { a: "1.0.0" }, workspaces: ["lib"] },
      lib: {
        version: "0.1.0",
        optionalDependencies: {
          win: "1.0.0",
          "lin-musl": "1.0.0",
          lin: "1.0.0",
        },
      },
      "node_modules/neural": { resolved: "lib", link: true },
      "node_modules/a": { version: "1.0.0", dependencies: { b: "2.0.0" } },
      "node_modules/a/node_modules/b": { version: "2.0.0" },
      "node_modules/win": {
        version: "1.0.0",
        optional: true,
        os: ["win32"],
        dependencies: { onlyWin: "1.0.0" },
      },
      "node_modules/onlyWin": { version: "1.0.0", optional: true },
      "node_modules/lin": {
        version: "1.0.0",
        optional: true,
        os: ["linux"],
        cpu: ["x64"],
        libc: ["glibc"],
      },
      "node_modules/lin-musl": {
        version: "1.0.0",
        optional: true,
        os: ["linux"],
        libc: ["musl"],
      },
    },
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "neural-beta-setup-"));
    writeFileSync(join(root, "package-lock.json"), JSON.stringify(lock));
    install("node_modules/a", "1.0.0");
    install("node_modules/a/node_modules/b", "2.0.0");
    install("node_modules/lin", "1.0.0");
    writeFileSync(join(root, "node_modules", ".package-lock.json"), "{}");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it("finds nothing stale where all that fits this machine is there", () => {
    expect(staleReason(root, LINUX)).toBeUndefined();
  });
  it("wants an installation that npm did not finish", () => {
    rmSync(join(root, "node_modules", ".package-lock.json"));
    expect(staleReason(root, LINUX)).toBe("nothing is installed");
  });
  it("wants a nested package that is missing", () => {
    rmSync(join(root, "node_modules/a/node_modules"), { recursive: true });
    expect(staleReason(root, LINUX)).toBe("node_modules/a/node_modules/b is missing");
  });
  it("wants an optional package that fits this machine", () => {
    rmSync(join(root, "node_modules/lin"), { recursive: true });
    expect(staleReason(root, LINUX)).toBe("node_modules/lin is missing");
  });
  it("wants another set on another machine, with what that set needs", () => {
    expect(staleReason(root, { ...LINUX, libc: () => "musl" })).toBe(
      "node_modules/lin-musl is missing",
    );
    install("node_modules/win", "1.0.0");
    expect(staleReason(root, { ...LINUX, platform: "win32" })).toBe(
      "node_modules/onlyWin is missing",
    );
  });
  it("wants the version of the lock file", () => {
    install("node_modules/a", "1.0.1");
    expect(staleReason(root, LINUX)).toBe("node_modules/a is 1.0.1, the lock file says 1.0.0");
  });
  it("finds this checkout as installed as the tests need it", () => {
    expect(staleReason(ROOT)).toBeUndefined();
  });
});

it("the lock of the set-up is held by one process at a time, and by nobody who has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "neural-beta-lock-"));
  const log = join(folder, "log");
  const holder = `
    import { appendFileSync } from "node:fs";
    import { sleep, takeLock } from ${JSON.stringify(join(ROOT, "tools/lock.mjs"))};
    for (let lock; !(lock = takeLock(${JSON.stringify(join(folder, "lock"))})).release; ) sleep(20);
    appendFileSync(${JSON.stringify(log)}, "in ");
    sleep(50);
    appendFileSync(${JSON.stringify(log)}, "out ");
    process.kill(process.pid, "SIGKILL");`;
  const args = ["--input-type=module", "-e", holder];
  await Promise.all(
    Array.from({ length: 5 }, () =>
      once(spawn(process.execPath, args, { stdio: "inherit" }), "exit"),
    ),
  );
  expect(readFileSync(log, "utf8")).toBe("in out ".repeat(5));
  rmSync(folder, { recursive: true });
});

describe("the scripts", () => {
  const scripts = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).scripts as Record<
    string,
    string
  >;

  it("never call the kernel's older compiler, which owns the bare name tsc", () => {
    const bare = Object.values(scripts).filter((script) =>
      /(^|&& |\s)(npx )?tsc\b/.test(script.replaceAll(/\S*\/bin\/tsc/g, "")),
    );
    expect(bare).toEqual([]);
  });
  it("call the compiler that the project is written for", () => {
    const setup = readFileSync(join(ROOT, "tools", "setup.mjs"), "utf8").replaceAll('", "', "/");
    for (const text of [Object.values(scripts).join("\n"), setup]) {
      const compilers = new Set(text.match(/[\w./-]*\/bin\/tsc\b/g));
      expect([...compilers]).toEqual(["node_modules/typescript-native/bin/tsc"]);
    }
    const versionOf = (name: string) =>
      JSON.parse(readFileSync(join(ROOT, `node_modules/${name}/package.json`), "utf8")).version;
    expect(versionOf("typescript-native")).toMatch(/^7\./);
    expect(versionOf("typescript")).toMatch(/^5\.9\./);
  });
  it("fix every version of every direct dependency", () => {
    const loose = ["package.json", "lib/package.json"].flatMap((file) => {
      const { dependencies = {}, devDependencies = {} } = JSON.parse(
        readFileSync(join(ROOT, file), "utf8"),
      );
      return Object.entries<string>({
        ...dependencies,
        ...devDependencies,
      }).filter(([, v]) => !/^(npm:typescript@)?\d+\.\d+\.\d+$/.test(v));
    });
    expect(loose).toEqual([]);
  });
});
