import { layOut } from "../table.ts";
import type { GpuBenchmark, GpuKernelRow } from "./gpu-result.ts";
import { machineLine } from "./machine.ts";

/** A benchmark of the GPU as tables for a terminal. */
export function formatGpuBenchmark(benchmark: GpuBenchmark): string {
  const { machine, adapter, rounds, copy, transfers, kernels, fusion } = benchmark;
  const parts = [
    `${adapter.name}, ${adapter.driver}, through ${adapter.backend}`,
    machineLine(machine),
    ...(adapter.deviceType === "software"
      ? ["A software adapter: it computes on the CPU, and says nothing of cards."]
      : []),
    `Medians of ${rounds} rounds; 1 GB is 10⁹ bytes.`,
  ];
  for (const side of new Set(kernels.map((row) => row.side))) {
    const rows = kernels.filter((row) => row.side === side).map(cells);
    const head = ["operation", "of", "kernel", "GPU ms", "MB moved", "GB/s", "of copy"];
    parts.push(`\n${side} × ${side}`, layOut(head, rows, [3, 4, 5, 6]));
  }
  const rate = (value: number): string => `${threeDigits(value)} GB/s`;
  const sizes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  const rows = [
    ["copy of a buffer", rate(copy.gigabytesPerSecond), `${sizes(copy.bytes)} read and written`],
    ["upload", rate(transfers.uploadGigabytesPerSecond), `${sizes(transfers.bytes)}, by the wall clock`],
    ["read-back", rate(transfers.readBackGigabytesPerSecond), `${sizes(transfers.bytes)}, by the wall clock`],
  ];
  parts.push("", layOut(["bandwidth", "", ""], rows, [1]));
  const { chain, side, fusedMilliseconds, unfusedMilliseconds, speedup } = fusion;
  const compared = [
    [`${chain}, ${side} × ${side}`, ...[fusedMilliseconds, unfusedMilliseconds, speedup].map(threeDigits)],
  ];
  parts.push(
    "",
    layOut(["operations on pixels", "one kernel, ms", "one for each, ms", "times as fast"], compared, [1, 2, 3]),
  );
  return parts.join("\n");
}

function cells({ operation, input, kernel, runs, milliseconds, bytes, ...rates }: GpuKernelRow): string[] {
  const { gigabytesPerSecond, shareOfCopy } = rates;
  return [
    operation,
    input,
    runs === 1 ? kernel : `${kernel}, ${runs} times`,
    threeDigits(milliseconds),
    threeDigits(bytes / 1e6),
    gigabytesPerSecond === null ? "" : threeDigits(gigabytesPerSecond),
    shareOfCopy === null ? "" : `${(100 * shareOfCopy).toFixed(0)} %`,
  ];
}

/** A figure with the digits that say something: kernels take from a microsecond to a second. */
function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
