import { addon } from "../../../addon.ts";
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
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

native.implement(rgb2gray, (image, options) => {
  checkSamples(image);
  const { dtype } = resolveRgb2Gray(image, options);
  const out = destination("color.rgb2gray", options, dtype, { width: image.width, height: image.height });
  callAddon("color.rgb2gray", () => addon.cpuRgb2Gray(image.data, image, out.data));
  return out;
});

native.implement(gray2rgb, (image, options) => {
  checkSamples(image);
  resolveGray2Rgb(image, options);
  const out = destination("color.gray2rgb", options, image.dtype, {
    width: image.width,
    height: image.height,
    channels: 3,
  });
  callAddon("color.gray2rgb", () => addon.cpuGray2Rgb(image.data, image, out.data));
  return out;
});

native.implement(label2rgb, (regions, image, options) => {
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
    callAddon("color.label2rgb", () => addon.cpuLabel2RgbAvg(labels, data, image!, bgLabel, bgColor, out.data));
    return out;
  }
  const { bgLabel, bgColor, colors, alpha, imageAlpha, saturation, dtype } = resolved;
  const checked = { colors: colors.flat(), alpha, bgLabel, imageAlpha, saturation, ...(bgColor && { bgColor }) };
  if (!image) {
    const out = destination("color.label2rgb", options, "float32", geometry);
    callAddon("color.label2rgb", () => addon.cpuLabel2Rgb(labels, regions, checked, out.data));
    return out;
  }
  const out = destination("color.label2rgb", options, dtype, geometry);
  callAddon("color.label2rgb", () => addon.cpuLabel2RgbOver(labels, image.data, image, checked, out.data));
  return out;
});

native.implement(rgba2rgb, (image, options) => {
  checkSamples(image);
  const { background } = resolveRgba2Rgb(image, options);
  return inColor("color.rgba2rgb", image, options, (out) => addon.cpuRgba2Rgb(image.data, image, background, out));
});

native.implement(rgb2hsv, (image, options) => {
  checkSamples(image);
  resolveRgb2Hsv(image, options);
  return inColor("color.rgb2hsv", image, options, (out) => addon.cpuRgb2Hsv(image.data, image, out));
});

native.implement(hsv2rgb, (image, options) => {
  checkSamples(image);
  resolveHsv2Rgb(image, options);
  return inColor("color.hsv2rgb", image, options, (out) => addon.cpuHsv2Rgb(image.data, image, out));
});

native.implement(rgb2xyz, (image, options) => {
  checkSamples(image);
  resolveRgb2Xyz(image, options);
  return inColor("color.rgb2xyz", image, options, (out) => addon.cpuRgb2Xyz(image.data, image, out));
});

native.implement(xyz2rgb, (image, options) => {
  checkSamples(image);
  resolveXyz2Rgb(image, options);
  return inColor("color.xyz2rgb", image, options, (out) => addon.cpuXyz2Rgb(image.data, image, out));
});

native.implement(rgb2lab, (image, options) => {
  checkSamples(image);
  const { white } = resolveRgb2Lab(image, options);
  return inColor("color.rgb2lab", image, options, (out) => addon.cpuRgb2Lab(image.data, image, white, out));
});

native.implement(lab2rgb, (image, options) => {
  checkSamples(image);
  const { white } = resolveLab2Rgb(image, options);
  return inColor("color.lab2rgb", image, options, (out) => addon.cpuLab2Rgb(image.data, image, white, out));
});

/** An image of three channels for each pixel, floats that a kernel writes. */
function inColor(
  operation: string,
  image: Image,
  options: OutOptions | undefined,
  kernel: (out: Float32Array | Float64Array) => void,
): Image {
  const { width, height } = image;
  const out = destination(operation, options, floatDType(image.dtype), { width, height, channels: 3 });
  callAddon(operation, () => kernel(out.data));
  return out;
}
