import { type ChildProcess, fork } from "node:child_process";
import { rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { codeFolder } from "../../package-root.ts";
import { besideName } from "./output.ts";
import { failure, type FileOutcome, type FileTask } from "./run-file.ts";

const MODULE = join(codeFolder, `cli/run/file-process${extname(import.meta.filename)}`);

/**
 * Runs tasks in processes of their own, so that one that crashes fails its file only.
 *
 * @param jobs how many at a time.
 * @param onOutcome told of each file when it is done.
 * @param signal ends all processes; tasks that are not done then are left.
 */
export async function runInProcesses(
  tasks: readonly FileTask[],
  jobs: number,
  onOutcome: (outcome: FileOutcome) => Promise<void> | void,
  signal: AbortSignal,
): Promise<void> {
  const waiting = tasks.values();
  const workers = new Set<ChildProcess>();
  signal.addEventListener("abort", () => {
    for (const worker of workers) worker.kill();
  });
  const start = (): ChildProcess => {
    const worker = fork(MODULE, { execArgv: process.execArgv, stdio: ["ignore", "ignore", "inherit", "ipc"] });
    workers.add(worker);
    worker.once("exit", () => workers.delete(worker));
    return worker;
  };
  const work = async (): Promise<void> => {
    let worker: ChildProcess | undefined;
    for (const task of waiting) {
      if (signal.aborted) break;
      if (worker?.connected !== true) worker = start();
      const outcome = await outcomeOf(worker, task);
      if (!signal.aborted) await onOutcome(outcome);
    }
    if (worker?.connected === true) worker.disconnect();
  };
  await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
}

/** What a process makes of a task; a failure where it ends instead. */
function outcomeOf(worker: ChildProcess, task: FileTask): Promise<FileOutcome> {
  return new Promise((resolve) => {
    const ended = async (code: number | null, by: string | null): Promise<void> => {
      worker.off("message", answered);
      for (const file of new Set(Object.values(task.output ?? {}))) {
        await rm(besideName(file, worker.pid!), { force: true });
      }
      resolve(failure(task.input, new Error(`the process that worked on it ended with ${by ?? code}`)));
    };
    const answered = (outcome: unknown): void => {
      worker.off("exit", ended);
      resolve(outcome as FileOutcome);
    };
    worker.once("message", answered);
    worker.once("exit", ended);
    // Where it cannot be sent, the process has ended.
    worker.send(task, () => {});
  });
}
