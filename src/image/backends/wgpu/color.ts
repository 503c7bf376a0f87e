import { addon } from "../../../addon.ts";
import { resolveRgb2Gray, rgb2gray, type Rgb2GrayOptions } from "../../color/rgb2gray.ts";
import { gray2rgb, type Gray2RgbOptions, resolveGray2Rgb } from "../../color/gray2rgb.ts";
import { label2rgb, type Label2RgbOptions, resolveLabel2Rgb } from "../../color/label2rgb.ts";
import { hsv2rgb, type Hsv2RgbOptions, resolveHsv2Rgb } from "../../color/hsv2rgb.ts";
import { lab2rgb, type Lab2RgbOptions, resolveLab2Rgb } from "../../color/lab2rgb.ts";
import { resolveRgb2Hsv, rgb2hsv, type Rgb2HsvOptions } from "../../color/rgb2hsv.ts";
import { resolveRgb2Lab, rgb2lab, type Rgb2LabOptions } from "../../color/rgb2lab.ts";
import { resolveRgb2Xyz, rgb2xyz, type Rgb2XyzOptions } from "../../color/rgb2xyz.ts";
import { resolveRgba2Rgb, rgba2rgb, type Rgba2RgbOptions } from "../../color/rgba2rgb.ts";
import { resolveXyz2Rgb, xyz2rgb, type Xyz2RgbOptions } from "../../color/xyz2rgb.ts";
import { GpuImage } from "../../gpu-image.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { orNext } from "./or-next.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

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

implementInSteps(
  label2rgb,
  orNext(function* (labels: Argument, image?: Argument | null, options?: Label2RgbOptions): Steps<unknown> {
    const operation = "color.label2rgb";
    const resolved = resolveLabel2Rgb(labels, image, options);
    if (resolved.kind === "avg") throw unsupported(operation, NO_AVERAGE);
    const { bgLabel, bgColor, colors, alpha, imageAlpha, saturation } = resolved;
    const checked = {
      colors: colors.flat(),
      alpha,
      bgLabel,
      imageAlpha,
      saturation,
      ...(bgColor && { bgColor: [...bgColor] }),
    };
    const overlay =
      image === null || image === undefined
        ? yield* asked(operation, [labels], (later, gpu) => addon.gpuLabel2Rgb(gpu, null, checked, later))
        : yield* asked(operation, [labels, image], (later, gpu, under) =>
            addon.gpuLabel2Rgb(gpu, under, checked, later),
          );
    return new GpuImage(overlay);
  }),
  {
    shouldRun: (context, labels, image, options) =>
      options?.kind === "avg"
        ? NO_AVERAGE
        : decide(context, image === null || image === undefined ? [labels] : [labels, image], 12),
    defers: true,
  },
);

const NO_AVERAGE = 'kind "avg" is not done on the GPU: it needs sums by region';

wgpu.implement(
  rgba2rgb,
  (image: Argument, options?: Rgba2RgbOptions): unknown => {
    const { background } = resolveRgba2Rgb(image, options);
    return recorded("color.rgba2rgb", [image], (gpu) => addon.gpuRgba2Rgb(gpu, background));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  rgb2hsv,
  (image: Argument, options?: Rgb2HsvOptions): unknown => {
    resolveRgb2Hsv(image, options);
    return recorded("color.rgb2hsv", [image], (gpu) => addon.gpuRgb2Hsv(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  hsv2rgb,
  (image: Argument, options?: Hsv2RgbOptions): unknown => {
    resolveHsv2Rgb(image, options);
    return recorded("color.hsv2rgb", [image], (gpu) => addon.gpuHsv2Rgb(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  rgb2xyz,
  (image: Argument, options?: Rgb2XyzOptions): unknown => {
    resolveRgb2Xyz(image, options);
    return recorded("color.rgb2xyz", [image], (gpu) => addon.gpuRgb2Xyz(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  xyz2rgb,
  (image: Argument, options?: Xyz2RgbOptions): unknown => {
    resolveXyz2Rgb(image, options);
    return recorded("color.xyz2rgb", [image], (gpu) => addon.gpuXyz2Rgb(gpu));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  rgb2lab,
  (image: Argument, options?: Rgb2LabOptions): unknown => {
    const { white } = resolveRgb2Lab(image, options);
    return recorded("color.rgb2lab", [image], (gpu) => addon.gpuRgb2Lab(gpu, white));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);

wgpu.implement(
  lab2rgb,
  (image: Argument, options?: Lab2RgbOptions): unknown => {
    const { white } = resolveLab2Rgb(image, options);
    return recorded("color.lab2rgb", [image], (gpu) => addon.gpuLab2Rgb(gpu, white));
  },
  { shouldRun: (context, image) => decide(context, [image], 12) },
);
