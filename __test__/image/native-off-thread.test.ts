// `fn.async` with native kernels: the event loop turns, and what the caller has stays the caller's.
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import test from "ava";
import { addon } from "../../src/addon.ts";
import {
  feature,
  filters,
  Image,
  type ImageError,
  measure,
  morphology,
  segmentation,
  transform,
  util,
} from "../../src/image/index.ts";

const side = 256;
const samples = Float32Array.from({ length: side * side }, (_, i) => ((i * 7919) % 997) / 997);
const picture = (): Image<Float32Array> => new Image(samples.slice(), { width: side, height: side });
const native = { backend: "native" };

/** Kernels that keep all threads busy for a while, so that those called next have not begun when the call returns. */
async function busy(): Promise<unknown> {
  const footprint = morphology.disk(12);
  return Promise.all(
    Array.from({ length: 2 * availableParallelism() }, async () =>
      filters.median.async(picture(), { footprint, ...native }),
    ),
  );
}

test("the event loop turns while a kernel runs", async (t) => {
  let turned = false;
  setImmediate(() => (turned = true));
  await filters.median.async(picture(), native);
  t.true(turned);
  turned = false;
  setImmediate(() => (turned = true));
  t.is(typeof (await measure.shannonEntropy.async(picture(), native)), "number");
  t.true(turned);
});

test("an image may be written, and its memory taken away, as soon as the call returns", async (t) => {
  const expected = filters.gaussian(picture(), native);
  const before = busy();
  const written = picture();
  const first = filters.gaussian.async(written, native);
  written.data.fill(0);
  t.deepEqual((await first).data, expected.data);
  const taken = picture();
  const second = filters.gaussian.async(taken, native);
  const buffer = taken.data.buffer as ArrayBuffer;
  structuredClone(buffer, { transfer: [buffer] });
  t.is(taken.data.length, 0);
  t.deepEqual((await second).data, expected.data);
  await before;
});

test("so may masks and lists of images", async (t) => {
  const mask = new Image(new Uint8Array(side * side).fill(1), { width: side, height: side });
  const expected = [
    segmentation.watershed(picture(), null, { mask, ...native }),
    filters.sobel(picture(), { mask, ...native }),
  ];
  const before = busy();
  const found = Promise.all([
    segmentation.watershed.async(picture(), null, { mask, ...native }),
    filters.sobel.async(picture(), { mask, ...native }),
  ]);
  mask.data.fill(0);
  t.deepEqual(
    (await found).map(({ data }) => data),
    expected.map(({ data }) => data),
  );
  const matrices = feature.structureTensor(picture(), native);
  const eigenvalues = feature.structureTensorEigenvalues(matrices, native);
  const others = busy();
  const later = feature.structureTensorEigenvalues.async(matrices, native);
  for (const { data } of matrices) data.fill(0);
  t.deepEqual(
    (await later).map(({ data }) => data),
    eigenvalues.map(({ data }) => data),
  );
  await Promise.all([before, others]);
});

test("`out` is written, and is what the promise gives", async (t) => {
  const image = picture();
  const out = new Image(new Float32Array(side * side), { width: side, height: side });
  t.is(await util.invert.async(image, { out, ...native }), out);
  t.deepEqual(out.data, util.invert(image, native).data);
  const element = (): Image => new Image(new Float32Array(side * side), { width: side, height: side });
  const several = [element(), element(), element()] as const;
  const tensor: unknown = await feature.structureTensor.async(image, { out: several, ...native });
  t.is(tensor, several);
  t.deepEqual(
    several.map(({ data }) => data),
    feature.structureTensor(image, native).map(({ data }) => data),
  );
  const small = new Image(new Float32Array(4), { width: 2, height: 2 });
  await t.throwsAsync(util.invert.async(image, { out: small, ...native }), { code: "ERR_IMAGE_SHAPE" });
});

test("what is wrong rejects as it throws elsewhere", async (t) => {
  const shared = new Image(new Float32Array(16), { width: 4, height: 4 });
  Object.defineProperty(shared, "data", { value: new Float32Array(new SharedArrayBuffer(64)) });
  const nan = new Image(Float32Array.of(Number.NaN, 1), { width: 2, height: 1 });
  const wrong = [
    (run: typeof filters.gaussian) => run(shared, native),
    (run: typeof filters.gaussian) => run(picture(), { sigma: -1, ...native }),
  ];
  for (const call of wrong) {
    const expected = t.throws<ImageError>(() => call(filters.gaussian));
    const { message, code } = expected!;
    await t.throwsAsync(async () => call(filters.gaussian.async as unknown as typeof filters.gaussian), {
      message,
      code,
    });
  }
  // By the kernel itself.
  const { message, code } = t.throws<ImageError>(() => filters.thresholdOtsu(nan, native))!;
  await t.throwsAsync(filters.thresholdOtsu.async(nan, native), { message, code });
});

test("calls at the same time do not disturb each other", async (t) => {
  const images = Array.from({ length: 24 }, (_, i) => {
    const image = picture();
    image.data[i] = i;
    return image;
  });
  const results = await Promise.all(images.map((image) => transform.rotate.async(image, 30, native)));
  for (const [i, { data }] of results.entries()) t.deepEqual(data, transform.rotate(images[i]!, 30, native).data);
});

test("an aborted signal ends the wait", async (t) => {
  const controller = new AbortController();
  const waiting = filters.median.async(picture(), { ...native, signal: controller.signal } as object);
  controller.abort();
  t.is(await waiting.then(String, ({ name }: Error) => name), "AbortError");
});

test("a name that no kernel has is an error", (t) => {
  t.throws(() => void addon.cpuOffThread("cpuThreads", []), { code: "InvalidArg", message: /cpuThreads/ });
});

test("a worker thread that ends with kernels in flight does no harm", async (t) => {
  for (let i = 0; i < 3; i++) {
    const worker = new Worker(new URL("native-worker.mjs", import.meta.url), { execArgv: [] });
    const [message] = (await once(worker, "message")) as [string];
    t.is(message, "working");
    await worker.terminate();
  }
  t.is((await filters.gaussian.async(picture(), native)).dtype, "float32");
});
