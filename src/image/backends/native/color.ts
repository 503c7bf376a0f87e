import { addon } from "../../../addon.ts";
import { resolveRgb2Gray, rgb2gray } from "../../color/rgb2gray.ts";
import { gray2rgb, resolveGray2Rgb } from "../../color/gray2rgb.ts";
import { label2rgb, resolveLabel2Rgb } from "../../color/label2rgb.ts";
import { checkSamples, Image, type ImageGeometry, type Samples } from "../../image.ts";
import { callAddon } from "../addon-call.ts";
import { floats, samples } from "./allocation.ts";
import { native } from "./backend.ts";

native.implement(rgb2gray, (image, options) => {
  checkSamples(image);
  const { dtype } = resolveRgb2Gray(image, options);
  const out = floats(dtype, image.width * image.height);
  callAddon("color.rgb2gray", () => addon.cpuRgb2Gray(image.data, image, out));
  return new Image<Samples>(out, { width: image.width, height: image.height });
});

native.implement(gray2rgb, (image, options) => {
  checkSamples(image);
  resolveGray2Rgb(image, options);
  const out = samples(image.dtype, 3 * image.data.length);
  callAddon("color.gray2rgb", () => addon.cpuGray2Rgb(image.data, image, out));
  return new Image(out, { width: image.width, height: image.height, channels: 3 });
});

native.implement(label2rgb, (regions, image, options) => {
  checkSamples(regions);
  const resolved = resolveLabel2Rgb(regions, image, options);
  if (image) checkSamples(image);
  const labels = regions.data as Uint8Array | Uint16Array | Int32Array;
  const geometry: ImageGeometry = { width: regions.width, height: regions.height, channels: 3 };
  const length = 3 * labels.length;
  if (resolved.kind === "avg") {
    const { bgLabel, bgColor, dtype } = resolved;
    const out = samples(dtype, length);
    // The resolver refuses this kind without an image.
    const { data } = image!;
    callAddon("color.label2rgb", () => addon.cpuLabel2RgbAvg(labels, data, image!, bgLabel, bgColor, out));
    return new Image(out, geometry);
  }
  const { bgLabel, bgColor, colors, alpha, imageAlpha, saturation, dtype } = resolved;
  const checked = { colors: colors.flat(), alpha, bgLabel, imageAlpha, saturation, ...(bgColor && { bgColor }) };
  if (!image) {
    const out = new Float32Array(length);
    callAddon("color.label2rgb", () => addon.cpuLabel2Rgb(labels, regions, checked, out));
    return new Image<Samples>(out, geometry);
  }
  const out = floats(dtype, length);
  callAddon("color.label2rgb", () => addon.cpuLabel2RgbOver(labels, image.data, image, checked, out));
  return new Image<Samples>(out, geometry);
});
