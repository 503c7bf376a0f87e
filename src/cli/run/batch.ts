import { mkdirSync } from "node:fs";
import { basename, extname, join, resolve } from "node:path";
import { clearProgress, showProgress } from "../progress.ts";
import { UsageError } from "../usage-error.ts";
import { runInProcesses } from "./processes.ts";
import { fingerprint, RunRecord, stampOf } from "./record.ts";
import type { FileOutcome, FileTask } from "./run-file.ts";

/** A pipeline over many files. */
export interface Batch {
  readonly inputs: readonly string[];
  readonly folder: string;
  /** The ending of outputs, such as `".tif"`; `undefined`: `.png` for images, `.json` for numbers. */
  readonly ending: string | undefined;
  readonly jobs: number;
  readonly task: Omit<FileTask, "input" | "output">;
  /** The version of this package, which has a say in results. */
  readonly version: string;
}

/** What became of a file of a batch. */
export type BatchOutcome = FileOutcome | PassedOver;

/** A file that was done before. */
export interface PassedOver {
  readonly input: string;
  readonly state: "passed over";
  readonly output: string;
}

/** Of how many files there are pictures: a page of more is slow to load. */
const PICTURED = 100;

/** How often the record is written while a batch runs, in milliseconds. */
const SAVING = 1000;

/**
 * Runs a pipeline on many files, several at a time, and passes over those that it was run on before.
 *
 * @param signal stops it; what is done stays, and is passed over the next time.
 * @returns an outcome for each input, in their order; of those left when it was stopped, none.
 */
export async function runBatch(batch: Batch, signal: AbortSignal): Promise<BatchOutcome[]> {
  const { inputs, folder, task, ending, version } = batch;
  makeFolder(folder);
  const record = new RunRecord(folder);
  const pipeline = fingerprint([version, task.steps, task.backend ?? null, ending ?? null]);
  const outcomes = new Map<string, BatchOutcome>();
  for (const input of inputs) {
    const output = record.outputOf(resolve(input), pipeline);
    if (output !== undefined) outcomes.set(input, { input, state: "passed over", output });
  }
  const before = new Map(inputs.map((input) => [input, stampOf(input)]));
  const left = inputs.filter((input) => !outcomes.has(input));
  let saved = performance.now();
  const onOutcome = async (outcome: FileOutcome): Promise<void> => {
    outcomes.set(outcome.input, outcome);
    showProgress(`${outcomes.size} of ${inputs.length}: ${outcome.input}`, outcomes.size / inputs.length);
    const stamp = before.get(outcome.input);
    if (outcome.state === "failed" || outcome.output === null || stamp === undefined) return;
    record.add(resolve(outcome.input), stamp, outcome.output, pipeline);
    if (performance.now() - saved < SAVING) return;
    saved = performance.now();
    await record.save();
  };
  try {
    await runInProcesses(tasksOf(left, batch), batch.jobs, onOutcome, signal);
  } finally {
    clearProgress();
    await record.save();
  }
  return inputs.flatMap((input) => outcomes.get(input) ?? []);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { message } = error as Error;
    throw new UsageError(`--out-dir is "${folder}", which cannot be made: ${message}`, { cause: error });
  }
}

/** What is to be done with inputs of a batch. */
export function tasksOf(
  inputs: readonly string[],
  { folder, ending, task }: Pick<Batch, "folder" | "ending" | "task">,
): FileTask[] {
  return inputs.map((input, i) => ({
    ...{ ...task, input, output: outputsOf(input, { folder, ending }) },
    pictured: i < PICTURED ? task.pictured : undefined,
  }));
}

/** Where a result may go, all of a batch's. */
export function outputsOf(
  input: string,
  { folder, ending }: Pick<Batch, "folder" | "ending">,
): { image: string; numbers: string } {
  const stem = join(folder, basename(input, extname(input)));
  // An ending for the other kind is an error that says so.
  return { image: stem + (ending ?? ".png"), numbers: stem + (ending ?? ".json") };
}

/** How many files became what, as in `2 done`. */
export function countsOf(outcomes: readonly BatchOutcome[]): string[] {
  return (["done", "passed over", "failed"] as const).flatMap((state) => {
    const count = outcomes.filter((outcome) => outcome.state === state).length;
    return count === 0 ? [] : [`${count} ${state}`];
  });
}

/** Refuses inputs whose outputs would be the same file. */
export function refuseCollisions(inputs: readonly string[]): void {
  const seen = new Map<string, string>();
  for (const input of inputs) {
    // Some file systems do not tell large letters from small ones.
    const stem = basename(input, extname(input)).toLowerCase();
    const other = seen.get(stem);
    if (other !== undefined) {
      throw new UsageError(`${other} and ${input} would have the same output; run them into folders of their own`);
    }
    seen.set(stem, input);
  }
}
