import { metrics } from "../../../src/image/index.ts";
import { detached, floats, gray, labels, rgb, square, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `metrics`. */
// oxfmt-ignore
export const metricsRefusals: readonly Refusal[] = [
  ["mse of other shape", () => metrics.meanSquaredError(gray(), floats(1, 2)), "ERR_IMAGE_SHAPE", /^metrics\.meanSquaredError: the images have shapes 3 × 4 and 1 × 2; expected the same$/],
  ["mse of other dtype", () => metrics.meanSquaredError(gray(), labels()), "ERR_IMAGE_DTYPE", /the images are uint8 and int32; expected the same$/],
  ["mse of one image", () => metrics.meanSquaredError(gray(), wrong(undefined)), "ERR_IMAGE_DTYPE", /the second image is undefined; expected an Image$/],
  ["mse detached", () => metrics.meanSquaredError(gray(), detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["nrmse normalization", () => metrics.normalizedRootMse(gray(), gray(), { normalization: wrong("max") }), "ERR_IMAGE_OPTION", /normalization is "max"; expected one of "euclidean", "min-max", "mean"$/],
  ["nrmse of other shape", () => metrics.normalizedRootMse(gray(), rgb()), "ERR_IMAGE_SHAPE", /shapes 3 × 4 and 3 × 4 × 3/],
  ["psnr dataRange 0", () => metrics.peakSignalNoiseRatio(gray(), gray(), { dataRange: 0 }), "ERR_IMAGE_OPTION", /dataRange is 0; expected a finite number above 0, or null$/],
  ["psnr of wide floats", () => metrics.peakSignalNoiseRatio(floats(0, 3), floats(0, 1)), "ERR_IMAGE_VALUE", /samples go from 0 to 3, beyond the range of float32, -1 to 1; pass dataRange$/],
  ["psnr of other dtype", () => metrics.peakSignalNoiseRatio(gray(), labels()), "ERR_IMAGE_DTYPE", /^metrics\.peakSignalNoiseRatio: /],
  ["ssim of small images", () => metrics.structuralSimilarity(gray(), gray()), "ERR_IMAGE_SHAPE", /images have shape 3 × 4; a window of 7 × 7 needs larger ones/],
  ["ssim of colour", () => metrics.structuralSimilarity(rgb(), rgb(), { winSize: 3 }), "ERR_IMAGE_SHAPE", /pass channelAxis: 2 for the mean over the channels$/],
  ["ssim of floats", () => metrics.structuralSimilarity(square(), square()), "ERR_IMAGE_OPTION", /float32 images need dataRange$/],
  ["ssim full 1", () => metrics.structuralSimilarity(gray(), gray(), { winSize: 3, full: wrong(1) }), "ERR_IMAGE_OPTION", /full is 1; expected true or false$/],
  ["ssim even window", () => metrics.structuralSimilarity(gray(), gray(), { winSize: 4 }), "ERR_IMAGE_OPTION", /winSize is 4; expected an odd number$/],
  ["ssim K1", () => metrics.structuralSimilarity(gray(), gray(), { K1: -1 }), "ERR_IMAGE_OPTION", /K1 is -1/],
  ["ssim sigma", () => metrics.structuralSimilarity(gray(), gray(), { sigma: 0 }), "ERR_IMAGE_OPTION", /sigma is 0; expected a finite number from 0\.2 to 1000$/],
  ["ssim of other dtype", () => metrics.structuralSimilarity(gray(), labels()), "ERR_IMAGE_DTYPE", /^metrics\.structuralSimilarity: /],
];
