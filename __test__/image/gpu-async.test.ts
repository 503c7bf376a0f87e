// `fn.async` on images on the GPU: what waits for a number or a table leaves the event loop alone meanwhile.
import test from "ava";
import { addon } from "../../src/addon.ts";
import {
  exposure,
  filters,
  gpu,
  GpuError,
  GpuImage,
  Image,
  ImageError,
  measure,
  metrics,
} from "../../src/image/index.ts";
import { generatedCases } from "../../src/image/suite/generated/index.ts";
import { imagesOf } from "../../src/image/suite/copy.ts";
import { functions } from "../../src/image/suite/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

interface Operation {
  (...args: unknown[]): unknown;
  readonly async: (...args: unknown[]) => Promise<unknown>;
  readonly backends: readonly { readonly backend: string }[];
}

const floats = (side: number): Image =>
  new Image(
    Float32Array.from({ length: side * side }, (_, i) => (i % 251) / 251),
    { width: side, height: side },
  );

/** Images to the GPU or back, in lists and objects too; anything else as it is. */
function everyImage<I>(
  value: unknown,
  kind: abstract new (...args: never[]) => I,
  move: (image: I) => unknown,
): unknown {
  if (value instanceof kind) return move(value);
  if (Array.isArray(value)) return value.map((one) => everyImage(one, kind, move));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, everyImage(one, kind, move)]));
}

const back = (result: unknown): unknown => everyImage(result, GpuImage, (image) => image.toImageSync());

/** What a call comes to: its result in main memory, or the error's code and message. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    return back(await call());
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    return { code, message };
  }
}

/** Whether a promise is settled before the event loop turns: blocked work is, however long it took. */
async function isSettledAtOnce(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = (): void => void (settled = true);
  void promise.then(settle, settle);
  for (let i = 0; i < 1000; i++) await null;
  return settled;
}

if (gpuAvailable()) {
  test.serial("asynchronous calls that wait come back through the event loop, with what plain ones give", async (t) => {
    const [seen, waiting] = [new Set<string>(), new Set<string>()];
    for (const { operation, inputsAt, options } of generatedCases) {
      const run = functions[operation] as unknown as Operation;
      if (!run.backends.some(({ backend }) => backend === "wgpu")) continue;
      const inputs = inputsAt([17, 33]);
      const dtypes = imagesOf(inputs).map(({ dtype }) => dtype);
      const kind = [operation, ...dtypes, ...Object.keys(options)].join(" ");
      if (dtypes.includes("float64") || seen.has(kind)) continue;
      seen.add(kind);
      const args = [...(everyImage(inputs, Image, (image) => GpuImage.from(image)) as unknown[]), options];
      const before = gpu.stats()!.submissions;
      let waits = false;
      const expected = await outcome(() => {
        try {
          return run(...args);
        } finally {
          waits = gpu.stats()!.submissions > before;
        }
      });
      const promise = run.async(...args);
      if (waits) waiting.add(operation);
      if (waits) t.false(await isSettledAtOnce(promise), kind);
      t.deepEqual(await outcome(() => promise), expected, kind);
    }
    t.deepEqual([...waiting].toSorted(), WAITING);
  });

  test.serial("the event loop turns meanwhile", async (t) => {
    const there = GpuImage.from(floats(1024));
    const blurred = filters.gaussian(there, { sigma: 20 });
    let turns = 0;
    let turning = setImmediate(function turn() {
      turns++;
      turning = setImmediate(turn);
    });
    const mean = await filters.thresholdMean.async(blurred);
    clearImmediate(turning);
    t.true(turns > 0);
    t.is(filters.thresholdMean(blurred), mean);
  });

  test.serial("a call is given up at once, and asks nothing more", async (t) => {
    const there = GpuImage.from(floats(64));
    /** Kernels that calls of several questions take, and what comes after them. */
    const kernels = async (given: { signal?: AbortSignal }, meanwhile: (calls: Promise<unknown>[]) => unknown) => {
      const before = gpu.stats()!.dispatches;
      await meanwhile([measure.momentsHu.async(there, given), exposure.rescaleIntensity.async(there, given)]);
      for (let i = 0; i < 3; i++) await there.toImage();
      return gpu.stats()!.dispatches - before;
    };
    const all = await kernels({}, async (calls) => Promise.all(calls));
    const controller = new AbortController();
    const { signal } = controller;
    const some = await kernels({ signal }, async (calls) => {
      controller.abort(new Error("not wanted"));
      for (const call of calls) {
        t.true(await isSettledAtOnce(call));
        await t.throwsAsync(call, { message: "not wanted" });
      }
    });
    t.true(some < all, `${some} of ${all}`);
    await t.throwsAsync(filters.thresholdOtsu.async(there, { signal }), { message: "not wanted" });
    t.is(
      await filters.thresholdOtsu.async(there, { signal: new AbortController().signal }),
      filters.thresholdOtsu(there),
    );
  });

  test.serial("what a call reads may be disposed of before it answers", async (t) => {
    const image = floats(64);
    const there = GpuImage.from(image);
    const expected = [
      measure.momentsHu(there),
      back(exposure.equalizeHist(there)),
      metrics.meanSquaredError(there, image),
    ];
    const { liveBytes } = gpu.stats()!;
    const results = [
      measure.momentsHu.async(there),
      exposure.equalizeHist.async(there),
      metrics.meanSquaredError.async(there, image),
    ] as const;
    there.dispose();
    t.deepEqual([await results[0], back(await results[1]), await results[2]], expected);
    (await results[1]).dispose();
    // Less where the collector freed others' images.
    t.true(gpu.stats()!.liveBytes <= liveBytes - there.byteLength);
    await t.throwsAsync(filters.thresholdOtsu.async(there), {
      instanceOf: GpuError,
      code: "ERR_GPU_DISPOSED",
      message: /^filters\.thresholdOtsu: /,
    });
  });

  test.serial("errors are those of plain calls", async (t) => {
    const nan = GpuImage.from(new Image(Float32Array.of(0, Number.NaN), { width: 2, height: 1 }));
    await t.throwsAsync(filters.thresholdOtsu.async(nan), {
      instanceOf: ImageError,
      code: "ERR_IMAGE_VALUE",
      message: /^filters\.thresholdOtsu: image holds NaN/,
    });
    const there = GpuImage.from(floats(1024));
    const lost = measure.moments.async(filters.gaussian(there, { sigma: 20 }));
    addon.gpuDestroyDevice();
    const error = await t.throwsAsync<GpuError>(lost, { instanceOf: GpuError, code: "ERR_GPU_DEVICE_LOST" });
    t.is(error?.operation, "measure.moments");
    t.true(Number.isFinite(await filters.thresholdMean.async(GpuImage.from(floats(8)))));
  });
}

/** The operations that wait on some image of the suite. */
const WAITING: readonly string[] = [
  "color.label2rgb",
  "exposure.adjustGamma",
  "exposure.adjustLog",
  "exposure.adjustSigmoid",
  "exposure.equalizeAdapthist",
  "exposure.equalizeHist",
  "exposure.histogram",
  "exposure.matchHistograms",
  "exposure.rescaleIntensity",
  "feature.cornerPeaks",
  "feature.peakLocalMax",
  "filters.median",
  "filters.thresholdIsodata",
  "filters.thresholdLi",
  "filters.thresholdMean",
  "filters.thresholdMinimum",
  "filters.thresholdMultiotsu",
  "filters.thresholdOtsu",
  "filters.thresholdTriangle",
  "filters.thresholdYen",
  "measure.blockReduce",
  "measure.eulerNumber",
  "measure.label",
  "measure.moments",
  "measure.momentsCentral",
  "measure.momentsHu",
  "measure.perimeter",
  "measure.profileLine",
  "measure.regionpropsTable",
  "measure.shannonEntropy",
  "metrics.meanSquaredError",
  "metrics.normalizedRootMse",
  "metrics.peakSignalNoiseRatio",
  "metrics.structuralSimilarity",
  "morphology.convexHullImage",
  "segmentation.relabelSequential",
  "segmentation.watershed",
  "transform.integralImage",
  "util.imgAsUbyte",
  "util.imgAsUint",
  "util.randomNoise",
];
