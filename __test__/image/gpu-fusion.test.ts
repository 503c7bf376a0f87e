// Point-wise operations in a row are one kernel on the GPU: what that changes, and that results are not among it.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import test from "ava";
import { color, filters, gpu, GpuError, GpuImage, Image, util } from "../../src/image/index.ts";
import { callGpu } from "../../src/image/backends/addon-call.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;
const size = { width: 61, height: 47 };
const pixels = size.width * size.height;
const levels = Array.from({ length: 3 * pixels }, (_, i) => (i * 7919) % 251);
const photos = [
  Uint8Array.from(levels),
  Uint16Array.from(levels, (level) => 257 * level),
  Int32Array.from(levels, (level) => (level - 125) * 2 ** 24),
  Float32Array.from(levels, (level) => level / 250),
].map((data) => new Image(data, { ...size, channels: 3 }));

/** Steps of which each begins with the one before. */
function steps(photo: GpuImage): GpuImage[] {
  const gray = color.rgb2gray(photo);
  const inverted = util.invert(gray);
  const tinted = color.gray2rgb(inverted);
  const back = color.rgb2gray(util.invert(tinted, { signedFloat: true }));
  return [gray, inverted, tinted, back, util.greater(back, -0.5)];
}

test("the switch takes a boolean", (t) => {
  for (const on of [0, "off", null, undefined] as unknown as boolean[]) {
    const error = t.throws(() => gpu.setFusion(on), { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" }, String(on));
    t.regex(error!.message, /^gpu\.setFusion: on is .*; expected true or false$/);
  }
});

test("an error of a kernel names the operations that are in it", (t) => {
  const kernel = "color.rgb2gray+util.invert";
  const fail = (message: string) => () => {
    throw Object.assign(new Error(message), { code: "ERR_GPU_OUT_OF_MEMORY" });
  };
  for (const chain of [kernel, `${kernel} → filters.sobel`]) {
    const error = t.throws(() => callGpu("gpu.download", fail(`${chain}: out of GPU memory`)), {
      instanceOf: GpuError,
    });
    t.deepEqual([error!.operation, error!.message], [chain, `${chain}: out of GPU memory`]);
  }
});

if (gpuAvailable()) {
  test.afterEach.always(() => gpu.setFusion(true));

  test.serial("results are the same bit by bit, in whatever order they are read", (t) => {
    for (const photo of photos) {
      using there = GpuImage.from(photo);
      gpu.setFusion(false);
      const expected = steps(there).map((step) => step.toImageSync().data);
      gpu.setFusion(true);
      for (const order of [
        [4, 3, 2, 1, 0],
        [0, 1, 2, 3, 4],
        [2, 4, 0, 3, 1],
      ]) {
        const found = steps(there);
        for (const place of order) t.deepEqual(found[place]!.toImageSync().data, expected[place], photo.dtype);
      }
    }
  });

  test.serial("a chain is one kernel, which is named after its operations; without fusion it is one for each", (t) => {
    using there = GpuImage.from(photos[0]!);
    const work = (): void => void util.greater(util.invert(color.rgb2gray(there)), 0.5);
    const before = gpu.stats()!.fusedSteps;
    t.deepEqual(
      gpu.kernelTimes(work).map(({ kernel }) => kernel),
      ["color.rgb2gray+util.invert+util.greater"],
    );
    t.is(gpu.stats()!.fusedSteps, before + 2);
    gpu.setFusion(false);
    t.deepEqual(
      gpu.kernelTimes(work).map(({ kernel }) => kernel),
      ["color.rgb2gray", "util.invert", "util.greater"],
    );
    t.is(gpu.stats()!.fusedSteps, before + 2);
  });

  test.serial("what is disposed of unread is not computed, and what others need of it is", (t) => {
    using there = GpuImage.from(photos[0]!);
    const gray = color.rgb2gray(there);
    const inverted = util.invert(gray);
    const [expected, { dispatches }] = [color.rgb2gray(photos[0]!).data, gpu.stats()!];
    gray.dispose();
    t.throws(() => gray.toImageSync(), { instanceOf: GpuError, code: "ERR_GPU_DISPOSED" });
    util.invert(there).dispose();
    t.true(inverted.toImageSync().data.every((value, i) => Math.abs(1 - value - expected[i]!) < 1e-5));
    t.is(gpu.stats()!.dispatches, dispatches + 1);
  });

  test.serial("sources may go before what is made of them is computed", async (t) => {
    const masks = photos.map((photo) => {
      using there = GpuImage.from(photo);
      using gray = color.rgb2gray(there);
      return util.greater(gray, 0.3);
    });
    for (const [i, mask] of masks.entries()) {
      const expected = util.greater(color.rgb2gray(photos[i]!), 0.3);
      t.deepEqual((await mask.toImage()).data, expected.data);
    }
  });

  test.serial("memory of sources that are gone is kept within the pool's limit", (t) => {
    const bytes = 4 * 256 * 256;
    const image = new Image(new Float32Array(256 * 256).fill(0.5), { width: 256, height: 256 });
    GpuImage.from(image).dispose();
    const before = gpu.stats()!.liveBytes;
    gpu.setPoolLimit(4 * bytes);
    const masks = Array.from({ length: 40 }, () => {
      using there = GpuImage.from(image);
      return util.greater(there, 0.25);
    });
    t.true(gpu.stats()!.liveBytes - before <= 40 * (bytes / 4) + 6 * bytes);
    gpu.setPoolLimit(256 * 2 ** 20);
    for (const mask of masks) t.true(mask.toImageSync().data.every((value) => value === 1));
  });

  test.serial("a filter in between gets samples, and begins another chain", (t) => {
    using there = GpuImage.from(photos[3]!);
    const times = gpu.kernelTimes(() => {
      const edges = filters.sobel(util.invert(color.rgb2gray(there)));
      util.greater(util.invert(edges), 0.5);
    });
    t.deepEqual(
      times.map(({ kernel }) => kernel),
      ["color.rgb2gray+util.invert", "filters.sobel", "util.invert+util.greater"],
    );
  });

  test("the environment switches it, and says so when it cannot", async (t) => {
    const program = `
      const { color, gpu, GpuImage, Image, util } = await import(${JSON.stringify(entry)});
      try {
        const there = GpuImage.from(new Image(new Uint8Array(12), { width: 2, height: 2, channels: 3 }));
        console.log(gpu.kernelTimes(() => void util.invert(color.rgb2gray(there))).length);
      } catch (error) {
        console.log(error.code, error.message);
      }`;
    const printed = async (value: string): Promise<string> => {
      const env = { ...process.env, TAGSWITCH_GPU_FUSION: value };
      const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", program], { env });
      return stdout.trim();
    };
    t.deepEqual([await printed("on"), await printed("off"), await printed("")], ["1", "2", "1"]);
    t.regex(await printed("maybe"), /^ERR_GPU_SETTING .*TAGSWITCH_GPU_FUSION is "maybe"; expected on or off$/);
  });
}
