// Measuring the GPU, on a made-up one: what is counted, and how it is shown.
import test from "ava";
import { benchGpu, formatGpuBenchmark, type GpuSubject } from "../../src/bench/index.ts";

/** A GPU whose kernels take longer in every round. */
function subject(deviceType = "discrete"): GpuSubject & { readonly calls: string[] } {
  const calls: string[] = [];
  let ran: { kernel: string; nanoseconds: number; bytes: number }[] = [];
  let copies = 0;
  const run = (kernel: string, nanoseconds: number, bytes: number): void =>
    void ran.push({ kernel, nanoseconds: nanoseconds + copies, bytes });
  return {
    calls,
    adapter: { name: "Made-up 9000", driver: "none 1.0", deviceType, backend: "vulkan" },
    kernelTimes(body) {
      ran = [];
      body();
      return ran;
    },
    copy() {
      copies++;
      ran.push({ kernel: "copy", nanoseconds: 1000, bytes: 100_000 });
    },
    transfers: {
      bytes: 1000,
      upload: () => void calls.push("upload"),
      readBack: () => void calls.push("readBack"),
    },
    chain: {
      chain: "a+b",
      operations: 2,
      input: "uint8",
      side: 128,
      fused: () => run("a+b", 400, 2),
      unfused() {
        run("a", 300, 2);
        run("b", 700, 2);
      },
    },
    workloads: [64, 128].map((side) => ({
      operation: "measure.label",
      input: "uint8",
      side,
      run() {
        run("flatten", 100, 8 * side * side);
        run("merge", 500, 9 * side * side);
        run("flatten", 200, 8 * side * side);
      },
    })),
  };
}

test("kernels of one name are put together, and the round that compiles is not counted", (t) => {
  const steps: string[] = [];
  const made = subject();
  const benchmark = benchGpu(made, {
    quick: true,
    onProgress: (step, done) => {
      steps.push(step);
      t.true(done >= 0 && done < 1);
    },
  });
  t.is(steps.length, 1 + benchmark.rounds);
  t.is(made.calls.length, 2 * steps.length);
  t.is(benchmark.schema, "tagswitch/bench-gpu/1");
  t.deepEqual(benchmark.copy, { bytes: 100_000, milliseconds: 0.001, gigabytesPerSecond: 100 });
  t.deepEqual(
    benchmark.kernels.map(({ side, kernel, runs, bytes }) => ({ side, kernel, runs, bytes })),
    [
      { side: 64, kernel: "flatten", runs: 2, bytes: 16 * 4096 },
      { side: 64, kernel: "merge", runs: 1, bytes: 9 * 4096 },
      { side: 128, kernel: "flatten", runs: 2, bytes: 16 * 16_384 },
      { side: 128, kernel: "merge", runs: 1, bytes: 9 * 16_384 },
    ],
  );
  const [flatten, merge] = benchmark.kernels;
  // Rounds 2 to 6 of the copy; the median is the fourth.
  t.is(flatten!.milliseconds, 308 / 1e6);
  t.is(merge!.milliseconds, 504 / 1e6);
  t.is(merge!.gigabytesPerSecond, (9 * 4096) / 504);
  t.is(merge!.shareOfCopy, (9 * 4096) / 504 / 100);
  t.deepEqual(benchmark.fusion, {
    chain: "a+b",
    operations: 2,
    input: "uint8",
    side: 128,
    fusedMilliseconds: 404 / 1e6,
    unfusedMilliseconds: 1008 / 1e6,
    speedup: 1008 / 404,
  });
  t.deepEqual(JSON.parse(JSON.stringify(benchmark)), benchmark);
});

test("as tables, which say when there is no card behind them", (t) => {
  const card = formatGpuBenchmark(benchGpu(subject(), { quick: true }));
  for (const line of [
    /^Made-up 9000, none 1\.0/,
    /64 × 64/,
    /flatten, 2 times +│/,
    /copy of a buffer +│ +100 GB\/s/,
    /a\+b, 128 × 128 .*│ +2\.5/,
  ]) {
    t.regex(card, line);
  }
  t.notRegex(card, /software/);
  t.regex(formatGpuBenchmark(benchGpu(subject("software"), { quick: true })), /A software adapter/);
});

test("a clock too coarse for a kernel gives no rate", (t) => {
  const made = { ...subject(), workloads: [{ operation: "o", input: "i", side: 1, run: () => {} }] };
  const kernelTimes: GpuSubject["kernelTimes"] = (body) => {
    const ran = made.kernelTimes(body);
    return ran.length > 0 ? ran : [{ kernel: "k", nanoseconds: 0, bytes: 4 }];
  };
  const [row] = benchGpu({ ...made, kernelTimes }, { quick: true }).kernels;
  t.is(row!.gigabytesPerSecond, null);
  t.is(row!.shareOfCopy, null);
});
