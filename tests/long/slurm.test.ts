/** A real Slurm of two virtual nodes on this machine: shards merge, whatever is killed; skipped where Debian's packages are not installed. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ROOT, scratchFolder, write } from "../support/scratch.js";
import { tool } from "../support/tool.js";

const SHARDS = Number(process.env.NEURAL_BETA_TEST_SHARDS ?? 2);
const has = (program: string) => spawnSync("which", [program]).status === 0;
const missing = ["slurmctld", "slurmd", "sbatch", "munged"].filter((program) => !has(program));
const root = process.getuid?.() === 0;
if (missing.length > 0 || !root)
  process.stderr.write(
    `slurm.test.ts skipped: ${root ? `${missing.join(", ")} not installed` : "daemons need root"}\n`,
  );

const folder = scratchFolder();
const conf = join(folder, "slurm.conf");
const cache = join(folder, "networks");
const study = join(folder, "study.json");
const env = { ...process.env, SLURM_CONF: conf, NEURAL_BETA_CACHE: cache };
const daemons = new Map<string, ChildProcess>();

const run = (program: string, ...args: string[]): string =>
  spawnSync(program, args, { env, cwd: ROOT, encoding: "utf8" }).stdout.trim();

function daemon(name: string, program: string, ...args: string[]): void {
  daemons.set(name, spawn(program, args, { env, stdio: "ignore" }));
}

const node = (name: string, port: number) =>
  `NodeName=${name} NodeHostname=${hostname()} NodeAddr=127.0.0.1 Port=${port} CPUs=1 RealMemory=4000`;

function configuration(): string {
  return `
ClusterName=nb
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool.%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,defer
ReturnToService=2
SlurmdTimeout=10
SlurmdParameters=config_overrides
${node("n1", 17001)}
${node("n2", 17002)}
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}

/** Jobs of the queue: id of the task, name, state, node. */
const queue = () =>
  run("squeue", "--noheader", "--array", "--format=%i %j %T %N")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" ") as [string, string, string, string]);

async function until(met: () => boolean, seconds: number): Promise<void> {
  for (let waited = 0; !met(); waited++) {
    if (waited > seconds) throw new Error(`not within ${seconds} s; queue: ${queue().join("; ")}`);
    await wait(1000);
  }
}

/** Pids of shards' processes, with their Slurm node: descendants of the daemons, by their environment. */
function shardProcesses(): { pid: number; node: string }[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8");
        const around = readFileSync(`/proc/${name}/environ`, "utf8");
        const ours = command.includes("jobs.js") && around.includes(`NEURAL_BETA_CACHE=${cache}`);
        const on = /SLURMD_NODENAME=(\w+)/.exec(around)?.[1];
        return ours && on ? [{ pid: Number(name), node: on }] : [];
      } catch {
        return [];
      }
    });
}

/** Keys of all whole records, by group. */
function writtenKeys(): string[] {
  return readdirSync(cache).flatMap((group) =>
    readdirSync(join(cache, group)).flatMap((file) => {
      const bytes = readFileSync(join(cache, group, file));
      const keys: string[] = [];
      for (let at = 0; at + 40 <= bytes.length; at += 40 + bytes.readUInt32LE(at + 32))
        keys.push(`${group} ${bytes.toString("hex", at + 16, at + 32)}`);
      return keys;
    }),
  );
}

beforeAll(() => {
  if (missing.length > 0 || !root) return;
  write(
    study,
    JSON.stringify({
      ...{ coins: ["BTC", "ETH"], markets: ["FIAT", "EQUITY"], starts: ["ols"] },
      ...{ epochs: 50, refit: "quarterly" },
      grid: { hidden: [4], learningRates: [0.01], activations: ["tanh", "linear"], replicates: 20 },
      walkForward: { test: { from: "2022-01", through: "2023-12" } },
    }),
  );
  writeFileSync(conf, configuration());
  for (const name of ["state", "spool.n1", "spool.n2"]) mkdirSync(join(folder, name));
  if (spawnSync("munge", ["-n"]).status !== 0) {
    run("install", "-d", "-o", "munge", "-g", "munge", "-m", "755", "/run/munge");
    daemon("munge", "runuser", "-u", "munge", "--", "munged", "--foreground");
  }
  daemon("control", "slurmctld", "-D", "-f", conf);
  for (const name of ["n1", "n2"]) daemon(name, "slurmd", "-D", "-f", conf, "-N", name);
});

afterAll(() => {
  for (const { pid } of shardProcesses()) process.kill(pid);
  for (const child of daemons.values()) child.kill();
});

it.skipIf(missing.length > 0 || !root)(
  "shards of an array merge to one process, though a task and a node are killed",
  async () => {
    await until(() => run("sinfo", "--noheader", "--format=%D %T") === "2 idle", 60);
    // Logs go beside the study, not into the project.
    const script = join(folder, "slurm.sbatch");
    copyFileSync(join(ROOT, "cluster", "slurm.sbatch"), script);
    const logs = `#SBATCH --output=${folder}/%x-%A-%a.log`;
    writeFileSync(script, readFileSync(script, "utf8").replace(/#SBATCH --output=.*/, logs));
    const submitted = run("bash", script, study, String(SHARDS));
    const check = /check (\d+)/.exec(submitted)![1];

    await until(() => shardProcesses().length === 2, 120);
    process.kill(shardProcesses()[0]!.pid, "SIGKILL");
    // The walks of the second step are under way on the node that dies with its task.
    await until(
      () => queue().some(([, name, state]) => name === "walks" && state === "RUNNING"),
      900,
    );
    await until(() => shardProcesses().some((task) => task.node === "n2"), 60);
    daemons.get("n2")!.kill("SIGKILL");
    for (const task of shardProcesses()) if (task.node === "n2") process.kill(task.pid, "SIGKILL");
    // Slurm would notice by itself, after half a minute; it takes the task back.
    run("scontrol", "update", "NodeName=n2", "State=DOWN", "Reason=killed");
    await until(() => !queue().some(([, , state, on]) => state === "RUNNING" && on === "n2"), 300);
    daemon("n2", "slurmd", "-D", "-f", conf, "-N", "n2");
    run("scontrol", "update", "NodeName=n2", "State=RESUME");
    await until(() => {
      // What was requeued waits two minutes otherwise.
      for (const [id, , state] of queue())
        if (state === "PENDING" && id !== check)
          run("scontrol", "update", `JobId=${id}`, "StartTime=now");
      return queue().length === 0;
    }, 1800);

    const logOf = (name: RegExp) =>
      readdirSync(folder)
        .filter((file) => name.test(file))
        .map((file) => readFileSync(join(folder, file), "utf8"));
    expect(logOf(/^(search|walks)-.*log$/)).toHaveLength(2 * SHARDS);
    const alone = { NEURAL_BETA_CACHE: join(folder, "alone") };
    await tool("jobs", ["--study", study], alone);
    const whole = await tool("jobs", ["--study", study, "--check"], alone);
    const after = await tool("jobs", ["--study", study, "--check"], { NEURAL_BETA_CACHE: cache });
    const keys = writtenKeys();
    expect(keys).toHaveLength(new Set(keys).size);
    // The killed task left its part of the grids to the second step; what that step could not walk yet, a third run does.
    if (after.code !== 0) {
      expect(after.err).toContain("run the shards again");
      await tool("jobs", ["--study", study], { NEURAL_BETA_CACHE: cache });
    }
    const merged = await tool("jobs", ["--study", study, "--check"], { NEURAL_BETA_CACHE: cache });
    expect(merged).toEqual(whole);
    const [told] = logOf(/^check-.*log$/);
    expect(told).toMatch(/^complete: |missing; run the shards again/);
    process.stdout.write(
      `${SHARDS} shards twice: ${keys.length} results, none twice; ${merged.out}`,
    );
  },
  3_600_000,
);
