// Backend "wgpu": the compute shaders of crates/kernels-gpu, on images that stay on the GPU.
import { addon } from "../../addon.ts";
import type { Backend } from "../../index.ts";
import { gray2rgb, type Gray2RgbOptions, resolveGray2Rgb } from "../color/gray2rgb.ts";
import { label2rgb, type Label2RgbOptions, resolveLabel2Rgb } from "../color/label2rgb.ts";
import { resolveRgb2Gray, rgb2gray, type Rgb2GrayOptions } from "../color/rgb2gray.ts";
import { gaussian, type GaussianOptions, resolveGaussian } from "../filters/gaussian.ts";
import { resolveSobel, sobel, type SobelOptions } from "../filters/sobel.ts";
import { resolveThresholdOtsu, thresholdOtsu, type ThresholdOtsuOptions } from "../filters/threshold-otsu.ts";
import { GpuError } from "../errors.ts";
import { GpuImage, handleOf } from "../gpu-image.ts";
import { type Image, SAMPLE_ARRAYS } from "../image.ts";
import { label, type LabelOptions, resolveLabel } from "../measure/label.ts";
import { system } from "../system.ts";
import { greater, type GreaterOptions, resolveGreater } from "../util/greater.ts";
import { invert, type InvertOptions, resolveInvert } from "../util/invert.ts";
import { callGpu } from "./addon-call.ts";
import { decide } from "./gpu-choice.ts";

/**
 * Runs for images on the GPU, and for others when it is prioritized and that is worth it: they are uploaded and the result
 * is brought back.
 */
export const wgpu: Backend = system.registerBackend({
  name: "wgpu",
  primary: ["tagswitch/image:GpuImage"],
  secondary: ["tagswitch/image:Image"],
});

/** An argument as this backend gets it. */
type Argument = Image | GpuImage;

wgpu.implement(
  rgb2gray,
  (image: Argument, options?: Rgb2GrayOptions): unknown => {
    resolveRgb2Gray(image, options);
    return recorded("color.rgb2gray", [image], (gpu) => addon.gpuRgb2Gray(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);

wgpu.implement(
  gray2rgb,
  (image: Argument, options?: Gray2RgbOptions): unknown => {
    resolveGray2Rgb(image, options);
    return recorded("color.gray2rgb", [image], (gpu) => addon.gpuGray2Rgb(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 3 * SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT) },
);

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

wgpu.implement(
  greater,
  (image: Argument, threshold: number, options?: GreaterOptions): unknown => {
    const { threshold: limit } = resolveGreater(image, threshold, options);
    return recorded("util.greater", [image], (gpu) => addon.gpuGreater(gpu, limit));
  },
  { shouldRun: (context, image) => decide(context, [image], 1) },
);

wgpu.implement(
  invert,
  (image: Argument, options?: InvertOptions): unknown => {
    const { signedFloat } = resolveInvert(image, options);
    return recorded("util.invert", [image], (gpu) => addon.gpuInvert(gpu, signedFloat), image.alpha);
  },
  {
    shouldRun: (context, image) =>
      decide(context, [image], SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT * image.channels),
  },
);

wgpu.implement(
  label,
  (image: Argument, options?: LabelOptions): unknown => {
    const { background, connectivity } = resolveLabel(image, options);
    return recorded("measure.label", [image], (gpu) => addon.gpuLabel(gpu, background, connectivity));
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);

wgpu.implement(
  label2rgb,
  (labels: Argument, image?: Argument | null, options?: Label2RgbOptions): unknown => {
    const operation = "color.label2rgb";
    const resolved = resolveLabel2Rgb(labels, image, options);
    if (resolved.kind === "avg") throw new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${NO_AVERAGE}`);
    const { bgLabel, bgColor, colors, alpha, imageAlpha, saturation } = resolved;
    const checked = {
      colors: colors.flat(),
      alpha,
      bgLabel,
      imageAlpha,
      saturation,
      ...(bgColor && { bgColor: [...bgColor] }),
    };
    if (image === null || image === undefined)
      return recorded(operation, [labels], (gpu) => addon.gpuLabel2Rgb(gpu, null, checked));
    return recorded(operation, [labels, image], (gpu, under) => addon.gpuLabel2Rgb(gpu, under, checked));
  },
  {
    shouldRun: (context, labels, image, options) =>
      options?.kind === "avg"
        ? NO_AVERAGE
        : decide(context, image === null || image === undefined ? [labels] : [labels, image], 12),
  },
);

const NO_AVERAGE = 'kind "avg" is not done on the GPU: it needs sums by region';

/** The addon's handles of these images. */
type Handles<A extends readonly Argument[]> = { -readonly [K in keyof A]: ReturnType<typeof handleOf> };

/**
 * Calls the addon with images on the GPU. Those in main memory, which only a caller who named this backend or mixed them
 * with others gets this far, are uploaded for the call: what was recorded from them holds their memory until it ran.
 */
function onGpu<const A extends readonly Argument[], T>(
  operation: string,
  images: A,
  call: (...handles: Handles<A>) => T,
): T {
  const uploaded: GpuImage[] = [];
  try {
    const handles = images.map((image) => {
      if (image instanceof GpuImage) return handleOf(image);
      const upload = GpuImage.from(image);
      uploaded.push(upload);
      return handleOf(upload);
    });
    return callGpu(operation, () => call(...(handles as Handles<A>)));
  } finally {
    for (const image of uploaded) image.dispose();
  }
}

/** The image that a recorded operation will make. */
export function recorded<const A extends readonly Argument[]>(
  operation: string,
  images: A,
  record: (...handles: Handles<A>) => ReturnType<typeof handleOf>,
  alpha?: boolean,
): GpuImage {
  return new GpuImage(onGpu(operation, images, record), alpha);
}
