/** Which shard a process is, and on how many threads: as it was told, or as Slurm or Kubernetes say. */

import type { Shard } from "neural-beta";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The shard that was named, from 1 as people count; else the task of a Slurm array or the index of a Kubernetes Job; else all.
 *
 * @throws Error naming the option or the variable
 */
export function namedShard(named: string | undefined, env: Environment): Shard {
  if (named !== undefined) {
    const [index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(named)?.slice(1).map(Number) ?? [];
    if (index === undefined || count === undefined || index < 1 || index > count)
      throw new Error(
        `--shard: must be a number and how many there are, 1/16 to 16/16, got ${named}; correct it`,
      );
    return { index: index - 1, count };
  }
  if (env.SLURM_ARRAY_TASK_ID !== undefined) {
    const count = integer(env, "SLURM_ARRAY_TASK_COUNT");
    const first = integer(env, "SLURM_ARRAY_TASK_MIN");
    const index = integer(env, "SLURM_ARRAY_TASK_ID") - first;
    if (index >= count)
      throw new Error(
        `SLURM_ARRAY_TASK_ID: the array must be without gaps, but task ${first + index} is not among the ${count} from ${first} on; submit --array=0-15, or name the shard`,
      );
    return { index, count };
  }
  if (env.JOB_COMPLETION_INDEX !== undefined) {
    const index = integer(env, "JOB_COMPLETION_INDEX");
    const count = integer(env, "JOB_COMPLETIONS");
    if (index >= count)
      throw new Error(
        `JOB_COMPLETION_INDEX: must be below JOB_COMPLETIONS (${count}), got ${index}; give both the Job's completions`,
      );
    return { index, count };
  }
  return { index: 0, count: 1 };
}

/**
 * Threads that were named, else those that Slurm gives a task; else undefined, all cores.
 *
 * @throws Error naming the option or the variable
 */
export function shardThreads(named: string | undefined, env: Environment): number | undefined {
  if (named !== undefined) return integer({ "--threads": named }, "--threads");
  return env.SLURM_CPUS_PER_TASK === undefined ? undefined : integer(env, "SLURM_CPUS_PER_TASK");
}

function integer(env: Environment, name: string): number {
  const text = env[name];
  if (text === undefined || !/^\d{1,9}$/.test(text))
    throw new Error(
      `${name}: must be a whole number, got ${text ?? "nothing"}; set it, or name the shard with --shard 3/16`,
    );
  return Number(text);
}
