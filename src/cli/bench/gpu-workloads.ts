import type { GpuWorkload } from "../../bench/index.ts";
import type * as Library from "../../image/index.ts";

/** Makes a run of what gives results, whose images live until their kernels are timed. */
export type Making = (run: () => unknown) => () => void;

/** Every operation that the GPU has, on images of this side: one row for each set of kernels that it may choose. */
export function workloadsOf(library: typeof Library, side: number, making: Making): GpuWorkload[] {
  const { color, exposure, feature, filters, GpuImage, Image, measure, metrics } = library;
  const { morphology, segmentation, transform, util } = library;
  const size = { width: side, height: side };
  const there = (data: Uint8Array | Uint16Array | Float32Array, channels = 1): Library.GpuImage =>
    GpuImage.from(new Image(data, { ...size, channels }));
  const height = surface(side);
  const floats = there(height);
  const others = there(height.map((value) => value * value));
  const bytes = there(Uint8Array.from(height, (value) => 255 * value));
  // Some thresholds want two hills in the histogram.
  const twofold = there(Uint8Array.from(height, (value) => 100 * value + (value > 0.5 ? 128 : 0)));
  const words = there(Uint16Array.from(height, (value) => 65_535 * value));
  const interleaved = (channels: number): Library.GpuImage =>
    there(
      Uint8Array.from({ length: channels * side * side }, (_, i) => 255 * height[Math.floor(i / channels)]!),
      channels,
    );
  const [rgb, rgba] = [interleaved(3), interleaved(4)];
  const mask = there(Uint8Array.from(height, (value) => (value > 0.5 ? 1 : 0)));
  const labels = measure.label(mask);
  const hessian = feature.hessianMatrix(floats);
  const tensor = feature.structureTensor(floats);
  const half = side >> 1;

  const of = (input: string, operations: Readonly<Record<string, () => unknown>>): GpuWorkload[] =>
    Object.entries(operations).map(([operation, run]) => ({ operation, input, side, run: making(run) }));
  return [
    ...of("3 × uint8", {
      "color.hsv2rgb": () => color.hsv2rgb(rgb),
      "color.lab2rgb": () => color.lab2rgb(rgb),
      "color.rgb2gray": () => color.rgb2gray(rgb),
      "color.rgb2hsv": () => color.rgb2hsv(rgb),
      "color.rgb2lab": () => color.rgb2lab(rgb),
      "color.rgb2xyz": () => color.rgb2xyz(rgb),
      "color.xyz2rgb": () => color.xyz2rgb(rgb),
      "exposure.equalizeAdapthist": () => exposure.equalizeAdapthist(rgb),
    }),
    ...of("4 × uint8", { "color.rgba2rgb": () => color.rgba2rgb(rgba) }),
    ...of("int32 from label, 3 × uint8", { "color.label2rgb": () => color.label2rgb(labels, rgb) }),
    ...of("uint8", {
      "color.gray2rgb": () => color.gray2rgb(bytes),
      "color.label2rgb": () => color.label2rgb(bytes),
      "exposure.adjustGamma": () => exposure.adjustGamma(bytes, { gamma: 2 }),
      "exposure.equalizeAdapthist": () => exposure.equalizeAdapthist(bytes),
      "exposure.equalizeHist": () => exposure.equalizeHist(bytes),
      "exposure.histogram": () => exposure.histogram(bytes),
    }),
    ...of("uint8, to uint16", { "exposure.matchHistograms": () => exposure.matchHistograms(bytes, words) }),
    ...of("float32", {
      "exposure.adjustGamma": () => exposure.adjustGamma(floats, { gamma: 2 }),
      "exposure.adjustLog": () => exposure.adjustLog(floats),
      "exposure.adjustSigmoid": () => exposure.adjustSigmoid(floats),
      "exposure.equalizeHist": () => exposure.equalizeHist(floats),
      "exposure.rescaleIntensity": () => exposure.rescaleIntensity(floats),
      "feature.canny": () => feature.canny(floats),
      "feature.cornerHarris": () => feature.cornerHarris(floats),
      "feature.cornerPeaks": () => feature.cornerPeaks(floats),
      "feature.cornerShiTomasi": () => feature.cornerShiTomasi(floats),
      "feature.hessianMatrix": () => feature.hessianMatrix(floats),
      "feature.hessianMatrixEigvals": () => feature.hessianMatrixEigvals(hessian),
      "feature.peakLocalMax": () => feature.peakLocalMax(floats),
      "feature.structureTensor": () => feature.structureTensor(floats),
      "feature.structureTensorEigenvalues": () => feature.structureTensorEigenvalues(tensor),
      "filters.applyHysteresisThreshold": () => filters.applyHysteresisThreshold(floats, 0.4, 0.6),
      "filters.differenceOfGaussians": () => filters.differenceOfGaussians(floats, 1),
      "filters.farid": () => filters.farid(floats),
      "filters.laplace": () => filters.laplace(floats),
      "filters.prewitt": () => filters.prewitt(floats),
      "filters.scharr": () => filters.scharr(floats),
      "filters.sobel": () => filters.sobel(floats),
      "filters.thresholdMean": () => filters.thresholdMean(floats),
      "filters.thresholdNiblack": () => filters.thresholdNiblack(floats),
      "filters.thresholdOtsu": () => filters.thresholdOtsu(floats),
      "filters.thresholdSauvola": () => filters.thresholdSauvola(floats),
      "filters.unsharpMask": () => filters.unsharpMask(floats),
    }),
    ...of("float32, sigma 1", { "filters.gaussian": () => filters.gaussian(floats, { sigma: 1 }) }),
    ...of("float32, 11 × 11", { "filters.thresholdLocal": () => filters.thresholdLocal(floats, { blockSize: 11 }) }),
    // So narrow a scale takes software adapters a second; the bytes are those of any.
    ...of("float32, sigmas [0.1]", { "filters.frangi": () => filters.frangi(floats, { sigmas: [0.1] }) }),
    ...of("float32, frequency 0.3", { "filters.gabor": () => filters.gabor(floats, 0.3) }),
    ...of("uint8", {
      "filters.median": () => filters.median(bytes),
      "filters.thresholdIsodata": () => filters.thresholdIsodata(twofold),
      "filters.thresholdLi": () => filters.thresholdLi(twofold),
      "filters.thresholdMinimum": () => filters.thresholdMinimum(twofold),
      "filters.thresholdMultiotsu": () => filters.thresholdMultiotsu(twofold),
      "filters.thresholdMean": () => filters.thresholdMean(bytes),
      "filters.thresholdOtsu": () => filters.thresholdOtsu(bytes),
      "filters.thresholdTriangle": () => filters.thresholdTriangle(twofold),
      "filters.thresholdYen": () => filters.thresholdYen(twofold),
      "measure.shannonEntropy": () => measure.shannonEntropy(bytes),
    }),
    ...of("uint16", { "filters.thresholdOtsu": () => filters.thresholdOtsu(words) }),
    ...of("uint8, 0 and 1", {
      "measure.eulerNumber": () => measure.eulerNumber(mask),
      "measure.label": () => measure.label(mask),
      "measure.perimeter": () => measure.perimeter(mask),
      "morphology.convexHullImage": () => morphology.convexHullImage(mask),
      "morphology.distanceTransformEdt": () => morphology.distanceTransformEdt(mask),
      "morphology.removeSmallHoles": () => morphology.removeSmallHoles(mask),
      "morphology.removeSmallObjects": () => morphology.removeSmallObjects(mask),
    }),
    ...of("float32, greatest of 2 × 2", {
      "measure.blockReduce": () => measure.blockReduce(floats, { func: "max" }),
    }),
    ...of("float32", {
      "measure.moments": () => measure.moments(floats),
      "measure.momentsCentral": () => measure.momentsCentral(floats),
      "measure.momentsHu": () => measure.momentsHu(floats),
      "measure.profileLine": () => measure.profileLine(floats, [0, 0], [side - 1, side - 1]),
    }),
    ...of("uint8, sums of 2 × 2", { "measure.blockReduce": () => measure.blockReduce(bytes) }),
    ...of("uint8, medians of 2 × 2", { "measure.blockReduce": () => measure.blockReduce(bytes, { func: "median" }) }),
    ...of("two of float32", {
      "metrics.meanSquaredError": () => metrics.meanSquaredError(floats, others),
      "metrics.normalizedRootMse": () => metrics.normalizedRootMse(floats, others),
      "metrics.peakSignalNoiseRatio": () => metrics.peakSignalNoiseRatio(floats, others, { dataRange: 1 }),
      "metrics.structuralSimilarity": () => metrics.structuralSimilarity(floats, others, { dataRange: 1 }),
    }),
    ...of("uint8, cross of 3 × 3", {
      "morphology.blackTophat": () => morphology.blackTophat(bytes),
      "morphology.closing": () => morphology.closing(bytes),
      "morphology.dilation": () => morphology.dilation(bytes),
      "morphology.erosion": () => morphology.erosion(bytes),
      "morphology.opening": () => morphology.opening(bytes),
      "morphology.whiteTophat": () => morphology.whiteTophat(bytes),
    }),
    ...of("int32 from label", {
      "measure.regionpropsTable": () => measure.regionpropsTable(labels, null, { properties: ["area", "centroid"] }),
      "segmentation.clearBorder": () => segmentation.clearBorder(labels),
      "segmentation.expandLabels": () => segmentation.expandLabels(labels, { distance: 4 }),
      "segmentation.findBoundaries": () => segmentation.findBoundaries(labels),
      "segmentation.relabelSequential": () => segmentation.relabelSequential(labels),
    }),
    ...of("float32, a seed every 4 pixels", {
      "segmentation.watershed": () => segmentation.watershed(floats, (side / 4) ** 2),
    }),
    ...of("3 × uint8, int32 from label", {
      "segmentation.markBoundaries": () => segmentation.markBoundaries(rgb, labels),
    }),
    ...of("uint8", { "transform.integralImage": () => transform.integralImage(bytes) }),
    ...of("float32, to half the side", {
      "transform.downscaleLocalMean": () => transform.downscaleLocalMean(floats, 2),
      "transform.pyramidReduce": () => transform.pyramidReduce(floats),
      "transform.rescale": () => transform.rescale(floats, 0.5),
      "transform.resize": () => transform.resize(floats, [half, half]),
    }),
    ...of("float32, to twice the side", { "transform.pyramidExpand": () => transform.pyramidExpand(floats) }),
    ...of("float32", {
      "transform.rotate": () => transform.rotate(floats, 30),
      "transform.warp": () => transform.warp(floats, SHEAR),
      "transform.warpPolar": () => transform.warpPolar(floats),
      "util.greater": () => util.greater(floats, 0.5),
      "util.imgAsUbyte": () => util.imgAsUbyte(floats),
      "util.invert": () => util.invert(floats),
      "util.randomNoise": () => util.randomNoise(floats, { rng: 1 }),
    }),
    ...of("uint8", {
      "util.imgAsFloat": () => util.imgAsFloat(bytes),
      "util.imgAsUint": () => util.imgAsUint(bytes),
    }),
  ];
}

const SHEAR: [[number, number, number], [number, number, number], [number, number, number]] = [
  [1, 0.1, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Hills and valleys from 0 to 1, some tens of pixels wide, the same on every machine. */
export function surface(side: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return 0.5 + 0.25 * (Math.sin(x / 9) + Math.sin(y / 7 + x / 31));
  });
}
