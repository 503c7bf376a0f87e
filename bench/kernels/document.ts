import { machineLine } from "../../src/bench/machine.ts";
import {
  aimedMean,
  aimedRatio,
  behindOf,
  comparisonsOf,
  labelOf,
  nameOf,
  summariesOf,
  threeDigits,
} from "./figures.ts";
import { copyTimes, deviationTable, driftTable, memoryTable, threadTable } from "./document-tables.ts";
import { markdownTable } from "./markdown-table.ts";
import { PEERS, PEER_NAMES } from "./peers.ts";
import { modulesOf } from "./plot.ts";
import { ratioOf, takingPart, timesOf } from "./report.ts";
import type { KernelBenchmark } from "./result.ts";

/** docs/benchmarks.md. */
export function documentOf(benchmark: KernelBenchmark): string {
  const sides = benchmark.rows[0]!.sides.map(({ side }) => side);
  return `${[
    "# Kernels beside other libraries",
    "",
    "<!-- Written by bench/kernels/index.ts: change it there. -->",
    "",
    "In a clone, `npx tsx bench/kernels/index.ts` measures the image library's native functions beside other libraries of Node and Python, which it installs, and writes",
    "this page: three quarters of an hour. `--quick` measures 512 × 512 only, `--only filters.gaussian` one function (and with `--renew` puts its rows here), `--check` only compares results, `--json` prints JSON.",
    "Figures depend on the machine and on what else it does; compare within a run, not between runs.",
    "",
    "![Time of other libraries over that of tagswitch](benchmarks.svg)",
    "",
    ...HOW,
    "## This run",
    "",
    ...machineOf(benchmark),
    "",
    "## What it comes to",
    "",
    "How many times tagswitch's time each library takes: the geometric mean of its comparisons, the least and the most; and the mean and the least where tagswitch writes to an `out`",
    "that it has, as above. Aimed at: no library of Node faster anywhere; scikit-image 10 times in the mean and never faster; OpenCV 1 in the mean, and nowhere faster than twice.",
    "",
    ...summaryTable(benchmark),
    "",
    "## Behind",
    "",
    ...sides.toReversed().flatMap((side) => [...behind(benchmark, side), ""]),
    "## All functions",
    "",
    "Milliseconds of tagswitch, those with `out`, the share of a copy's bandwidth of the former, and how many times that time others take; ≈ and ≠ as above. Empty: the library",
    "has no such function, or would have taken too long.",
    "",
    ...sides.toReversed().flatMap((side) => [`### ${side} × ${side}`, "", ...ratioTable(benchmark, side), ""]),
    "## Two threads",
    "",
    "The time that passes in a call of tagswitch with two threads, what it takes with one over that, and how many times as long peers that have threads take with two. Small images",
    "stay on one thread; results are the same bits on any number. Where processors are shared with others, less is gained.",
    "",
    ...threadTable(benchmark),
    "",
    "## Time per pixel",
    "",
    "Of tagswitch, in nanoseconds, with an `out` where the function has one, and by how much it goes below and above that of the first column,",
    "also without what copying as many bytes takes longer than there. Within 30 % is aimed at.",
    copyTimes(benchmark),
    "",
    ...driftTable(benchmark),
    "",
    "## Memory",
    "",
    "The most that a call holds at one time beyond the images that it is given, result included, and the result by itself; in a process that called the function",
    "once before, on a small image.",
    "",
    ...memoryTable(benchmark),
    "",
    "## Results that are not the same",
    "",
    "How far results lie from tagswitch's on 512 × 512: the largest and the mean deviation of a sample, in shares of the largest magnitude of tagswitch's; of labels the share of pixels.",
    "",
    ...deviationTable(benchmark),
    "",
    ...JSON_FORMAT,
  ].join("\n")}\n`;
}

const HOW = [
  "## How it is measured",
  "",
  "- Every library has a **process of its own**, and one thread (tagswitch by `TAGSWITCH_CPU_THREADS=1`). All that can do a row are alive together and take **turns** of 20 ms in changing order, so that a",
  "  disturbance meets all of them. Whoever takes more than a second for a call has one turn. Ratios are medians of what a turn took over tagswitch's turn of the same round.",
  "- It is the **steady state** that is timed: a turn of 400 ms comes first and is not counted, and calls for 40 ms at the beginning of each turn are not, either, as caches then hold what others did (not",
  "  where a call takes longer than that). Before, memory of results comes from the system page by page, and V8 has not compiled yet: a first call takes several times as long.",
  "  Times per pixel of the largest images come after 2.5 s, and all of them with `out`: the first time that the system gives a large result its memory takes longer than most kernels do.",
  "- **Time** is the processor's, user and system, of all threads of the process, for one call. On a machine that does nothing else that is the time that passes. Two threads are timed by",
  "  the time that passes.",
  "- Libraries get images in a form of their own before the clock starts, and results stay in that form: in WebAssembly's memory, in NumPy arrays, in `Image`s. OpenCV in",
  "  WebAssembly writes to memory that it has already; all others make a new result in each call. sharp and wasm-vips compute when they hand their result over, which is in the time.",
  "  Collecting garbage is part of the time.",
  "- **A result's memory** decides small rows. Python gives an array back as soon as nobody holds it, so that the next result lies in the same memory, which the caches have. V8 collects results",
  "  only once some 32 MB of them have gathered: each is written to memory that no near cache has. `out` is how a program in Node says what Python's counting of references knows, so that tagswitch",
  "  is timed with it as well, in turns of their own: one image, or as many as a result has, which every call writes to.",
  "- Each result is first **compared** with tagswitch's. It is the same where no sample is further off than a level of 8 bits; **≈** where samples are off by less than a hundredth on",
  "  average: other weights, fewer neighbours, fixed-point arithmetic; **≠** where something else is computed, which is left out of all means and of the picture.",
  "- **Bandwidth**: bytes are those of the images given and of the result, each once. The share is that of what copying 32-bit floats of as many pixels to memory in use already reaches in the",
  "  same rounds. Near 100 % a function waits for memory and for nothing else.",
  "- Images are waves with bright discs and noise, the same at every run; masks are blobs of smoothed noise. Calls of all libraries stand side by side in `bench/kernels/cases`.",
  "",
];

const JSON_FORMAT = [
  "## `--json`",
  "",
  '`schema` is `"tagswitch/bench-kernels/3"`; `bench/kernels/result.ts` has its type. [benchmarks.json](benchmarks.json) is the run shown here; `--from FILE` makes this page of another.',
  "",
  "| field | holds |",
  "|---|---|",
  "| `machine`, `loadAtEnd` | the machine and its Node; average number of busy processors in the run's last minute |",
  "| `quick`, `seconds` | how it was measured, and how long that took |",
  "| `versions`, `absent` | of those who took part; those who did not, with the `reason` |",
  "| `renewals[]` | names of `rows` that were measured later, `load` at the start, `loadAtEnd`, `seconds` |",
  "| `rows[]` | `function`, `of`, `failures` by contestant |",
  "| `rows[].deviations` | by peer: `verdict` (`same`, `close`, `other`), `largest`, `mean` |",
  "| `rows[].sides[]` | `side`, `rounds`, `milliseconds`, `reusedMilliseconds` (with `out`; `null` where a function does not take it), `spread` (the middle half of the turns, in shares of the median), `bytes`, `shareOfCopy`, `copyGigabytesPerSecond`, and by peer `milliseconds`, `ratio` and `ratioToReused` (to the time with `out`, if there is one) |",
  "| `rows[].threadTimes[]` | `side`, `threads`, `milliseconds` that pass, `speedup` over one thread, and by peer `milliseconds` and `ratio` |",
  "| `rows[].pixelTimes[]` | `side`, `nanoseconds`, `copyNanoseconds` of copying 32-bit floats in the same rounds |",
  "| `rows[].memory` | `side`, `peakBytes` (`null` where the system does not tell), `resultBytes` |",
];

function machineOf({ machine, loadAtEnd, seconds, versions, absent, rows, renewals = [] }: KernelBenchmark): string[] {
  const names = PEER_NAMES.filter((peer) => versions[peer] !== undefined);
  const spreads = rows.flatMap(({ sides }) => sides.map(({ spread }) => spread)).toSorted((a, b) => a - b);
  const typical = spreads[spreads.length >> 1]!;
  const failures = rows.flatMap((row) =>
    Object.entries(row.failures).map(([name, message]) => `- ${nameOf(row)}: ${name} failed: ${message}`),
  );
  return [
    `${machineLine(machine)} at the start, ${loadAtEnd.toFixed(1)} at the end; ${Math.round(seconds / 60)} minutes. A load above 1 is other work:`,
    `half of tagswitch's turns in a row lie within ${threeDigits(100 * typical)} % of each other in the middle row.`,
    "",
    `${names.map((peer) => `${labelOf(peer)} ${versions[peer]} (${PEERS[peer].package})`).join(", ")}.`,
    ...absent.map(({ peer, reason }) => `\n${labelOf(peer)} took no part: ${reason}`),
    ...(failures.length > 0 ? ["", ...failures] : []),
    ...renewals.flatMap((one) => [
      "",
      `Measured later, in ${Math.round(one.seconds / 60)} minutes by themselves, load ${one.load.toFixed(1)} at the start, ${one.loadAtEnd.toFixed(1)} at the end: ${one.rows.join("; ")}.`,
    ]),
  ];
}

function summaryTable(benchmark: KernelBenchmark): string[] {
  const rows = summariesOf(benchmark).map(({ peer, side, count, mean, least, most, reused }) => [
    labelOf(peer),
    `${side} × ${side}`,
    String(count),
    threeDigits(mean),
    threeDigits(least),
    threeDigits(most),
    threeDigits(reused.mean),
    threeDigits(reused.least),
    verdict(mean, reused.mean, aimedMean(peer)),
    verdict(least, reused.least, aimedRatio(peer)),
  ]);
  const figures = ["comparisons", "mean", "least", "most", "mean, `out`", "least, `out`"];
  return markdownTable(["library", "images", ...figures, "mean holds", "least holds"], rows, [2, 3, 4, 5, 6, 7]);
}

/** Whether what is aimed at is reached, and if not, whether it is with `out`. */
function verdict(ratio: number, ratioToReused: number, aimed: number): string {
  return ratio >= aimed ? "yes" : ratioToReused >= aimed ? "with `out`" : "no";
}

function behind(benchmark: KernelBenchmark, side: number): string[] {
  const found = behindOf(benchmark, side);
  const all = comparisonsOf(benchmark, side).length;
  if (found.length === 0) return [`None of ${all} comparisons on ${side} × ${side} falls short of what is aimed at.`];
  const rows = found.map(({ row, peer, ratio, ratioToReused }) => [
    nameOf(row),
    labelOf(peer),
    threeDigits(ratio),
    threeDigits(ratioToReused),
    verdict(ratio, ratioToReused, aimedRatio(peer)),
  ]);
  const still = found.filter(({ peer, ratioToReused }) => ratioToReused < aimedRatio(peer)).length;
  return [
    `${found.length} of ${all} comparisons on ${side} × ${side} fall short of what is aimed at, ${still} of them with \`out\` too; the worst first:`,
    "",
    ...markdownTable(["function", "library", "its time over tagswitch's", "with `out`", "holds"], rows, [2, 3]),
  ];
}

function ratioTable(benchmark: KernelBenchmark, side: number): string[] {
  const peers = takingPart(benchmark);
  const head = ["function", "of", "ms", "ms, `out`", "of copy", ...peers.map(labelOf)];
  const rows = [...modulesOf(benchmark.rows).values()]
    .flat()
    .map((row) => [
      `\`${row.function}\``,
      row.of,
      ...timesOf(row, side),
      ...peers.map((peer) => ratioOf(row, peer, side)),
    ]);
  return markdownTable(head, rows, [...head.keys()].slice(2));
}
