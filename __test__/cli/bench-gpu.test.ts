import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "ava";
import type { GpuBenchmark } from "../../src/bench/index.ts";
import type { DispatchableMembers } from "../../src/index.ts";
import { functions } from "../../src/image/suite/index.ts";
import { gpuAvailable } from "../image/gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const root = join(import.meta.dirname, "../..");

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

function benchGpu(args: string[], environment: Record<string, string> = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [TYPESCRIPT, join(root, "src/cli/index.ts"), "bench", "gpu", ...args],
      { cwd: root, env: { ...process.env, ...environment } },
      (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

test("without a GPU it says what is missing, on stderr, with exit code 1", async (t) => {
  const { code, stdout, stderr } = await benchGpu([], { TAGSWITCH_WGPU_ADAPTER: "none" });
  t.is(code, 1);
  t.is(stdout, "");
  t.regex(stderr, /^tagswitch: ERR_GPU_NO_ADAPTER: gpu: .*TAGSWITCH_WGPU_ADAPTER forbids it\n$/);
});

test("arguments that make no sense", async (t) => {
  const { code, stderr } = await benchGpu(["--plot", "x.svg"]);
  t.is(code, 2);
  t.regex(stderr, /^tagswitch: Unknown option '--plot'.* See: tagswitch bench gpu --help\n$/);
});

test("--help", async (t) => {
  const { code, stdout } = await benchGpu(["--help"]);
  t.is(code, 0);
  t.regex(stdout, /^Usage: tagswitch bench gpu/);
});

if (gpuAvailable()) {
  test("--quick --json: every operation, with the bytes that its kernels move", async (t) => {
    const { code, stdout } = await benchGpu(["--quick", "--json"]);
    t.is(code, 0);
    const benchmark = JSON.parse(stdout) as GpuBenchmark;
    t.is(benchmark.schema, "tagswitch/bench-gpu/1");
    t.deepEqual(Object.keys(benchmark.adapter), ["name", "driver", "deviceType", "backend"]);
    t.true(benchmark.quick);
    t.is(benchmark.copy.bytes, 2 * 4 * 4096 ** 2);
    t.true(benchmark.copy.milliseconds > 0 && benchmark.copy.gigabytesPerSecond > 0);
    t.is(benchmark.transfers.bytes, 4 * 4096 ** 2);
    t.true(benchmark.transfers.uploadGigabytesPerSecond > 0 && benchmark.transfers.readBackGigabytesPerSecond > 0);
    const onGpu = Object.entries(
      functions as unknown as Record<string, Pick<DispatchableMembers<() => void>, "backends">>,
    )
      .filter(([, { backends }]) => backends.some(({ backend }) => backend === "wgpu"))
      .map(([name]) => name);
    t.deepEqual([...new Set(benchmark.kernels.map(({ operation }) => operation))].toSorted(), onGpu.toSorted());
    const documented = readFileSync(join(root, "docs/benchmarks-gpu.md"), "utf8");
    for (const operation of onGpu) {
      // In the tables, by its whole name or by that within the module.
      const names = [operation, operation.split(".")[1]!].map((name) => `\`${name}\``);
      t.true(
        names.some((name) => documented.includes(name)),
        operation,
      );
    }
    const pixels = 512 * 512;
    // Others run some of them on their way.
    const row = (kernel: string) =>
      benchmark.kernels.find((one) => one.kernel === kernel && (one.operation === kernel || !onGpu.includes(kernel)));
    t.is(row("color.rgb2gray")?.bytes, (3 + 4) * pixels);
    t.is(row("color.rgba2rgb")?.bytes, (4 + 12) * pixels);
    t.is(row("color.rgb2lab")?.bytes, (3 + 12) * pixels);
    t.is(row("filters.sobel")?.bytes, (4 + 4) * pixels);
    t.is(row("util.greater")?.bytes, (4 + 1) * pixels);
    t.is(row("util.invert")?.bytes, (4 + 4) * pixels);
    t.is(row("exposure.histogram/bytes")?.bytes, pixels + 2 * 4 * 256);
    const flatten = row("measure.label/flatten");
    t.is(flatten?.runs, 2);
    t.is(flatten?.bytes, 2 * (4 + 4) * pixels);
    const { chain, operations, side, fusedMilliseconds, unfusedMilliseconds, speedup } = benchmark.fusion;
    t.deepEqual([chain, operations, side], ["color.rgb2gray+util.invert+util.greater", 3, 512]);
    t.true(fusedMilliseconds > 0 && speedup === unfusedMilliseconds / fusedMilliseconds);
    for (const one of benchmark.kernels) {
      t.is(one.side, 512);
      t.true(one.milliseconds >= 0 && one.milliseconds < 10_000, one.kernel);
      if (one.milliseconds > 0) t.true(one.gigabytesPerSecond! > 0 && one.shareOfCopy! > 0, one.kernel);
    }
    t.true(benchmark.kernels.some(({ milliseconds }) => milliseconds > 0));
  });
}
