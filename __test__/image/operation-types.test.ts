// What an operation returns lies where its first image does, to TypeScript as at run time.
import test from "ava";
import { explain } from "../../src/index.ts";
import {
  color,
  feature,
  filters,
  type GpuImage,
  Image,
  measure,
  metrics,
  segmentation,
  transform,
  util,
} from "../../src/image/index.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const expectType = <_T extends true>(): void => {};

const image: Image = new Image(new Float32Array(12), { width: 4, height: 3 });

test("an Image gives an Image, with the samples that the operation makes", (t) => {
  const blurred = filters.gaussian(image, { sigma: [1, 2] });
  expectType<Equal<typeof blurred, Image>>();
  const labels = measure.label(image);
  expectType<Equal<typeof labels, Image<Int32Array>>>();
  const mask = util.greater(image, 0.5);
  expectType<Equal<typeof mask, Image<Uint8Array>>>();
  const threshold = filters.thresholdOtsu(image);
  expectType<Equal<typeof threshold, number>>();
  const colored = color.label2rgb(labels, null, { colors: ["red"] });
  expectType<Equal<typeof colored, Image>>();
  t.true([blurred, labels, mask, colored].every((result) => result instanceof Image));
});

test("a GpuImage gives a GpuImage", (t) => {
  // Never called: types are checked without a GPU.
  const check = (gpu: GpuImage, either: Image | GpuImage): void => {
    const blurred = filters.gaussian(gpu, { sigma: 2 });
    expectType<Equal<typeof blurred, GpuImage>>();
    const labels = measure.label(util.greater(filters.sobel(blurred), filters.thresholdOtsu(blurred)));
    expectType<Equal<typeof labels, GpuImage>>();
    const overlay = color.label2rgb(labels, gpu);
    expectType<Equal<typeof overlay, GpuImage>>();
    const thresholds = filters.thresholdMultiotsu(gpu, { classes: 4 });
    expectType<Equal<typeof thresholds, number[]>>();
    const difference = metrics.meanSquaredError(gpu, image);
    expectType<Equal<typeof difference, number>>();
    const mask = util.greater(gpu, filters.thresholdLocal(gpu));
    expectType<Equal<typeof mask, GpuImage>>();
    const connected = filters.applyHysteresisThreshold(gpu, 0.1, filters.thresholdLocal(gpu));
    expectType<Equal<typeof connected, GpuImage>>();
    const within = filters.sobel(gpu, { mask });
    expectType<Equal<typeof within, GpuImage>>();
    const sums = transform.integralImage(gpu);
    expectType<Equal<typeof sums, Image<Float64Array>>>();
    const blocks = measure.blockReduce(gpu);
    expectType<Equal<typeof blocks, Image<Float64Array>>>();
    const means = measure.blockReduce(gpu, { func: "mean" });
    expectType<Equal<typeof means, GpuImage>>();
    const profile = measure.profileLine(gpu, [0, 0], [2, 3]);
    expectType<Equal<typeof profile, GpuImage>>();
    const whole = measure.profileLine(gpu, [0, 0], [2, 3], { reduceFunc: "sum" });
    expectType<Equal<typeof whole, Image<Float64Array>>>();
    const unknown = filters.gaussian(either);
    expectType<Equal<typeof unknown, Image | GpuImage>>();
    explain(filters.gaussian, gpu, { mode: "wrap" });
  };
  t.is(typeof check, "function");
});

test("lists of images lie where the first image does, and so do those made of lists", (t) => {
  const elements = feature.structureTensor(image);
  expectType<Equal<typeof elements, feature.MatrixElements>>();
  const eigenvalues = feature.structureTensorEigenvalues(elements);
  expectType<Equal<typeof eigenvalues, feature.Eigenvalues>>();
  const peaks = feature.cornerPeaks(eigenvalues[1]);
  expectType<Equal<typeof peaks, feature.Peak[]>>();
  const mask = feature.cornerPeaks(eigenvalues[1], { indices: false });
  expectType<Equal<typeof mask, Image<Uint8Array>>>();
  t.true([...elements, ...eigenvalues, mask].every((result) => result instanceof Image));
  const check = (gpu: GpuImage): void => {
    const [rr, rc, cc] = feature.hessianMatrix(gpu);
    expectType<Equal<typeof rc, GpuImage>>();
    const [larger] = feature.hessianMatrixEigvals([rr, rc, cc]);
    expectType<Equal<typeof larger, GpuImage>>();
    const places = feature.cornerPeaks(larger);
    expectType<Equal<typeof places, feature.Peak[]>>();
    const marked = feature.cornerPeaks(larger, { indices: false });
    expectType<Equal<typeof marked, GpuImage>>();
  };
  t.is(typeof check, "function");
});

test("so do those in plain objects", (t) => {
  const answer = filters.gabor(image, 0.2);
  expectType<Equal<(typeof answer)["imag"], Image>>();
  const { relabeled, inValues } = segmentation.relabelSequential(
    new Image(Uint8Array.of(0, 7), { width: 2, height: 1 }),
  );
  expectType<Equal<typeof relabeled, Image<Int32Array>>>();
  t.deepEqual([...relabeled.data, ...inValues], [0, 1, 0, 7]);
  const check = (gpu: GpuImage): void => {
    const { real } = filters.gabor(gpu, 0.2);
    expectType<Equal<typeof real, GpuImage>>();
    const relabelled = segmentation.relabelSequential(gpu);
    expectType<Equal<(typeof relabelled)["relabeled"], GpuImage>>();
    expectType<Equal<(typeof relabelled)["outValues"], Int32Array>>();
  };
  t.is(typeof check, "function");
});

test("nothing else is an image, and options are checked", (t) => {
  const code = "ERR_IMAGE_OPTION";
  // @ts-expect-error -- no such option
  t.throws(() => filters.gaussian(image, { sgima: 1 }), { code });
  // @ts-expect-error -- no such mode
  t.throws(() => filters.gaussian(image, { mode: "mirrored" }), { code });
  // @ts-expect-error -- a typed array is no image
  t.throws(() => filters.gaussian(image.data), { code: "ERR_DISPATCH_NO_IMPLEMENTATION" });
});
