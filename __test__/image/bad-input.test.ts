import test from "ava";
import { color, filters, Image, ImageError } from "../../src/image/index.ts";
import { OPERATIONS } from "./conformance.ts";
import { refusals } from "./refused/index.ts";
import { floats, gray, hollow, IDENTITY, labels, rgb, rgba, sparse, square, wrong } from "./refused/inputs.ts";

for (const [title, call, code, message] of refusals) {
  test(`refused: ${title}`, (t) => {
    const error = t.throws(call, { instanceOf: ImageError });
    t.is(error?.code, code);
    t.regex(error?.message ?? "", message);
  });
}

test("no nonsense among the options crashes an operation", (t) => {
  // oxfmt-ignore
  const nonsense: unknown[] = [
    undefined, null, Number.NaN, -1, 1.5, -0, Infinity, 2 ** 53, "", "x".repeat(1000), true, 10n, Symbol("s"), () => {},
    [], [[]], sparse(3), [null, null, null], ["red"], [1, 2], [1, 2, 3], {}, { length: 2 }, new Date(), new Float64Array(2),
    Object.create(null), gray(),
  ];
  const names =
    "sigma mode cval preserveRange truncate channelAxis axis nbins background connectivity kind colors alpha bgLabel bgColor imageAlpha saturation signedFloat gamma gain inv cutoff inRange outRange illuminant observer rng clip mean var amount saltVsPepper footprint highSigma radius maxSize minSize areaThreshold order center properties separator bufferSize bgval mask distance spacing color outlineColor backgroundLabel offset compactness watershedLine outputShape resize antiAliasing antiAliasingSigma downscale upscale tolerance initialGuess classes maxNumIter normalization dataRange winSize gaussianWeights useSampleCovariance K1 K2 blockSize method param windowSize k r lowThreshold highThreshold useQuantiles sourceRange normalize kernelSize clipLimit func base linewidth reduceFunc neighborhood scaling theta bandwidth sigmaX sigmaY nStds useGaussianDerivatives eps minDistance thresholdAbs thresholdRel excludeBorder numPeaks labels numPeaksPerLabel pNorm indices sigmas beta blackRidges alpha hist returnAll iterCallback full gradient localVars out";
  const first: Readonly<Record<string, readonly unknown[]>> = {
    "color.rgb2gray": [rgb()],
    "color.hsv2rgb": [rgb()],
    "color.lab2rgb": [rgb()],
    "color.label2rgb": [labels(), rgb()],
    "color.rgb2hsv": [rgb()],
    "color.rgb2lab": [rgb()],
    "color.rgb2xyz": [rgb()],
    "color.rgba2rgb": [rgba()],
    "color.xyz2rgb": [rgb()],
    "exposure.matchHistograms": [gray(), gray()],
    "feature.hessianMatrixEigvals": [[square(), square(), square()]],
    "feature.structureTensorEigenvalues": [[square(), square(), square()]],
    "filters.applyHysteresisThreshold": [gray(), 3, 5],
    "filters.differenceOfGaussians": [gray(), 1],
    "filters.gabor": [gray(), 0.3],
    "measure.profileLine": [gray(), [0, 0], [2, 3]],
    "measure.regionprops": [labels(), gray()],
    "measure.regionpropsTable": [labels(), gray()],
    "segmentation.markBoundaries": [gray(), labels()],
    "segmentation.watershed": [gray(), labels()],
    "transform.downscaleLocalMean": [gray(), 2],
    "transform.rescale": [gray(), 2],
    "transform.resize": [gray(), [2, 2]],
    "transform.rotate": [gray(), 3],
    "transform.warp": [gray(), IDENTITY],
    "metrics.meanSquaredError": [gray(), gray()],
    "metrics.normalizedRootMse": [gray(), gray()],
    "metrics.peakSignalNoiseRatio": [gray(), gray()],
    "metrics.structuralSimilarity": [square(), square()],
    "transform.integrate": [gray(), [0, 0], [1, 1]],
    "util.greater": [gray(), 3],
  };
  for (const [operation, run] of Object.entries(OPERATIONS)) {
    const inputs = first[operation] ?? [gray()];
    const named = nonsense.flatMap((value) => names.split(" ").map((name) => ({ [name]: value })));
    for (const options of [...nonsense, ...named]) {
      try {
        run(...inputs, options);
      } catch (error) {
        if (!(error instanceof ImageError) || error.message.length > 400) t.fail(`${operation}: ${String(error)}`);
      }
    }
  }
  t.pass();
});

test("the options of a backend pass the reference by", (t) => {
  const image = gray();
  t.deepEqual(
    filters.sobel(image, wrong({ axis: undefined, backend: "default", wgpu: { workgroup: 8 } })),
    filters.sobel(image, { backend: "default" }),
  );
});

for (const backend of ["default", "native"]) {
  test(`${backend}: a mistaken second argument of label2rgb`, (t) => {
    for (const value of [{ colors: ["red"] }, "x", "", false, 0, hollow(), gray]) {
      const call = (): unknown => color.label2rgb(labels(), wrong(value), { backend });
      t.throws(call, { instanceOf: ImageError, code: "ERR_IMAGE_DTYPE", message: /options come third$/ });
    }
    t.notThrows(() => color.label2rgb(labels(), undefined, { backend }));
  });

  test(`${backend}: sobel's largest constant stays a number`, (t) => {
    const images: [Image, number][] = [
      [new Image(new Uint8Array(4), { width: 2, height: 2 }), 3.9e15],
      [new Image(new Int32Array(4), { width: 2, height: 2 }), 4.6e8],
      [floats(0), 1e18],
      [new Image(new Float64Array(1), { width: 1, height: 1 }), 1e30],
    ];
    for (const [image, cval] of images) {
      for (const axis of [0, 1, null] as const) {
        const { data } = filters.sobel(image, { mode: "constant", cval, axis, backend });
        t.true(data.every(Number.isFinite), `${image.dtype}, axis ${axis}: ${data.join()}`);
      }
    }
  });
}
