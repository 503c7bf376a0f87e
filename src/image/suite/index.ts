/** The library's own suite, for `throughBackend` and `tagswitch verify`: each backend beside the reference. */
import { type BackendSystem, getImplementation } from "../../index.ts";
import {
  color,
  exposure,
  feature,
  filters,
  gpu,
  measure,
  metrics,
  morphology,
  segmentation,
  system,
  transform,
  util,
} from "../index.ts";
import { comparable } from "./comparable.ts";
import { copyOfArgument, imagesOf, sizesOf } from "./copy.ts";
import { difference, imageScale, toleranceOf } from "./difference.ts";
import { type GeneratedCase, generatedCases } from "./generated/index.ts";

/** Any operation, with its arguments unchecked. */
type Operation = (...args: never[]) => unknown;

/** What a case is told: the part of `CaseContext` of `tagswitch/testing` that these use. */
interface Told {
  readonly settings: { readonly tolerance: number };
  readonly call: (fn: Operation, ...args: never[]) => Promise<unknown>;
}

/** A `TestSuite` of `tagswitch/testing`. */
export interface ImageSuite {
  readonly system: BackendSystem;
  readonly settings: {
    /** Largest error of float results, relative to the largest magnitude in image and result. */
    readonly tolerance: number;
  };
  readonly cases: readonly {
    readonly function: string;
    readonly name: string;
    readonly run: (told: Told) => Promise<void>;
  }[];
}

/** Every operation of the library by its name. */
export const functions: Readonly<Record<string, Operation>> = {
  "color.gray2rgb": color.gray2rgb,
  "color.hsv2rgb": color.hsv2rgb,
  "color.lab2rgb": color.lab2rgb,
  "color.label2rgb": color.label2rgb,
  "color.rgb2gray": color.rgb2gray,
  "color.rgb2hsv": color.rgb2hsv,
  "color.rgb2lab": color.rgb2lab,
  "color.rgb2xyz": color.rgb2xyz,
  "color.rgba2rgb": color.rgba2rgb,
  "color.xyz2rgb": color.xyz2rgb,
  "exposure.adjustGamma": exposure.adjustGamma,
  "exposure.adjustLog": exposure.adjustLog,
  "exposure.adjustSigmoid": exposure.adjustSigmoid,
  "exposure.equalizeAdapthist": exposure.equalizeAdapthist,
  "exposure.equalizeHist": exposure.equalizeHist,
  "exposure.histogram": exposure.histogram,
  "exposure.matchHistograms": exposure.matchHistograms,
  "exposure.rescaleIntensity": exposure.rescaleIntensity,
  "feature.canny": feature.canny,
  "feature.cornerHarris": feature.cornerHarris,
  "feature.cornerPeaks": feature.cornerPeaks,
  "feature.cornerShiTomasi": feature.cornerShiTomasi,
  "feature.hessianMatrix": feature.hessianMatrix,
  "feature.hessianMatrixEigvals": feature.hessianMatrixEigvals,
  "feature.peakLocalMax": feature.peakLocalMax,
  "feature.structureTensor": feature.structureTensor,
  "feature.structureTensorEigenvalues": feature.structureTensorEigenvalues,
  "filters.applyHysteresisThreshold": filters.applyHysteresisThreshold,
  "filters.differenceOfGaussians": filters.differenceOfGaussians,
  "filters.farid": filters.farid,
  "filters.frangi": filters.frangi,
  "filters.gabor": filters.gabor,
  "filters.gaussian": filters.gaussian,
  "filters.laplace": filters.laplace,
  "filters.median": filters.median,
  "filters.prewitt": filters.prewitt,
  "filters.scharr": filters.scharr,
  "filters.sobel": filters.sobel,
  "filters.thresholdIsodata": filters.thresholdIsodata,
  "filters.thresholdLi": filters.thresholdLi,
  "filters.thresholdLocal": filters.thresholdLocal,
  "filters.thresholdMean": filters.thresholdMean,
  "filters.thresholdMinimum": filters.thresholdMinimum,
  "filters.thresholdMultiotsu": filters.thresholdMultiotsu,
  "filters.thresholdNiblack": filters.thresholdNiblack,
  "filters.thresholdOtsu": filters.thresholdOtsu,
  "filters.thresholdSauvola": filters.thresholdSauvola,
  "filters.thresholdTriangle": filters.thresholdTriangle,
  "filters.thresholdYen": filters.thresholdYen,
  "filters.unsharpMask": filters.unsharpMask,
  "measure.blockReduce": measure.blockReduce,
  "measure.eulerNumber": measure.eulerNumber,
  "measure.label": measure.label,
  "measure.moments": measure.moments,
  "measure.momentsCentral": measure.momentsCentral,
  "measure.momentsHu": measure.momentsHu,
  "measure.perimeter": measure.perimeter,
  "measure.profileLine": measure.profileLine,
  "measure.regionprops": measure.regionprops,
  "measure.regionpropsTable": measure.regionpropsTable,
  "measure.shannonEntropy": measure.shannonEntropy,
  "metrics.meanSquaredError": metrics.meanSquaredError,
  "metrics.normalizedRootMse": metrics.normalizedRootMse,
  "metrics.peakSignalNoiseRatio": metrics.peakSignalNoiseRatio,
  "metrics.structuralSimilarity": metrics.structuralSimilarity,
  "morphology.blackTophat": morphology.blackTophat,
  "morphology.closing": morphology.closing,
  "morphology.convexHullImage": morphology.convexHullImage,
  "morphology.dilation": morphology.dilation,
  "morphology.distanceTransformEdt": morphology.distanceTransformEdt,
  "morphology.erosion": morphology.erosion,
  "morphology.opening": morphology.opening,
  "morphology.removeSmallHoles": morphology.removeSmallHoles,
  "morphology.removeSmallObjects": morphology.removeSmallObjects,
  "morphology.whiteTophat": morphology.whiteTophat,
  "segmentation.clearBorder": segmentation.clearBorder,
  "segmentation.expandLabels": segmentation.expandLabels,
  "segmentation.findBoundaries": segmentation.findBoundaries,
  "segmentation.markBoundaries": segmentation.markBoundaries,
  "segmentation.relabelSequential": segmentation.relabelSequential,
  "segmentation.watershed": segmentation.watershed,
  "transform.downscaleLocalMean": transform.downscaleLocalMean,
  "transform.integralImage": transform.integralImage,
  "transform.integrate": transform.integrate,
  "transform.pyramidExpand": transform.pyramidExpand,
  "transform.pyramidReduce": transform.pyramidReduce,
  "transform.rescale": transform.rescale,
  "transform.resize": transform.resize,
  "transform.rotate": transform.rotate,
  "transform.warp": transform.warp,
  "transform.warpPolar": transform.warpPolar,
  "util.greater": util.greater,
  "util.imgAsFloat": util.imgAsFloat,
  "util.imgAsUbyte": util.imgAsUbyte,
  "util.imgAsUint": util.imgAsUint,
  "util.invert": util.invert,
  "util.randomNoise": util.randomNoise,
};

/**
 * Every operation × options × dtypes, on seeded images: noise and constants, one to four channels where the operation
 * takes them, small and odd sizes. Integers and numbers must be the reference's, floats within the tolerance.
 */
const suite: ImageSuite = {
  system,
  settings: { tolerance: 1e-5 },
  cases: generatedCases.map((generated) => ({
    function: generated.operation,
    name: generated.name,
    run: (told) => compare(generated, told),
  })),
};

export default suite;

/** What the reference answered in the case that ran last: cases run twice, once in each form of a call. */
let latest: { readonly generated: GeneratedCase | null; readonly answers: unknown[] } = {
  generated: null,
  answers: [],
};

/** Throws where a result is not the reference's, or an input was changed. */
async function compare(generated: GeneratedCase, { settings, call }: Told): Promise<void> {
  const { operation, inputs: lists, options } = generated;
  const fn = functions[operation]!;
  // What is asked is whether a backend is right, not whether it pays: these images are too small for that.
  gpu.setChoice("always");
  const reference = getImplementation(fn, "default") as (...args: unknown[]) => unknown;
  if (latest.generated !== generated) latest = { generated, answers: [] };
  const { answers } = latest;
  for (const [at, inputs] of [...lists()].entries()) {
    const before = inputs.map(copyOfArgument);
    const answer = (answers[at] ??= reference(...before, options));
    const expected = comparable(answer);
    const actual = await call(fn, ...([...inputs, options] as never[]));
    const sizes = sizesOf(inputs);
    const problem = difference(
      actual,
      expected,
      toleranceOf(operation, answer, settings.tolerance),
      imageScale(operation, inputs, options, expected),
    );
    if (problem !== null) throw new Error(`${sizes}: ${problem}`);
    const copies = imagesOf(before);
    for (const [i, image] of imagesOf(inputs).entries()) {
      const change = difference(image, copies[i]!, 0, 1);
      if (change !== null) throw new Error(`${sizes}: it changed its image ${i}: ${change}`);
    }
  }
}
