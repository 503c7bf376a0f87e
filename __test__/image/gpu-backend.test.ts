// Backend wgpu: when it runs, what a chain costs, what becomes of it without a device.
import { setTimeout as delay } from "node:timers/promises";
import test from "ava";
import { addon } from "../../src/addon.ts";
import { DispatchError, trace } from "../../src/index.ts";
import {
  backend,
  color,
  exposure,
  filters,
  GpuError,
  GpuImage,
  Image,
  measure,
  segmentation,
  util,
} from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { seeded } from "../../src/image/suite/generated/images.ts";

const random = seeded(1);
const photo = new Image(
  Uint8Array.from({ length: 67 * 43 * 3 }, () => random() * 256),
  { width: 43, height: 67, channels: 3 },
);
const stats = (): NonNullable<ReturnType<typeof addon.gpuStats>> => addon.gpuStats()!;

function picture(image: GpuImage): GpuImage {
  const edges = filters.sobel(filters.gaussian(color.rgb2gray(image)));
  return color.label2rgb(measure.label(util.greater(edges, 0.05)), photo);
}

if (gpuAvailable()) {
  test.serial("nothing is made before it is needed", (t) => {
    t.is(addon.gpuStats(), null);
    addon.gpuAdapter(true);
    t.is(addon.gpuStats(), null);
  });

  test.serial("a chain is one submission, a secondary image is uploaded", async (t) => {
    const image = GpuImage.from(photo);
    const before = stats();
    const result = picture(image);
    t.is(stats().submissions, before.submissions);
    await result.toImage();
    const after = stats();
    t.is(after.submissions - before.submissions, 1);
    t.is(after.uploadedBytes - before.uploadedBytes, photo.data.byteLength);
    t.is(after.downloadedBytes - before.downloadedBytes, 4 * photo.data.length);
  });

  test.serial("a threshold in between costs two more, as its histogram needs the extremes", (t) => {
    const edges = filters.sobel(color.rgb2gray(GpuImage.from(photo)));
    const before = stats();
    const mask = util.greater(edges, filters.thresholdOtsu(edges));
    mask.toImageSync();
    t.is(stats().submissions - before.submissions, 3);
  });

  test.serial("images in main memory go there when it is named, and the trace says so", (t) => {
    const native = filters.gaussian(photo, { channelAxis: 2 });
    for (const call of [
      () => filters.gaussian(photo, { channelAxis: 2, backend: "wgpu" }),
      () => backend("wgpu", () => filters.gaussian(photo, { channelAxis: 2 })),
    ]) {
      const { result, calls } = trace(call);
      t.is(calls[0]!.backend, "wgpu");
      t.deepEqual(
        calls[0]!.conversions.map(({ to, bytes }) => [to, bytes]),
        [
          ["tagswitch/image:GpuImage", photo.data.byteLength],
          ["tagswitch/image:Image", 4 * photo.data.length],
        ],
      );
      t.true(result instanceof Image);
      t.true(result.data.every((value: number, i: number) => Math.abs(value - native.data[i]!) < 1e-5));
    }
    t.is(trace(() => filters.gaussian(photo, { channelAxis: 2 })).calls[0]!.backend, "native");
  });

  test.serial(
    "an asynchronous call on images in main memory lets the event loop turn, and can be given up",
    async (t) => {
      const large = new Image(new Float32Array(512 * 512).fill(1), { width: 512, height: 512 });
      const before = stats().liveBytes;
      let turns = 0;
      let turning = setImmediate(function turn() {
        turns++;
        turning = setImmediate(turn);
      });
      const { data } = await filters.gaussian.async(large, { sigma: 4, backend: "wgpu" });
      clearImmediate(turning);
      t.true(turns > 0);
      t.true(Math.abs(data[0]! - 1) < 1e-5);
      const controller = new AbortController();
      const givenUp = filters.gaussian.async(large, { sigma: 4, backend: "wgpu", signal: controller.signal });
      controller.abort(new Error("not wanted"));
      await t.throwsAsync(givenUp, { message: "not wanted" });
      t.is(filters.gaussian(large, { sigma: 4, backend: "wgpu" }).data[0], data[0]);
      // What was on its way is freed when it is there.
      while (stats().liveBytes > before) await delay(1);
    },
  );

  test.serial("what it cannot do goes to the next, with the reason", (t) => {
    const doubles = new Image(new Float64Array(4), { width: 2, height: 2 });
    const { calls } = trace(() => backend("wgpu", () => filters.gaussian(doubles)));
    t.is(calls[0]!.backend, "native");
    t.regex(calls[0]!.considered.find((one) => one.backend === "wgpu")!.reason, /float64/);
    t.throws(() => filters.gaussian(doubles, { backend: "wgpu" }), { instanceOf: DispatchError, message: /float64/ });
    const labels = measure.label(GpuImage.from(new Image(new Uint8Array(4), { width: 2, height: 2 })));
    const grey = new Image(new Uint8Array(4), { width: 2, height: 2 });
    t.throws(() => color.label2rgb(labels, grey, { kind: "avg" }), { message: /not done on the GPU/ });
  });

  test.serial("so does what shows only as it runs: levels too far apart to count", async (t) => {
    const far = new Image(Int32Array.of(-2147483648, 2147483647, 0, 5), { width: 2, height: 2 });
    const calls: readonly (() => unknown)[] = [
      () => filters.thresholdOtsu(far),
      () => filters.thresholdLi(far),
      () => exposure.equalizeHist(far),
      () => exposure.matchHistograms(far, far),
      () => color.label2rgb(far),
    ];
    for (const call of calls) {
      const { result, calls: traced } = trace(() => backend("wgpu", call));
      t.is(traced[0]!.backend, "native");
      const { reason } = traced[0]!.considered.find((one) => one.backend === "wgpu")!;
      t.regex(reason, /go from -2147483648 to 2147483647; they may lie 16777216 apart at most/);
      t.deepEqual(result, call());
    }
    const { result, calls: tables } = trace(() => backend("wgpu", () => measure.regionpropsTable(far)));
    t.regex(tables[0]!.considered.find((one) => one.backend === "wgpu")!.reason, /labels go up to 2147483647/);
    t.deepEqual(result, measure.regionpropsTable(far));
    t.is(await backend("wgpu", async () => filters.thresholdOtsu.async(far)), filters.thresholdOtsu(far));
    const wide = { code: "ERR_IMAGE_LIMIT" };
    t.throws(() => backend("wgpu", () => exposure.histogram(far)), wide);
    t.throws(() => filters.thresholdOtsu(far, { backend: "wgpu" }), {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_REFUSED",
      message: /apart at most/,
    });
  });

  test.serial("an image that is too large for the adapter goes to the next", (t) => {
    const { largestBinding } = addon.gpuAdapter(true);
    if (largestBinding > 2 ** 28) {
      t.pass();
      return;
    }
    const width = Math.floor(largestBinding / 4096 / 4) + 1;
    const wide = new Image(new Uint8Array(width * 4096), { width, height: 4096 });
    const { calls } = trace(() => backend("wgpu", () => segmentation.clearBorder(wide)));
    t.is(calls[0]!.backend, "native");
    t.regex(calls[0]!.considered.find((one) => one.backend === "wgpu")!.reason, /^too large: \d+ bytes at once/);
    t.throws(() => segmentation.clearBorder(GpuImage.from(wide)), { instanceOf: GpuError, code: "ERR_GPU_LIMIT" });
  });

  test.serial("memory goes back to the pool when images are disposed of", (t) => {
    const before = stats().liveBytes;
    const images = Array.from({ length: 8 }, () => GpuImage.from(photo));
    t.true(stats().liveBytes > before);
    for (const image of images) image.dispose();
    t.is(stats().liveBytes, before);
    const { allocations } = stats();
    for (let i = 0; i < 8; i++) GpuImage.from(photo).dispose();
    t.is(stats().allocations, allocations);
  });

  test.serial("a lost device: its images fail, the next call makes another", async (t) => {
    const image = GpuImage.from(photo);
    const result = picture(image);
    const reading = result.toImage();
    addon.gpuDestroyDevice();
    const lost = { instanceOf: GpuError, code: "ERR_GPU_DEVICE_LOST" };
    await t.throwsAsync(reading, lost);
    t.throws(() => result.toImageSync(), lost);
    t.throws(() => color.rgb2gray(image), lost);
    const again = GpuImage.from(photo);
    t.throws(() => color.label2rgb(measure.label(util.greater(color.rgb2gray(again), 0.5)), image), lost);
    t.true((await picture(again).toImage()).data.length > 0);
    image.dispose();
  });
}
