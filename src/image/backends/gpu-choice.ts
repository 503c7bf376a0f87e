// Whether backend "wgpu" runs a call whose images lie in main memory.
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { addon } from "../../addon.ts";
import type { DispatchContext } from "../../index.ts";
import { packageRoot } from "../../package-root.ts";
import { calibrate } from "../gpu-calibration.ts";
import { cacheDirectory, readCalibration, writeCalibration } from "../gpu-calibration-file.ts";
import { predict, slowerOnGpu, type SpeedProfile } from "../gpu-cost.ts";
import { GpuError } from "../errors.ts";
import { GpuImage } from "../gpu-image.ts";
import { WORK, type WorkOptions } from "../gpu-work/index.ts";
import { Image } from "../image.ts";
import { display } from "../options.ts";
import { callGpu } from "./addon-call.ts";
import { probes } from "./gpu-probes.ts";

/**
 * What decides when `wgpu` is put first and the images lie in main memory: `"measured"`, whether upload, work and
 * read-back are expected to take less time than `native`; `"always"`, nothing.
 */
export type GpuChoice = "measured" | "always";

type Adapter = ReturnType<typeof addon.gpuAdapter>;

const CHOICES: ReadonlySet<string> = new Set<GpuChoice>(["measured", "always"]);
/** What is worked on in tiles where an image cannot be bound at once. */
const TILED: ReadonlySet<string> = new Set([
  "color.gray2rgb",
  "color.rgb2gray",
  "color.hsv2rgb",
  "color.lab2rgb",
  "color.label2rgb",
  "color.rgb2hsv",
  "color.rgb2lab",
  "color.rgb2xyz",
  "color.rgba2rgb",
  "color.xyz2rgb",
  "exposure.adjustGamma",
  "exposure.adjustLog",
  "exposure.adjustSigmoid",
  "exposure.equalizeAdapthist",
  "exposure.equalizeHist",
  "exposure.histogram",
  "exposure.matchHistograms",
  "exposure.rescaleIntensity",
  "feature.cornerHarris",
  "feature.cornerPeaks",
  "feature.cornerShiTomasi",
  "feature.hessianMatrix",
  "feature.hessianMatrixEigvals",
  "feature.peakLocalMax",
  "feature.structureTensor",
  "feature.structureTensorEigenvalues",
  "filters.differenceOfGaussians",
  "filters.farid",
  "filters.frangi",
  "filters.gabor",
  "filters.gaussian",
  "filters.laplace",
  "filters.median",
  "filters.prewitt",
  "filters.scharr",
  "filters.sobel",
  "filters.thresholdIsodata",
  "filters.thresholdLi",
  "filters.thresholdLocal",
  "filters.thresholdMean",
  "filters.thresholdMinimum",
  "filters.thresholdMultiotsu",
  "filters.thresholdNiblack",
  "filters.thresholdOtsu",
  "filters.thresholdSauvola",
  "filters.thresholdTriangle",
  "filters.thresholdYen",
  "filters.unsharpMask",
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
  "morphology.blackTophat",
  "morphology.closing",
  "morphology.convexHullImage",
  "morphology.dilation",
  "morphology.distanceTransformEdt",
  "morphology.erosion",
  "morphology.opening",
  "morphology.whiteTophat",
  "segmentation.expandLabels",
  "segmentation.findBoundaries",
  "segmentation.markBoundaries",
  "segmentation.relabelSequential",
  "transform.downscaleLocalMean",
  "transform.integralImage",
  "transform.pyramidExpand",
  "transform.pyramidReduce",
  "transform.rescale",
  "transform.resize",
  "transform.rotate",
  "transform.warp",
  "transform.warpPolar",
  "util.greater",
  "util.imgAsFloat",
  "util.imgAsUbyte",
  "util.imgAsUint",
  "util.invert",
  "util.randomNoise",
]);
const VARIABLE = "TAGSWITCH_WGPU_CHOICE";

let choice: GpuChoice | undefined;
/** By adapter: a lost device may be followed by another one's. */
const profiles = new Map<string, SpeedProfile>();

/**
 * Sets what decides; the environment variable `TAGSWITCH_WGPU_CHOICE` does from outside, and is read once. Default
 * `"measured"`. `GpuImage`s, and calls for which `wgpu` is forced, run in either case.
 *
 * @throws GpuError `ERR_GPU_ARGUMENT` for anything else.
 */
export function setChoice(given: GpuChoice): void {
  if (!CHOICES.has(given)) {
    const message = `gpu.setChoice: choice is ${display(given)}; expected "measured" or "always"`;
    throw new GpuError("ERR_GPU_ARGUMENT", "gpu.setChoice", message);
  }
  choice = given;
}

/**
 * Whether to run, or why not. Images that are on the GPU already leave no choice.
 *
 * The first decision that needs it makes the device and measures the machine, which is kept in the user's cache directory
 * for later processes.
 *
 * @param bytesPerPixel of the largest image that the operation makes.
 * @param options asked for only where they matter; options that it throws for are left to the operation to refuse.
 */
export function decide(
  context: Pick<DispatchContext, "function" | "prioritized" | "forced">,
  images: readonly (Image | GpuImage)[],
  bytesPerPixel: number,
  options: () => WorkOptions = () => ({}),
): true | string {
  const uploads = images.filter((image) => image instanceof Image);
  if (uploads.some(({ dtype }) => dtype === "float64")) return "float64: the GPU has 32-bit floats only";
  if (images.some((image) => image instanceof GpuImage)) return true;
  try {
    const always = chosen() === "always";
    const adapter = addon.gpuAdapter(context.forced || (always && context.prioritized));
    const sizes = uploads.map(({ width, height, data }) => Math.max(data.byteLength, width * height * bytesPerPixel));
    const largest = Math.max(...sizes);
    const [limit, where] = TILED.has(context.function)
      ? [adapter.largestImage, "in one buffer"]
      : [adapter.largestBinding, "at once"];
    if (largest > limit) return `too large: ${largest} bytes ${where}, and ${adapter.name} takes ${limit}`;
    return context.forced || always ? true : faster(context.function, adapter, uploads, options);
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    if (code !== "ERR_GPU_SOFTWARE_ADAPTER") return message;
    return "software adapter: native is faster; force wgpu, or name the adapter in TAGSWITCH_WGPU_ADAPTER";
  }
}

function faster(
  operation: string,
  adapter: Adapter,
  images: readonly Image[],
  options: () => WorkOptions,
): true | string {
  // Nothing to measure for kernels that users bring: what they cost nobody knows.
  if (!WORK.has(operation)) return true;
  const [first, ...others] = images;
  let read: WorkOptions;
  try {
    read = options();
  } catch {
    return true;
  }
  const prediction = first && predict(profileOf(adapter), operation, [first, ...others], read);
  if (prediction === undefined || prediction.gpu < prediction.native) return true;
  return slowerOnGpu(first!, prediction);
}

/** What this machine does how fast: as measured by this process, or by an earlier one, or now. */
function profileOf({ name, driver, backend, deviceType }: Adapter): SpeedProfile {
  const adapter = JSON.stringify([name, driver, backend]);
  let profile = profiles.get(adapter);
  if (profile === undefined) {
    // To ask for processor and version takes longer than many a call.
    const key = { adapter: name, driver, backend, processor: cpus()[0]?.model ?? process.arch, version: version() };
    const directory = cacheDirectory();
    profile = readCalibration(key, directory);
    if (profile === undefined) {
      profile = callGpu("gpu.calibrate", () => calibrate(probes(deviceType === "software")));
      writeCalibration(key, profile, directory);
    }
    profiles.set(adapter, profile);
  }
  return profile;
}

function chosen(): GpuChoice {
  if (choice === undefined) {
    const given = process.env[VARIABLE]?.trim() ?? "";
    if (given !== "" && !CHOICES.has(given)) {
      const message = `${VARIABLE} is ${display(given)}; expected "measured" or "always"`;
      throw new GpuError("ERR_GPU_SETTING", "gpu.choice", message);
    }
    choice = given === "" ? "measured" : (given as GpuChoice);
  }
  return choice;
}

/** The package's: its kernels are what was measured. */
function version(): string {
  return (JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string }).version;
}
