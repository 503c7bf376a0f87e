import { resolveRgb2Gray, rgb2gray } from "../../color/rgb2gray.ts";
import { gray2rgb, resolveGray2Rgb } from "../../color/gray2rgb.ts";
import { label2rgb, resolveLabel2Rgb } from "../../color/label2rgb.ts";
import { hsv2rgb, resolveHsv2Rgb } from "../../color/hsv2rgb.ts";
import { lab2rgb, resolveLab2Rgb } from "../../color/lab2rgb.ts";
import { resolveRgb2Hsv, rgb2hsv } from "../../color/rgb2hsv.ts";
import { resolveRgb2Lab, rgb2lab } from "../../color/rgb2lab.ts";
import { resolveRgb2Xyz, rgb2xyz } from "../../color/rgb2xyz.ts";
import { resolveRgba2Rgb, rgba2rgb } from "../../color/rgba2rgb.ts";
import { resolveXyz2Rgb, xyz2rgb } from "../../color/xyz2rgb.ts";
import { floatDType } from "../../intensity.ts";
import { checkSamples, type Image, type ImageGeometry } from "../../image.ts";
import { destination, type OutOptions } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel, type Kernels } from "./implement.ts";

implement(rgb2gray, function* (image, options) {
  checkSamples(image);
  const { dtype } = resolveRgb2Gray(image, options);
  const out = destination("color.rgb2gray", options, dtype, { width: image.width, height: image.height });
  yield* kernel("color.rgb2gray", (addon) => addon.cpuRgb2Gray(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(gray2rgb, function* (image, options) {
  checkSamples(image);
  resolveGray2Rgb(image, options);
  const out = destination("color.gray2rgb", options, image.dtype, {
    width: image.width,
    height: image.height,
    channels: 3,
  });
  yield* kernel("color.gray2rgb", (addon) => addon.cpuGray2Rgb(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(label2rgb, function* (regions, image, options) {
  checkSamples(regions);
  const resolved = resolveLabel2Rgb(regions, image, options);
  if (image) checkSamples(image);
  const labels = regions.data as Uint8Array | Uint16Array | Int32Array;
  const geometry: ImageGeometry = { width: regions.width, height: regions.height, channels: 3 };
  if (resolved.kind === "avg") {
    const { bgLabel, bgColor, dtype } = resolved;
    const out = destination("color.label2rgb", options, dtype, geometry);
    // The resolver refuses this kind without an image.
    const { data } = image!;
    yield* kernel("color.label2rgb", (addon) =>
      addon.cpuLabel2RgbAvg(labels, data, ...sizeOf(image!), bgLabel, bgColor, out.data),
    );
    return out;
  }
  const { bgLabel, bgColor, colors, alpha, imageAlpha, saturation, dtype } = resolved;
  const checked = { colors: colors.flat(), alpha, bgLabel, imageAlpha, saturation, ...(bgColor && { bgColor }) };
  if (!image) {
    const out = destination("color.label2rgb", options, "float32", geometry);
    yield* kernel("color.label2rgb", (addon) => addon.cpuLabel2Rgb(labels, ...sizeOf(regions), checked, out.data));
    return out;
  }
  const out = destination("color.label2rgb", options, dtype, geometry);
  yield* kernel("color.label2rgb", (addon) =>
    addon.cpuLabel2RgbOver(labels, image.data, ...sizeOf(image), checked, out.data),
  );
  return out;
});

implement(rgba2rgb, function* (image, options) {
  checkSamples(image);
  const { background } = resolveRgba2Rgb(image, options);
  return yield* inColor("color.rgba2rgb", image, options, (addon, out) =>
    addon.cpuRgba2Rgb(image.data, ...sizeOf(image), background, out),
  );
});

implement(rgb2hsv, function* (image, options) {
  checkSamples(image);
  resolveRgb2Hsv(image, options);
  return yield* inColor("color.rgb2hsv", image, options, (addon, out) =>
    addon.cpuRgb2Hsv(image.data, ...sizeOf(image), out),
  );
});

implement(hsv2rgb, function* (image, options) {
  checkSamples(image);
  resolveHsv2Rgb(image, options);
  return yield* inColor("color.hsv2rgb", image, options, (addon, out) =>
    addon.cpuHsv2Rgb(image.data, ...sizeOf(image), out),
  );
});

implement(rgb2xyz, function* (image, options) {
  checkSamples(image);
  resolveRgb2Xyz(image, options);
  return yield* inColor("color.rgb2xyz", image, options, (addon, out) =>
    addon.cpuRgb2Xyz(image.data, ...sizeOf(image), out),
  );
});

implement(xyz2rgb, function* (image, options) {
  checkSamples(image);
  resolveXyz2Rgb(image, options);
  return yield* inColor("color.xyz2rgb", image, options, (addon, out) =>
    addon.cpuXyz2Rgb(image.data, ...sizeOf(image), out),
  );
});

implement(rgb2lab, function* (image, options) {
  checkSamples(image);
  const { white } = resolveRgb2Lab(image, options);
  return yield* inColor("color.rgb2lab", image, options, (addon, out) =>
    addon.cpuRgb2Lab(image.data, ...sizeOf(image), white, out),
  );
});

implement(lab2rgb, function* (image, options) {
  checkSamples(image);
  const { white } = resolveLab2Rgb(image, options);
  return yield* inColor("color.lab2rgb", image, options, (addon, out) =>
    addon.cpuLab2Rgb(image.data, ...sizeOf(image), white, out),
  );
});

/** An image of three channels for each pixel, floats that a kernel writes. */
function* inColor(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  run: (addon: Kernels, out: Float32Array | Float64Array) => void,
): Steps<Image> {
  const { width, height } = image;
  const out = destination(operation, options, floatDType(image.dtype), { width, height, channels: 3 });
  yield* kernel(operation, (addon) => run(addon, out.data));
  return out;
}
