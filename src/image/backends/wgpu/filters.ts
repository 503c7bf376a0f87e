import { addon } from "../../../addon.ts";
import { gaussian, type GaussianOptions, resolveGaussian } from "../../filters/gaussian.ts";
import { resolveSobel, sobel, type SobelOptions } from "../../filters/sobel.ts";
import { resolveThresholdOtsu, thresholdOtsu, type ThresholdOtsuOptions } from "../../filters/threshold-otsu.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, onGpu, recorded } from "./recorded.ts";

wgpu.implement(
  gaussian,
  (image: Argument, options?: GaussianOptions): unknown => {
    const { sigma, radius, mode, cval, scale } = resolveGaussian(image, options);
    const checked = { sigma, radius, mode, cval, preserveRange: scale === 1 };
    return recorded("filters.gaussian", [image], (gpu) => addon.gpuGaussian(gpu, checked), image.alpha);
  },
  {
    shouldRun: (context, image, options) =>
      decide(context, [image], 4 * image.channels, () => resolveGaussian(image, options)),
  },
);

wgpu.implement(
  sobel,
  (image: Argument, options?: SobelOptions): unknown => {
    const { axis, mode, cval } = resolveSobel(image, options);
    const checked = { mode, cval, ...(axis !== null && { axis }) };
    return recorded("filters.sobel", [image], (gpu) => addon.gpuSobel(gpu, checked));
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);

wgpu.implement(
  thresholdOtsu,
  (image: Argument, options?: ThresholdOtsuOptions): unknown => {
    const { nbins } = resolveThresholdOtsu(image, options);
    return onGpu("filters.thresholdOtsu", [image], (gpu) => addon.gpuThresholdOtsu(gpu, nbins));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);
