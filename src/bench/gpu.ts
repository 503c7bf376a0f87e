import type { GpuAdapterName, GpuBenchmark, GpuCopy, GpuFusion, GpuKernelRow, GpuTransfers } from "./gpu-result.ts";
import { describeMachine } from "./machine.ts";
import { median } from "./statistics.ts";

/** One operation on images that lie on the GPU. */
export interface GpuWorkload {
  readonly operation: string;
  /** What it is given, in words. */
  readonly input: string;
  /** Width and height of the image. */
  readonly side: number;
  /** Records the operation, or runs it. */
  run(): void;
}

/** A chain of operations on pixels that can be one kernel, or one for each. */
export interface GpuChain extends Pick<GpuFusion, "chain" | "operations" | "input" | "side"> {
  /** Records it as one kernel. */
  fused(): void;
  /** Records it as one for each. */
  unfused(): void;
}

/** What is measured: whoever calls brings the library, as this room knows none. */
export interface GpuSubject {
  readonly adapter: GpuAdapterName;
  /** Runs `body` and tells what each kernel took that ran in it. */
  kernelTimes(body: () => void): readonly { kernel: string; nanoseconds: number; bytes: number }[];
  readonly workloads: readonly GpuWorkload[];
  readonly chain: GpuChain;
  /** Copies a buffer with a kernel, one too large for caches. */
  copy(): void;
  /** A large image to the GPU and back; each waits until its samples are there. */
  readonly transfers: { readonly bytes: number; upload(): void; readBack(): void };
}

/** How to measure. */
export interface GpuBenchOptions {
  /** Fewer rounds. */
  quick?: boolean;
  /** Told of each step before it begins, and what share of the steps is done. */
  onProgress?: (step: string, done: number) => void;
}

/** One kernel in one workload, round by round. */
interface Measured {
  readonly workload: GpuWorkload;
  readonly kernel: string;
  readonly runs: number;
  readonly bytes: number;
  readonly nanoseconds: number[];
}

/**
 * Measures what kernels take on the GPU, beside a copy, and transfers. All take turns in every round, so that other work
 * on the machine meets all of them; a round before the first compiles the kernels and is not counted.
 */
export function benchGpu(subject: GpuSubject, { quick = false, onProgress }: GpuBenchOptions = {}): GpuBenchmark {
  const rounds = quick ? 5 : 21;
  const start = performance.now();
  const machine = describeMachine();
  const copies: GpuCopy[] = [];
  const uploads: number[] = [];
  const readBacks: number[] = [];
  const chains = { fused: [] as number[], unfused: [] as number[] };
  const measured = new Map<string, Measured>();
  for (let round = 0; round <= rounds; round++) {
    onProgress?.(round === 0 ? "compiling kernels" : `round ${round} of ${rounds}`, round / (rounds + 1));
    const copy = copyOnce(subject);
    const upload = seconds(() => subject.transfers.upload());
    const readBack = seconds(() => subject.transfers.readBack());
    const lines = subject.workloads.flatMap((workload) => runOnce(subject, workload));
    const fused = totalOnce(subject, () => subject.chain.fused());
    const unfused = totalOnce(subject, () => subject.chain.unfused());
    if (round === 0) continue;
    chains.fused.push(fused);
    chains.unfused.push(unfused);
    copies.push(copy);
    uploads.push(upload);
    readBacks.push(readBack);
    for (const line of lines) record(measured, line);
  }
  const { bytes } = subject.transfers;
  const transfers: GpuTransfers = {
    bytes,
    uploadGigabytesPerSecond: bytes / median(uploads) / 1e9,
    readBackGigabytesPerSecond: bytes / median(readBacks) / 1e9,
  };
  const milliseconds = median(copies.map((one) => one.milliseconds));
  const copied = copies[0]!.bytes;
  const copy: GpuCopy = { bytes: copied, milliseconds, gigabytesPerSecond: copied / milliseconds / 1e6 };
  const { chain, operations, input, side } = subject.chain;
  const [fusedMilliseconds, unfusedMilliseconds] = [median(chains.fused) / 1e6, median(chains.unfused) / 1e6];
  const speedup = unfusedMilliseconds / fusedMilliseconds;
  return {
    schema: "tagswitch/bench-gpu/1",
    machine,
    adapter: subject.adapter,
    quick,
    rounds,
    seconds: (performance.now() - start) / 1000,
    copy,
    transfers,
    kernels: [...measured.values()].map((one) => rowOf(one, copy)),
    fusion: { chain, operations, input, side, fusedMilliseconds, unfusedMilliseconds, speedup },
  };
}

function copyOnce(subject: GpuSubject): GpuCopy {
  const { nanoseconds, bytes } = subject.kernelTimes(() => subject.copy())[0]!;
  return { bytes, milliseconds: nanoseconds / 1e6, gigabytesPerSecond: bytes / nanoseconds };
}

/** Nanoseconds of all kernels. */
function totalOnce(subject: GpuSubject, run: () => void): number {
  return subject.kernelTimes(run).reduce((all, { nanoseconds }) => all + nanoseconds, 0);
}

/** The kernels of one call of a workload: those that run several times are put together. */
function runOnce(subject: GpuSubject, workload: GpuWorkload): Measured[] {
  const found = new Map<string, Measured>();
  for (const { kernel, nanoseconds, bytes } of subject.kernelTimes(() => workload.run())) {
    const before = found.get(kernel);
    found.set(kernel, {
      workload,
      kernel,
      runs: (before?.runs ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + bytes,
      nanoseconds: [(before?.nanoseconds[0] ?? 0) + nanoseconds],
    });
  }
  return [...found.values()];
}

function record(measured: Map<string, Measured>, line: Measured): void {
  const { operation, input, side } = line.workload;
  const key = JSON.stringify([operation, input, side, line.kernel]);
  const before = measured.get(key);
  if (before === undefined) measured.set(key, line);
  else before.nanoseconds.push(...line.nanoseconds);
}

function rowOf({ workload, kernel, runs, bytes, nanoseconds }: Measured, copy: GpuCopy): GpuKernelRow {
  const { operation, input, side } = workload;
  const typical = median(nanoseconds);
  const gigabytesPerSecond = typical > 0 ? bytes / typical : null;
  const shareOfCopy = gigabytesPerSecond === null ? null : gigabytesPerSecond / copy.gigabytesPerSecond;
  return {
    operation,
    input,
    side,
    kernel,
    runs,
    milliseconds: typical / 1e6,
    bytes,
    gigabytesPerSecond,
    shareOfCopy,
  };
}

function seconds(run: () => void): number {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}
