// A trace with what the GPU did beside it.
import { inspect, type InspectOptions } from "node:util";
import { isPromise } from "node:util/types";
import { Trace, trace as traceCalls, type TraceJson } from "../../index.ts";
import { layOut } from "../../table.ts";
import { type KernelTime, timeKernels } from "./gpu-timing.ts";

/** A result, the calls that led to it, and the kernels that ran for them. */
export class GpuTrace<R> extends Trace<R> {
  /** In the order in which they ran. One kernel may do the work of several calls: its name then has all of them. */
  readonly kernels: readonly KernelTime[];

  constructor({ result, calls }: Trace<R>, kernels: readonly KernelTime[]) {
    super(result, calls);
    this.kernels = kernels;
  }

  /** The calls as a table and the kernels as another, without colours. */
  override toString(): string {
    return `${super.toString()}\n${kernelTable(this.kernels)}`;
  }

  /** For `JSON.stringify`: calls and kernels, not the result. */
  override toJSON(): TraceJson & { readonly kernels: readonly KernelTime[] } {
    return { ...super.toJSON(), kernels: this.kernels };
  }

  static {
    // `console.log` colours the calls as it does those of any trace.
    Object.defineProperty(this.prototype, inspect.custom, {
      value(this: GpuTrace<unknown>, _depth: number, options: InspectOptions): string {
        return `${inspect(new Trace(this.result, this.calls), options)}\n${kernelTable(this.kernels)}`;
      },
    });
  }
}

/**
 * Runs `body` as `trace` does, waits for what it recorded on the GPU, and has beside the calls what each kernel took and
 * moved. A call's own milliseconds are those in which it was recorded: the work is done later, together with others'.
 *
 * @returns a promise when `body` returns one.
 * @throws GpuError and what `body` throws, as `gpu.kernelTimes` does.
 */
export function trace<R>(body: () => Promise<R>): Promise<GpuTrace<R>>;
export function trace<R>(body: () => R): GpuTrace<R>;
export function trace<R>(body: () => R | Promise<R>): GpuTrace<R> | Promise<GpuTrace<R>> {
  const timed = timeKernels("gpu.trace", () => traceCalls(body as () => R));
  if (isPromise(timed)) return timed.then(({ result, kernels }) => new GpuTrace(result, kernels));
  return new GpuTrace(timed.result, timed.kernels);
}

function kernelTable(kernels: readonly KernelTime[]): string {
  const rows = kernels.map(({ kernel, nanoseconds, bytes }) => [
    kernel,
    (nanoseconds / 1e6).toFixed(2),
    (bytes / 1e6).toFixed(2),
    nanoseconds > 0 ? (bytes / nanoseconds).toFixed(1) : "",
  ]);
  return layOut(["kernel", "GPU ms", "MB moved", "GB/s"], rows, [1, 2, 3]);
}
