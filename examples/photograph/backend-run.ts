// The steps on one backend: who ran each, who was passed over and why, what was copied, how long it took.
import { type CallRecord, trace } from "tagswitch";
import { backend, gpu, GpuImage, type Image } from "tagswitch/image";
import { type Picture, type Step, type Values, valuesOf } from "./steps.ts";

/** Samples brought from one memory to the other. */
export interface Transfer {
  readonly what: string;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** The steps once. */
interface Pass {
  readonly calls: readonly CallRecord[];
  readonly upload: Transfer | undefined;
  readonly download: Transfer | undefined;
  readonly values: Values;
  /** How often recorded work was handed to the GPU. */
  readonly submissions: number;
  /** From the photograph in main memory to the picture in main memory. */
  readonly milliseconds: number;
}

/** The steps on one backend, or on whichever agrees. */
export interface BackendRun {
  /** The backend put first; `undefined`: the order is the library's own. */
  readonly backend: string | undefined;
  /** The first time: with shaders to compile, code to optimise and memory to get. */
  readonly first: Pass;
  /** A second time; `undefined` where the first took long. */
  readonly again: Pass | undefined;
  /** Every value, in main memory. */
  readonly values: Values & Record<Exclude<keyof Values, "threshold">, Image>;
}

const LONG = 5_000;

/**
 * Runs the steps on `photo`.
 *
 * @param name the backend to put first. `"wgpu"` gets the photograph once, as a `GpuImage`: everything that follows from it
 * stays on the GPU, and only the picture comes back.
 * @param onStep told of each step before it runs.
 */
export function runSteps(
  photo: Image,
  steps: readonly Step[],
  name: string | undefined,
  onStep: (step: string) => void,
): BackendRun {
  // What the GPU cannot do, native takes over: images are converted for it, which the trace shows.
  const order = name === "wgpu" ? ["wgpu", "native"] : name === undefined ? [] : [name];
  const pass = (): Pass => backend(order, () => runOnce(photo, steps, name === "wgpu", onStep));
  const first = pass();
  let again: Pass | undefined;
  if (first.milliseconds < LONG) {
    release(first.values);
    again = pass();
  }
  onStep("reading back");
  const values = inMainMemory((again ?? first).values);
  release((again ?? first).values);
  return { backend: name, first, again, values };
}

function runOnce(photo: Image, steps: readonly Step[], onGpu: boolean, onStep: (step: string) => void): Pass {
  const submitted = gpu.stats()?.submissions ?? 0;
  const start = performance.now();
  const upload = onGpu ? timed("copy to the GPU", photo.data.byteLength, () => GpuImage.from(photo)) : undefined;
  const values = valuesOf(upload?.result ?? photo);
  const calls: CallRecord[] = [];
  for (const step of steps) {
    onStep(step.function);
    const traced = trace(() => step.run(values));
    values[step.makes] = traced.result as never;
    calls.push(...traced.calls);
  }
  const { overlay } = values;
  let download: Transfer | undefined;
  if (overlay instanceof GpuImage) {
    const copied = timed("copy back", overlay.byteLength, () => overlay.toImageSync());
    values.overlay = copied.result;
    download = copied.transfer;
    overlay.dispose();
  }
  const milliseconds = performance.now() - start;
  const submissions = (gpu.stats()?.submissions ?? 0) - submitted;
  return { calls, upload: upload?.transfer, download, values, submissions, milliseconds };
}

/** Does it, and says how long it took. */
function timed<R>(what: string, bytes: number, copy: () => R): { result: R; transfer: Transfer } {
  const start = performance.now();
  const result = copy();
  return { result, transfer: { what, bytes, milliseconds: performance.now() - start } };
}

function inMainMemory(values: Values): BackendRun["values"] {
  const entries = Object.entries(values) as [string, Picture | number][];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof GpuImage ? value.toImageSync() : value]),
  ) as unknown as BackendRun["values"];
}

/** Gives back what lies on the GPU, rather than wait for the garbage collector. */
function release(values: Values): void {
  for (const value of Object.values(values) as (Picture | number)[]) if (value instanceof GpuImage) value.dispose();
}
