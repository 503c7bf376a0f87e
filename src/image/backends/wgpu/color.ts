import { addon } from "../../../addon.ts";
import { resolveRgb2Gray, rgb2gray, type Rgb2GrayOptions } from "../../color/rgb2gray.ts";
import { gray2rgb, type Gray2RgbOptions, resolveGray2Rgb } from "../../color/gray2rgb.ts";
import { label2rgb, type Label2RgbOptions, resolveLabel2Rgb } from "../../color/label2rgb.ts";
import { GpuError } from "../../errors.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, recorded } from "./recorded.ts";

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
