import { copyTime, labelOf, nameOf, pixelDrift, threeDigits } from "./figures.ts";
import { markdownTable } from "./markdown-table.ts";
import { PEER_NAMES, PEERS } from "./peers.ts";
import { deviationCells, markedRatio, MARKS } from "./report.ts";
import type { KernelBenchmark } from "./result.ts";

/** Time per pixel by side, and how far it goes from the first. */
export function driftTable({ rows }: KernelBenchmark): string[] {
  const sides = rows[0]!.pixelTimes.map(({ side }) => side);
  const drifts = rows.map(pixelDrift);
  const percent = (drift: number): string => `${drift > 0 ? "+" : ""}${Math.round(100 * drift)} %`;
  const cells = rows.map((row, i) => {
    const drift = drifts[i];
    const times = sides.map((side) => threeDigits(row.pixelTimes.find((one) => one.side === side)?.nanoseconds ?? NaN));
    const figures = drift ? [drift.least, drift.most, drift.beyondCopying].map(percent) : ["", "", ""];
    return [`\`${row.function}\``, row.of, ...times, ...figures];
  });
  const head = ["function", "of", ...sides.map((side) => `${side} × ${side}`), "least", "most", "beyond copying"];
  const within = (most: "most" | "beyondCopying"): number =>
    drifts.filter((drift) => drift && drift.least >= -0.3 && drift[most] <= 0.3).length;
  const beyond = `without what copying as many bytes takes longer, ${within("beyondCopying")}`;
  return [
    `Within 30 %: ${within("most")} of ${rows.length}; ${beyond}.`,
    "",
    ...markdownTable(head, cells, [...head.keys()].slice(2)),
  ];
}

/** What a function that does nothing but copy takes for a pixel: it says how far waiting for memory goes from side to side. */
export function copyTimes(benchmark: KernelBenchmark): string {
  const sides = benchmark.rows[0]!.pixelTimes.map(({ side }) => side);
  const times = sides.map((side) => `${threeDigits(copyTime(benchmark, side))} on ${side} × ${side}`);
  return `Copying 32-bit floats takes ${times.join(", ")}: nothing that waits for memory stays within that.`;
}

/** Time with several threads, the gain over one, and how many times that time peers take with as many. */
export function threadTable({ rows }: KernelBenchmark): string[] {
  const peers = PEER_NAMES.filter((peer) => PEERS[peer].hasThreads);
  const sides = [...new Set(rows.flatMap(({ threadTimes }) => threadTimes.map(({ side }) => side)))].toReversed();
  const cells = sides.flatMap((side) =>
    rows.flatMap((row) => {
      const time = row.threadTimes.find((one) => one.side === side);
      if (time === undefined) return [];
      const { milliseconds, speedup, peers: theirs } = time;
      const ratios = peers.map((peer) => markedRatio(row, peer, theirs[peer]));
      const figures = [threeDigits(milliseconds), threeDigits(speedup), ...ratios];
      return [[`\`${row.function}\``, row.of, `${side} × ${side}`, ...figures]];
    }),
  );
  if (cells.length === 0) return ["Not measured in this run."];
  const head = ["function", "of", "images", "ms", "one thread over two", ...peers.map(labelOf)];
  return markdownTable(head, cells, [...head.keys()].slice(3));
}

/** Megabytes at the peak and of the result. */
export function memoryTable({ rows }: KernelBenchmark): string[] {
  const megabytes = (bytes: number | null): string => (bytes === null ? "" : threeDigits(bytes / 1e6));
  const cells = rows.flatMap(({ function: name, of, memory }) =>
    memory === null
      ? []
      : [
          [
            `\`${name}\``,
            of,
            `${memory.side} × ${memory.side}`,
            megabytes(memory.peakBytes),
            megabytes(memory.resultBytes),
          ],
        ],
  );
  return markdownTable(["function", "of", "images", "peak, MB", "result, MB"], cells, [3, 4]);
}

/** Peers that are off by more than a level of 8 bits. */
export function deviationTable({ rows }: KernelBenchmark): string[] {
  const cells = rows.flatMap((row) =>
    PEER_NAMES.flatMap((peer) => {
      const deviation = row.deviations[peer];
      if (deviation === undefined || deviation.verdict === "same") return [];
      return [[nameOf(row), labelOf(peer), MARKS[deviation.verdict], ...deviationCells(deviation)]];
    }),
  );
  return markdownTable(["function", "library", "", "largest", "mean"], cells, [3, 4]);
}
