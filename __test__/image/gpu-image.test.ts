// GpuImage: there and back, freed, refused.
import test from "ava";
import { DispatchError } from "../../src/index.ts";
import {
  color,
  exposure,
  filters,
  gpu,
  GpuError,
  GpuImage,
  Image,
  ImageError,
  measure,
  util,
} from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const shape = { width: 5, height: 3 };
const ramp = (): Image =>
  new Image(
    Uint8Array.from({ length: 15 }, (_, i) => i * 16),
    shape,
  );
const code = (error: unknown): unknown => (error as { code?: unknown }).code;

if (gpuAvailable()) {
  test("samples of every dtype come back as they went, alpha and all", async (t) => {
    const samples = [
      Uint8Array.of(0, 1, 254, 255, 7, 9),
      Uint16Array.of(0, 1, 65534, 65535, 7, 9),
      Int32Array.of(-2147483648, -1, 0, 2147483647, 7, 9),
      Float32Array.of(-0, Number.NaN, Infinity, 1e-45, 0.1, -3),
    ];
    for (const data of samples) {
      for (const [width, channels] of [
        [6, 1],
        [3, 2],
        [2, 3],
      ] as const) {
        const image = new Image(data, { width, height: 1, channels, alpha: channels === 3 });
        const there = GpuImage.from(image);
        const back = there.toImageSync();
        t.deepEqual(back.data, data);
        t.deepEqual(back.shape, image.shape);
        t.is(back.alpha, image.alpha);
        t.deepEqual((await there.toImage()).data, data);
        t.deepEqual([there.dtype, there.byteLength], [image.dtype, data.byteLength]);
      }
    }
  });

  test("an upload keeps what the image held", (t) => {
    const image = ramp();
    const there = GpuImage.from(image);
    image.data.fill(0);
    t.deepEqual(there.toImageSync().data, ramp().data);
  });

  test("operations stay on the GPU", (t) => {
    const blurred = filters.gaussian(GpuImage.from(ramp()));
    t.true(blurred instanceof GpuImage);
    t.is(blurred.dtype, "float32");
    const labels = measure.label(util.greater(blurred, filters.thresholdOtsu(blurred)));
    t.true(labels instanceof GpuImage);
    t.is(labels.dtype, "int32");
    t.deepEqual([...new Set(labels.toImageSync().data)], [0, 1]);
  });

  test.serial("reading back does not block the event loop", async (t) => {
    const large = new Image(new Float32Array(1024 * 1024).fill(0.5), { width: 1024, height: 1024 });
    const blurred = filters.gaussian(GpuImage.from(large), { sigma: 8 });
    let settled = false;
    const reading = blurred.toImage().then(() => (settled = true));
    for (let turn = 0; turn < 5; turn++) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      t.false(settled);
    }
    await reading;
  });

  test("what is disposed of is gone, once and for all", async (t) => {
    const image = GpuImage.from(ramp());
    const result = util.greater(image, 100);
    image.dispose();
    image.dispose();
    for (const use of [
      () => image.toImageSync(),
      () => util.greater(image, 1),
      () => filters.gaussian(image),
      () => filters.sobel(image),
      () => filters.thresholdOtsu(image),
      () => measure.label(image),
    ]) {
      t.throws(use, { instanceOf: GpuError, code: "ERR_GPU_DISPOSED", message: /the image was disposed of/ });
    }
    await t.throwsAsync(image.toImage(), { instanceOf: GpuError, code: "ERR_GPU_DISPOSED" });
    // What was recorded from it lives on.
    t.is([...result.toImageSync().data].filter((value) => value === 1).length, 8);
    image[Symbol.dispose]();
  });

  test("float64, detached and foreign things are refused", (t) => {
    const doubles = new Image(new Float64Array(15), shape);
    t.throws(() => GpuImage.from(doubles), { instanceOf: GpuError, code: "ERR_GPU_DTYPE" });
    const detached = ramp();
    structuredClone(detached.data.buffer, { transfer: [detached.data.buffer as ArrayBuffer] });
    t.throws(() => GpuImage.from(detached), { instanceOf: ImageError, code: "ERR_IMAGE_BUFFER" });
    const argument = { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" };
    for (const thing of [null, undefined, 7, {}, new Uint8Array(4), Object.create(null)] as never[]) {
      t.throws(() => GpuImage.from(thing), argument);
      t.throws(() => new GpuImage(thing), { ...argument, message: /^GpuImage: .* GpuImage\.from\(image\)/ });
    }
    const forged = Object.create(GpuImage.prototype) as GpuImage;
    t.throws(() => forged.toImageSync(), argument);
    t.throws(() => forged.dispose(), argument);
    t.throws(() => filters.gaussian(forged), { instanceOf: Error });
  });

  test("options that are none are refused", (t) => {
    for (const options of [
      null,
      7,
      { software: "no" },
      { software: 1 },
      { hardware: true },
      { backend: "vulkan" },
    ] as never[]) {
      const refused = { instanceOf: ImageError, code: "ERR_IMAGE_OPTION" };
      t.throws(() => GpuImage.from(ramp(), options), refused);
      t.throws(() => gpu.adapter(options), refused);
      t.throws(() => gpu.capabilities(options), refused);
    }
  });

  test("bad options and samples are refused as on the CPU", async (t) => {
    const image = GpuImage.from(ramp());
    const rgb = GpuImage.from(new Image(new Uint8Array(12), { width: 2, height: 2, channels: 3 }));
    t.throws(() => filters.gaussian(image, { sigma: -1 }), { instanceOf: ImageError, code: "ERR_IMAGE_OPTION" });
    t.throws(() => filters.gaussian(rgb), { instanceOf: ImageError, code: "ERR_IMAGE_SHAPE" });
    t.throws(() => filters.sobel(rgb), { instanceOf: ImageError, code: "ERR_IMAGE_SHAPE" });
    const nan = GpuImage.from(new Image(Float32Array.of(0, Number.NaN), { width: 2, height: 1 }));
    const refused = {
      instanceOf: ImageError,
      code: "ERR_IMAGE_VALUE",
      message: /^filters\.thresholdOtsu: image holds NaN/,
    };
    t.throws(() => filters.thresholdOtsu(nan), refused);
    const infinite = GpuImage.from(new Image(Float32Array.of(0, -Infinity), { width: 2, height: 1 }));
    t.throws(() => filters.thresholdOtsu(infinite), {
      ...refused,
      message: /: image holds -Infinity; expected finite/,
    });
    t.throws(() => filters.median(nan, { behavior: "rank" }), {
      ...refused,
      message: /^filters\.median: image holds NaN; expected samples from -1 to 1$/,
    });
    const constant = GpuImage.from(new Image(new Float32Array(4).fill(-Infinity), { width: 2, height: 2 }));
    t.is(filters.thresholdOtsu(constant), -Infinity);
    for (const thing of [0, "", false, 7, {}] as never[])
      t.is(typeof code(t.throws(() => color.label2rgb(image, thing))), "string");
    const far = GpuImage.from(new Image(Int32Array.of(-2147483648, 2147483647), { width: 2, height: 1 }));
    t.throws(() => filters.thresholdOtsu(far), {
      instanceOf: DispatchError,
      code: "ERR_DISPATCH_NO_IMPLEMENTATION",
      message: /wgpu: filters\.thresholdOtsu: not done on the GPU: levels go from -2147483648 to 2147483647/,
    });
    // The first negative sample, however far apart they lie.
    for (const samples of [
      [3, -2, -7],
      [3, -2, -2147483648, 2147483647],
    ]) {
      const negative = new Image(Int32Array.from(samples), { width: samples.length, height: 1 });
      for (const where of [negative, GpuImage.from(negative)]) {
        const forced = { backend: "wgpu" } as const;
        const error = {
          code: "ERR_IMAGE_VALUE",
          message: /adjustGamma: image holds -2; expected samples of at least 0/,
        };
        t.throws(() => exposure.adjustGamma(where as GpuImage, forced), error);
        await t.throwsAsync(async () => exposure.adjustGamma.async(where as GpuImage, forced), error);
      }
    }
  });
}
