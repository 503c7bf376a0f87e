// The benchmark of kernels beside other libraries: its rows, what it measures without any of these, and its documents.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import test from "ava";
import { callOf, inputsOf } from "../../bench/kernels/case.ts";
import { CASES, WITHOUT_ROW } from "../../bench/kernels/cases/index.ts";
import { deviationOf } from "../../bench/kernels/deviation.ts";
import { documentOf } from "../../bench/kernels/document.ts";
import { behindOf, pixelDrift, summariesOf } from "../../bench/kernels/figures.ts";
import { INPUT_NAMES } from "../../bench/kernels/inputs.ts";
import { measureKernels } from "../../bench/kernels/measure.ts";
import { CHECK } from "../../bench/kernels/pace.ts";
import { ratioPlot } from "../../bench/kernels/plot.ts";
import { renewed } from "../../bench/kernels/renew.ts";
import { formatDeviations, formatKernels } from "../../bench/kernels/report.ts";
import type { KernelBenchmark } from "../../bench/kernels/result.ts";
import { functions } from "../../src/image/suite/index.ts";
import { getImplementation } from "../../src/index.ts";
import { TYPESCRIPT } from "../typescript.ts";

const ROOT = join(import.meta.dirname, "../..");
const measured = [...new Set(CASES.map((one) => one.function))];

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(ROOT, "bench/kernels/index.ts"), ...args],
      { cwd: ROOT },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

/** A run on made-up numbers: one row that is behind, one that is not, one peer that computes something else. */
function recorded(): KernelBenchmark {
  return JSON.parse(readFileSync(join(import.meta.dirname, "recorded-kernels.json"), "utf8")) as KernelBenchmark;
}

test("every native function has a row, or a reason for having none", (t) => {
  const native = Object.keys(functions).filter((name) => getImplementation(functions[name]!, "native") !== undefined);
  t.true(native.length > 70);
  t.deepEqual(
    native.filter((name) => !measured.includes(name) && !(name in WITHOUT_ROW)),
    [],
    "put it into bench/kernels/cases",
  );
  t.deepEqual(
    measured.filter((name) => !native.includes(name)),
    [],
  );
  t.deepEqual(
    Object.keys(WITHOUT_ROW).filter((name) => !(name in functions) || measured.includes(name)),
    [],
  );
});

test("no two rows are called the same, and all work on images", (t) => {
  const names = CASES.map((one) => `${one.function}, ${one.of}`);
  t.is(new Set(names).size, names.length);
  for (const one of CASES) {
    for (const call of Object.values(one.calls)) t.not(inputsOf(callOf(call), INPUT_NAMES).length, 0, one.function);
  }
});

test("tagswitch can do every row", async (t) => {
  const { rows, versions } = await measureKernels({ cases: CASES, peers: [], pace: { ...CHECK, answerSide: 64 } });
  t.is(rows.length, CASES.length);
  t.deepEqual(Object.keys(versions), ["tagswitch"]);
  t.deepEqual(
    rows.filter(({ failures }) => Object.keys(failures).length > 0),
    [],
  );
});

test("a row measured: bytes moved, time, with two threads, time per pixel, memory", async (t) => {
  const cases = CASES.filter((one) => one.function === "util.greater" && one.of === "float32");
  const sides = [64, 128];
  const sizes = { sides, threadSides: [128], pixelSides: sides, memorySide: 128, answerSide: 64 };
  const pace = { ...CHECK, ...sizes, turnMilliseconds: 1, rounds: 3 };
  const steps: string[] = [];
  const benchmark = await measureKernels({ cases, peers: [], pace, onProgress: (step) => steps.push(step) });
  t.deepEqual(steps, ["installing peers", "util.greater, float32"]);
  t.is(benchmark.schema, "tagswitch/bench-kernels/3");
  const [row] = benchmark.rows;
  t.deepEqual(
    row!.sides.map(({ side, rounds, bytes }) => ({ side, rounds, bytes })),
    sides.map((side) => ({ side, rounds: 3, bytes: 5 * side ** 2 })),
  );
  for (const side of row!.sides) {
    t.true(side.milliseconds > 0 && side.shareOfCopy > 0 && side.copyGigabytesPerSecond > 0);
    t.true(side.reusedMilliseconds! > 0);
    t.deepEqual(side.peers, {});
  }
  t.deepEqual(
    row!.threadTimes.map(({ side, threads, peers }) => ({ side, threads, peers })),
    [{ side: 128, threads: 2, peers: {} }],
  );
  t.true(row!.threadTimes[0]!.milliseconds > 0 && row!.threadTimes[0]!.speedup > 0);
  t.deepEqual(
    row!.pixelTimes.map(({ side }) => side),
    sides,
  );
  t.true(row!.pixelTimes.every(({ nanoseconds, copyNanoseconds }) => nanoseconds > 0 && copyNanoseconds > 0));
  t.is(row!.memory!.resultBytes, 128 ** 2);
  if (process.platform === "linux") t.true(row!.memory!.peakBytes! >= 0 && row!.memory!.peakBytes! < 1e9);
  t.deepEqual(JSON.parse(JSON.stringify(benchmark)), benchmark);
});

test("the command, without peers", async (t) => {
  const { code, stdout } = await run("--quick", "--only", "filters.thresholdMean", "--peers", "none", "--json");
  t.is(code, 0);
  const { quick, rows } = JSON.parse(stdout) as KernelBenchmark;
  t.true(quick);
  t.deepEqual([...new Set(rows.map((row) => row.function))], ["filters.thresholdMean"]);
  t.deepEqual(
    rows.flatMap((row) => row.sides.map(({ side }) => side)),
    [512, 512],
  );
});

test("the command refuses names that it does not know, and runs of another version", async (t) => {
  const none = await run("--only", "filters.none");
  t.is(none.code, 1);
  t.regex(
    none.stderr,
    /^--only filters\.none: nothing named filters\.none is measured; expected a module or one of .*filters\.gaussian/,
  );
  const both = await run("--only", "filters.gaussian,median");
  t.regex(both.stderr, /nothing named median is measured/);
  const all = await run("--renew");
  t.is(all.code, 1);
  t.regex(all.stderr, /^--renew: rows of --only, measured in full/);
  const nobody = await run("--peers", "sharp,nobody");
  t.is(nobody.code, 1);
  t.regex(nobody.stderr, /^--peers sharp,nobody: no peer "nobody"; expected some of opencv-js, /);
  const file = join(mkdtempSync(join(tmpdir(), "tagswitch-bench-")), "old.json");
  writeFileSync(file, JSON.stringify({ ...recorded(), schema: "tagswitch/bench-kernels/2" }));
  const old = await run("--from", file);
  rmSync(dirname(file), { recursive: true });
  t.is(old.code, 1);
  t.regex(
    old.stderr,
    /old\.json is tagswitch\/bench-kernels\/2; expected tagswitch\/bench-kernels\/3: measure all again/,
  );
  const help = await run("--help");
  t.is(help.code, 0);
  t.regex(help.stdout, /^Usage: npx tsx bench\/kernels\/index\.ts/);
});

test("how far results are from each other", (t) => {
  const of = (...values: number[]): Float64Array => Float64Array.from(values);
  t.deepEqual(deviationOf(of(1, 2), of(1, 2)), { verdict: "same", largest: 0, mean: 0 });
  t.deepEqual(deviationOf(of(254, 0), of(255, 0)), { verdict: "same", largest: 1 / 255, mean: 1 / 510 });
  t.deepEqual(deviationOf(of(96, ...Array<number>(9).fill(100)), of(...Array<number>(10).fill(100))), {
    verdict: "close",
    largest: 0.04,
    mean: 0.004,
  });
  t.is(deviationOf(of(1, 1), of(1, 0.5)).verdict, "other");
  t.deepEqual(deviationOf(of(1), of(1, 1)), { verdict: "other", largest: null, mean: null });
  t.is(deviationOf(of(NaN, 1), of(NaN, 1)).verdict, "same");
  t.is(deviationOf(of(NaN, 1), of(0, 1)).verdict, "other");
  t.is(deviationOf(of(0, 7, 7, 3), of(0, 1, 1, 2), true).verdict, "same");
  t.is(deviationOf(of(0, 7, 7, 7), of(0, 1, 1, 2), true).verdict, "other");
});

test("what a run comes to", (t) => {
  const benchmark = recorded();
  t.deepEqual(
    summariesOf(benchmark).map(({ peer, side, count, least, most, reused }) => [
      ...[peer, side, count],
      ...[least, most, reused.least],
    ]),
    [
      ["opencv-js", 512, 1, 3, 3, 3],
      ["opencv-js", 2048, 1, 4, 4, 4],
      ["scikit-image", 512, 2, 0.8, 20, 1.6],
      ["scikit-image", 2048, 2, 0.5, 8, 1],
      ["opencv", 512, 1, 0.3, 0.3, 0.6],
      ["opencv", 2048, 1, 0.6, 0.6, 1.2],
    ],
  );
  const { mean, reused } = summariesOf(benchmark).find(({ peer, side }) => peer === "scikit-image" && side === 2048)!;
  t.is(mean.toFixed(9), "2.000000000");
  t.is(reused.mean.toFixed(9), Math.sqrt(8).toFixed(9));
  const behind = (side: number) => behindOf(benchmark, side).map(({ row, peer, ratio }) => [row.function, peer, ratio]);
  t.deepEqual(behind(512), [
    ["util.invert", "opencv", 0.3],
    ["util.invert", "scikit-image", 0.8],
  ]);
  t.deepEqual(behind(2048), [["util.invert", "scikit-image", 0.5]]);
  t.deepEqual(pixelDrift(benchmark.rows[0]!), { least: 0, most: 0.5, beyondCopying: 0.5 });
  // 8 bytes for a pixel, which take a copy 0.4 ns longer: of 3 ns.
  const slower = benchmark.rows.map((row) => ({
    ...row,
    pixelTimes: row.pixelTimes.map((one) => ({ ...one, copyNanoseconds: one.side === 512 ? 0.4 : 0.8 })),
  }));
  const { least, most, beyondCopying } = pixelDrift(slower[0]!)!;
  t.deepEqual([least, most, beyondCopying.toFixed(9)], [0, 0.5, "0.300000000"]);
  // What gets faster is not said to fall below.
  t.is(pixelDrift(slower[1]!)!.beyondCopying, 0);
});

test("rows measured later take the place of those before", (t) => {
  const before = recorded();
  const [gaussian] = before.rows;
  const later = { ...before, rows: [{ ...gaussian!, deviations: {} }], seconds: 240, loadAtEnd: 0.5 };
  const once = renewed(before, later);
  t.deepEqual(
    once.rows.map((row) => [row.function, Object.keys(row.deviations).length > 0]),
    before.rows.map((row) => [row.function, row.function !== gaussian!.function]),
  );
  const twice = renewed(once, { ...later, seconds: 300 });
  t.deepEqual(twice.renewals, [
    { rows: ["filters.gaussian, float32, sigma 2"], load: before.machine.load, loadAtEnd: 0.5, seconds: 300 },
  ]);
  t.regex(
    documentOf(twice),
    /\nMeasured later, in 5 minutes by themselves, .*: filters\.gaussian, float32, sigma 2\.\n/,
  );
  const elsewhere = { ...later, machine: { ...before.machine, processor: "another" } };
  t.throws(() => renewed(before, elsewhere), {
    message: /^--renew: rows were measured with Node .*, now with Node .* another; measure all/,
  });
  const others = { ...later, versions: { ...before.versions, sharp: "0.0.1" } };
  t.throws(() => renewed(before, others), { message: /sharp 0\.0\.1/ });
});

test("its document, its picture and its tables", (t) => {
  const benchmark = recorded();
  const text = documentOf(benchmark);
  for (const line of [
    /^# Kernels beside other libraries\n/,
    /\n!\[Time of other libraries over that of tagswitch\]\(benchmarks\.svg\)\n/,
    /\n\| scikit-image \| 2048 × 2048 \| 2 \| 2 \| 0\.5 \| 8 \| 2\.83 \| 1 \| no \| with `out` \|\n/,
    /\n1 of 4 comparisons on 2048 × 2048 fall short of what is aimed at, 0 of them with `out` too; the worst first:\n/,
    /\n2 of 4 comparisons on 512 × 512 fall short /,
    /\n\| util\.invert, uint8 \| scikit-image \| 0\.5 \| 1 \| with `out` \|\n/,
    /\n\| `filters\.gaussian` \| float32, sigma 2 \| 8 \|  \| 25 % \| 4 \| ≠ 30 \| 8 \|  \|\n/,
    /\n\| `filters\.gaussian` \| float32, sigma 2 \| 2 \| 3 \| 0 % \| \+50 % \| \+50 % \|\n/,
    /\n\| `filters\.gaussian` \| float32, sigma 2 \| 2048 × 2048 \| 5 \| 1\.6 \| ≠ 20 \|  \|\n/,
    /\nWithin 30 %: 1 of 2; without what copying as many bytes takes longer, 1\.\n/,
    /\n\| `filters\.gaussian` \| float32, sigma 2 \| 2048 × 2048 \| 33\.6 \| 16\.8 \|\n/,
    /\n\| filters\.gaussian, float32, sigma 2 \| sharp \| ≠ \| another size \|  \|\n/,
    /\nwasm-vips took no part: no network\n/,
    /\n- util\.invert, uint8: image-js failed: too large\n/,
  ]) {
    t.regex(text, line);
  }
  const svg = ratioPlot(benchmark);
  t.regex(svg, /^<svg xmlns/);
  t.is([...svg.matchAll(/<circle [^>]*r="3\.5"/g)].length, 4, "a dot for each comparison on the largest images");
  t.regex(formatKernels(benchmark), /util\.invert, uint8 .*│ +1 │ +0\.5 │ +50 % │/);
  t.regex(formatKernels(benchmark), /\nwasm-vips is left out: no network/);
  t.regex(formatDeviations(benchmark), /filters\.gaussian, float32, sigma 2 +│ sharp +│ other +│ another size/);
});

const committed = join(ROOT, "docs/benchmarks.json");
if (existsSync(committed)) {
  test("the committed documents are what the committed run makes", (t) => {
    const benchmark = JSON.parse(readFileSync(committed, "utf8")) as KernelBenchmark;
    t.is(readFileSync(join(ROOT, "docs/benchmarks.md"), "utf8"), documentOf(benchmark));
    t.is(readFileSync(join(ROOT, "docs/benchmarks.svg"), "utf8"), ratioPlot(benchmark));
  });
}
