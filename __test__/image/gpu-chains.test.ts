// Chains that go on where thresholds and masks are images on the GPU.
import test from "ava";
import { trace } from "../../src/index.ts";
import {
  exposure,
  filters,
  GpuImage,
  Image,
  measure,
  metrics,
  segmentation,
  transform,
  util,
} from "../../src/image/index.ts";
import { samples, seeded } from "../../src/image/suite/generated/images.ts";
import { gpuAvailable } from "./gpu-available.ts";

const image = samples(seeded(1), "uint8", [41, 67], 1);
const onGpu = { code: "ERR_IMAGE_OPTION", message: /option mask is .*; expected an Image or null$/ };

if (gpuAvailable()) {
  test("local thresholds, the mask that they give, and edges within that", (t) => {
    const chain = <I extends Image | GpuImage>(start: I): Image | GpuImage => {
      const thresholds = filters.thresholdLocal(start as GpuImage, { blockSize: 5, method: "median", offset: 120.5 });
      const mask = util.greater(start as GpuImage, thresholds);
      return filters.sobel(util.invert(start as GpuImage), { mask });
    };
    const expected = chain(image);
    const { result, calls } = trace(() => chain(GpuImage.from(image)));
    t.deepEqual(
      calls.map((call) => [call.function, call.backend]),
      [
        ["filters.thresholdLocal", "wgpu"],
        ["util.greater", "wgpu"],
        ["util.invert", "wgpu"],
        ["filters.sobel", "wgpu"],
      ],
    );
    const found = (result as GpuImage).toImageSync();
    t.true(found.data.some((edge) => edge > 0));
    t.true(found.data.every((edge, i) => Math.abs(edge - (expected as Image).data[i]!) < 1e-5));
  });

  test("thresholds and masks may lie on either side of an image on the GPU", (t) => {
    const [there, thresholds] = [GpuImage.from(image), filters.thresholdSauvola(image)];
    const expected = util.greater(image, thresholds);
    for (const limits of [thresholds, GpuImage.from(thresholds)]) {
      const mask = util.greater(there, limits);
      t.true(mask instanceof GpuImage);
      t.deepEqual(mask.toImageSync(), expected);
    }
    for (const backend of ["native", "wgpu"]) t.deepEqual(util.greater(image, thresholds, { backend }), expected);
    const within = filters.laplace(image, { mask: expected });
    for (const mask of [expected, GpuImage.from(expected)]) {
      const edges = filters.laplace(there, { mask }).toImageSync();
      t.true(edges.data.every((edge, i) => Math.abs(edge - within.data[i]!) < 1e-5));
    }
    t.throws(() => filters.laplace(image, { mask: GpuImage.from(expected) }), onGpu);
    const small = new Image(new Uint8Array(4), { width: 2, height: 2 });
    t.throws(() => filters.sobel(there, { mask: GpuImage.from(small) }), { code: "ERR_IMAGE_SHAPE" });
  });

  test("regions that touch what a mask there leaves out", (t) => {
    const labels = measure.label(util.greater(image, 200));
    const floats = new Image(
      Float32Array.from(image.data, (sample) => (sample < 8 ? -0 : -sample)),
      image,
    );
    for (const mask of [util.greater(image, 20), floats]) {
      const expected = segmentation.clearBorder(labels, { mask });
      t.true(expected.data.some((label) => label > 0));
      const there = segmentation.clearBorder(GpuImage.from(labels), { mask: GpuImage.from(mask) });
      t.deepEqual(there.toImageSync(), expected);
      t.throws(() => segmentation.clearBorder(labels, { mask: GpuImage.from(mask) }), onGpu);
    }
  });

  test("levels are made equally frequent under a mask there, and pixels outside of it get their shares", async (t) => {
    const far = new Image(
      Int32Array.from(image.data, (sample, i) => (i % 5 === 0 ? (-1) ** i * 2 ** 31 : 9 * sample) | 0),
      image,
    );
    const floats = new Image(
      Float32Array.from(image.data, (sample, i) => (i % 5 === 0 ? [NaN, Infinity, -Infinity][i % 3]! : sample / 7)),
      image,
    );
    const mask = new Image(
      Float64Array.from(image.data, (_, i) => (i % 5) * (i & 2)),
      image,
    );
    for (const [any, tolerance] of [
      [image, 0],
      [far, 0],
      [floats, 1e-5],
    ] as const) {
      const expected = exposure.equalizeHist(any, { mask });
      const there = GpuImage.from(any);
      const mask32 = GpuImage.from(new Image(Float32Array.from(mask.data), mask));
      const calls = [
        exposure.equalizeHist(any, { mask, backend: "wgpu" }),
        exposure.equalizeHist(there, { mask }).toImageSync(),
        exposure.equalizeHist(there, { mask: mask32 }).toImageSync(),
      ];
      const later = exposure.equalizeHist.async(there, { mask: mask32 });
      mask32.dispose();
      calls.push((await later).toImageSync());
      for (const { data } of calls) {
        t.true(
          data.every(
            (share, i) => Object.is(share, expected.data[i]) || Math.abs(share - expected.data[i]!) <= tolerance,
          ),
        );
      }
      t.throws(() => exposure.equalizeHist(any, { mask: there }), onGpu);
    }
    const there = GpuImage.from(far);
    const all = util.greater(there, -1e10);
    t.throws(() => exposure.equalizeHist(there, { mask: all }), { message: /levels go from -2147483648 to/ });
    const nothing = GpuImage.from(new Image(new Uint8Array(image.data.length), image));
    t.throws(() => exposure.equalizeHist(there, { mask: nothing }), {
      code: "ERR_IMAGE_VALUE",
      message: "exposure.equalizeHist: mask is 0 everywhere; expected other samples",
    });
  });

  test("hysteresis by thresholds on either side, one of them a number or not", (t) => {
    const [there, above] = [GpuImage.from(image), filters.thresholdSauvola(image)];
    const below = filters.thresholdLocal(image, { blockSize: 5, offset: 20 });
    for (const [low, high] of [
      [below, above],
      [below, 200],
      [100, above],
    ] as const) {
      const expected = filters.applyHysteresisThreshold(image, low, high);
      const [there1, there2] = [low, high].map((limit) => (limit instanceof Image ? GpuImage.from(limit) : limit));
      const mask = filters.applyHysteresisThreshold(there, there1!, there2!);
      t.deepEqual(mask.toImageSync(), expected);
      t.deepEqual(filters.applyHysteresisThreshold(there, low, there2!).toImageSync(), expected);
    }
    const other = GpuImage.from(new Image(new Uint8Array(4), { width: 2, height: 2 }));
    t.throws(() => filters.applyHysteresisThreshold(there, other, 1), { code: "ERR_IMAGE_SHAPE", message: /low has/ });
  });

  test("the similarity at each sample and its derivative stay there, beside the mean", async (t) => {
    const other = util.invert(image);
    const expected = metrics.structuralSimilarity(image, other, { full: true, gradient: true });
    const [one, two] = [GpuImage.from(image), GpuImage.from(other)];
    const calls = [
      metrics.structuralSimilarity(one, two, { full: true, gradient: true }),
      await metrics.structuralSimilarity.async(one, two, { full: true, gradient: true }),
    ];
    const steepest = Math.max(...expected.grad.data.map(Math.abs));
    for (const { mssim, S, grad } of calls) {
      t.true(Math.abs(mssim - expected.mssim) < 1e-5);
      t.true(S instanceof GpuImage && grad instanceof GpuImage);
      const [similarities, slopes] = [S.toImageSync().data, grad.toImageSync().data];
      t.true(similarities.every((similarity, i) => Math.abs(similarity - expected.S.data[i]!) < 1e-4));
      t.true(slopes.every((slope, i) => Math.abs(slope - expected.grad.data[i]!) < 1e-4 * steepest));
    }
    t.deepEqual(Object.keys(metrics.structuralSimilarity(one, two, { full: true })), ["mssim", "S"]);
    t.deepEqual(Object.keys(metrics.structuralSimilarity(one, two, { gradient: true })), ["mssim", "grad"]);
  });

  test("places that were made there are not brought back for a warp", (t) => {
    // Shifts of a few corners, with what is between them.
    const corners = new Image(Float32Array.of(0, 0, 3, 60.5, 39, 5, 30, NaN), { width: 2, height: 2, channels: 2 });
    for (const order of [0, 1, 3] as const) {
      const chain = <I extends Image | GpuImage>(start: I, coarse: I): Image | GpuImage => {
        const places = transform.resize(coarse as GpuImage, [29, 31], { mode: "edge" });
        return transform.warp(start as GpuImage, places, { order, mode: "symmetric" });
      };
      const { result, calls } = trace(() => chain(GpuImage.from(image), GpuImage.from(corners)));
      t.deepEqual([...new Set(calls.map((call) => call.backend))], ["wgpu"]);
      const [found, expected] = [(result as GpuImage).toImageSync(), chain(image, corners) as Image];
      t.deepEqual([found.height, found.width, found.dtype], [29, 31, order === 0 ? "uint8" : "float32"]);
      const largest = order === 0 ? 255 : 1;
      t.true(expected.data.filter((value, i) => Math.abs(value - found.data[i]!) > 1e-3 * largest).length < 5);
    }
    const [there, places] = [GpuImage.from(image), GpuImage.from(corners)];
    const apart = {
      code: "ERR_IMAGE_OPTION",
      message: /inverseMap is .*GpuImage; expected an Image: places lie in main/,
    };
    t.throws(() => transform.warp(image, places), apart);
    t.throws(() => transform.warp(image, places, { backend: "native" }), apart);
    t.throws(() => transform.warp(there, places, { outputShape: [3, 3] }), {
      code: "ERR_IMAGE_SHAPE",
      message: /inverseMap is an image of 2 × 2 × 2; expected 3 × 3 × 2/,
    });
    t.throws(() => transform.warp(there, there), { code: "ERR_IMAGE_SHAPE" });
  });

  test("functions of one's own do not run there", (t) => {
    const mean = (window: Float64Array): number => window[0]!;
    t.throws(() => filters.thresholdLocal(GpuImage.from(image), { method: "generic", param: mean }), {
      message: /method "generic": functions do not run on the GPU/,
    });
  });
}
