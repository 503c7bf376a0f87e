// Traces with the kernels beside the calls.
import { once } from "node:events";
import { inspect, stripVTControlCharacters } from "node:util";
import test from "ava";
import { trace, Trace } from "../../src/index.ts";
import { backend, color, filters, gpu, GpuError, GpuImage, Image, util } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

if (gpuAvailable()) {
  const image = new Image(new Float32Array(64 * 48 * 3).fill(0.5), { width: 64, height: 48, channels: 3 });
  const edges = (there: GpuImage): GpuImage => util.invert(filters.sobel(color.rgb2gray(there)));

  test.serial("calls and kernels, as tables and as JSON", (t) => {
    using there = GpuImage.from(image);
    const traced = gpu.trace(() => edges(there));
    t.true(traced instanceof Trace);
    t.true(traced.result.toImageSync().data.every((value) => value === 1));
    t.deepEqual(
      traced.calls.map((call) => [call.function, call.backend]),
      [
        ["color.rgb2gray", "wgpu"],
        ["filters.sobel", "wgpu"],
        ["util.invert", "wgpu"],
      ],
    );
    t.deepEqual(
      traced.kernels.map(({ kernel, bytes }) => [kernel, bytes]),
      [
        ["color.rgb2gray", 16 * 64 * 48],
        ["filters.sobel", 8 * 64 * 48],
        ["util.invert", 8 * 64 * 48],
      ],
    );
    const text = String(traced);
    t.regex(text, /function[^]*filters\.sobel *│ wgpu[^]*kernel[^]*filters\.sobel *│ +\d+\.\d\d │ +0\.02 │/);
    t.is(stripVTControlCharacters(inspect(traced, { colors: true })), text);
    const { calls, kernels } = JSON.parse(JSON.stringify(traced)) as typeof traced;
    t.is(calls.length, 3);
    t.deepEqual(kernels, traced.kernels);
  });

  test.serial(
    "an image that is copied to the GPU twice is noticed, in the trace and by a warning with the caller's line",
    async (t) => {
      const warned = once(process, "warning") as Promise<[Error & { code: string }]>;
      const call = () => backend({ exclusive: "wgpu", copies: "warn" }, () => trace(() => filters.sobel(gray)));
      const gray = color.rgb2gray(image);
      const conversions = [call(), call()].map(({ calls: [first] }) => first!.conversions[0]!);
      const bytes = 4 * 64 * 48;
      for (const { to, bytes: copied } of conversions) t.deepEqual([to, copied], ["tagswitch/image:GpuImage", bytes]);
      t.deepEqual(
        conversions.map(({ copy }) => copy),
        [1, 2],
      );
      const [{ code, message }] = await warned;
      t.is(code, "TAGSWITCH_COPIED_TWICE");
      t.regex(
        message,
        /filters\.sobel copied the same .*Image to .*GpuImage a second time at .*gpu-trace\.test\.ts:\d+/,
      );
    },
  );

  test.serial("operations on pixels in a row are one kernel with the names of all", (t) => {
    using there = GpuImage.from(image);
    const { kernels, calls } = gpu.trace(() => util.greater(util.invert(color.rgb2gray(there)), 0.25));
    t.is(calls.length, 3);
    t.deepEqual(
      kernels.map(({ kernel }) => kernel),
      ["color.rgb2gray+util.invert+util.greater"],
    );
  });

  test.serial("an asynchronous body is awaited, and may fail", async (t) => {
    using there = GpuImage.from(image);
    const traced = await gpu.trace(async () => edges(there).toImage());
    t.is(traced.result.data[0], 1);
    t.is(traced.kernels.length, 3);
    t.is((await gpu.kernelTimes(async () => edges(there).toImage())).length, 3);
    await t.throwsAsync(
      gpu.trace(async () => {
        edges(there);
        await Promise.resolve();
        throw new RangeError("mine");
      }),
      { instanceOf: RangeError, message: "mine" },
    );
    // Timing ended with it.
    t.is(gpu.trace(() => filters.sobel(color.rgb2gray(there))).kernels.length, 2);
    t.throws(() => gpu.trace(() => gpu.trace(() => {})), { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" });
  });
}
