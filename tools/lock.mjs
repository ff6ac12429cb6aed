/**
 * A lock between processes, as a folder that holds one empty file per process that wants it.
 *
 * Whoever finds another living process there withdraws its own file: two never hold the lock. A file is named for its process,
 * so that anybody may remove that of a dead one, without a race for it. It has no dependency: the set-up takes it before
 * anything is installed.
 */

import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";

const HOST = encodeURIComponent(hostname());

/** Names this process in files that the next run must tell from those of a dead one. */
export const PROCESS = `${process.pid}@${HOST}`;

/** False only where a name like PROCESS is that of a process of this machine that has ended. */
export function mayLive(name) {
  const [pid, host] = name.split("@");
  if (host !== HOST || pid === String(process.pid)) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return error.code !== "ESRCH";
  }
}

/**
 * Takes the lock until this process ends or releases it.
 *
 * @param folder the lock itself; made, and removed with its last file
 * @param tries how often to look before giving up
 * @returns the file of the process that holds it, if it is not this one
 */
export function takeLock(folder, tries = 5) {
  const mine = join(folder, PROCESS);
  const release = () => {
    process.removeListener("exit", release);
    rmSync(mine, { force: true });
    try {
      rmdirSync(folder);
    } catch {
      // Another process waits in it, or has removed it.
    }
  };
  for (let n = 1; ; n++) {
    const other = enter(folder, mine);
    if (other === undefined) {
      process.once("exit", release);
      return { release };
    }
    release();
    if (n >= tries) return { holder: join(folder, other), pid: other.split("@")[0] };
    // Two that came at once must not come again at once.
    sleep(10 + ((process.pid * 31 * n) % 97));
  }
}

/** Makes a folder and those above it: in /proc, where none can be made, Node's own recursion does not end. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
}

/** Puts this process's file into the folder; the name of another living process's file, if there is one. */
function enter(folder, mine) {
  for (let n = 0; ; n++)
    try {
      makeFolder(folder);
      writeFileSync(mine, "");
      break;
    } catch (error) {
      // The holder has just removed the folder.
      if (error.code !== "ENOENT" || n === 100) throw error;
    }
  const others = readdirSync(folder).filter((name) => name !== PROCESS);
  for (const name of others) if (!mayLive(name)) rmSync(join(folder, name), { force: true });
  return others.find(mayLive);
}

/** Waits without handing control to anything else. */
export function sleep(milliseconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
