// Backend "native": the kernels of crates/kernels-cpu, on the calling thread.
import { addon } from "../../addon.ts";
import type { Backend } from "../../index.ts";
import { gray2rgb, resolveGray2Rgb } from "../color/gray2rgb.ts";
import { label2rgb, resolveLabel2Rgb } from "../color/label2rgb.ts";
import { resolveRgb2Gray, rgb2gray } from "../color/rgb2gray.ts";
import { gaussian, resolveGaussian } from "../filters/gaussian.ts";
import { resolveSobel, sobel } from "../filters/sobel.ts";
import { resolveThresholdOtsu, thresholdOtsu } from "../filters/threshold-otsu.ts";
import { checkSamples, type DType, Image, type ImageGeometry, SAMPLE_ARRAYS, type Samples } from "../image.ts";
import type { FloatDType } from "../intensity.ts";
import { label, resolveLabel } from "../measure/label.ts";
import { system } from "../system.ts";
import { greater, resolveGreater } from "../util/greater.ts";
import { invert, resolveInvert } from "../util/invert.ts";
import { callAddon } from "./addon-call.ts";

/** Runs before `default` for every function that it has. */
export const native: Backend = system.registerBackend({
  name: "native",
  primary: ["tagswitch/image:Image"],
  higherPriorityThan: ["default"],
});

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

native.implement(gaussian, (image, options) => {
  checkSamples(image);
  const { sigma, radius, mode, cval, scale, dtype } = resolveGaussian(image, options);
  const out = floats(dtype, image.data.length);
  const checked = { sigma, radius, mode, cval, preserveRange: scale === 1 };
  callAddon("filters.gaussian", () => addon.cpuGaussian(image.data, image, checked, out));
  return new Image<Samples>(out, image);
});

native.implement(sobel, (image, options) => {
  checkSamples(image);
  const { axis, mode, cval, dtype } = resolveSobel(image, options);
  const out = floats(dtype, image.data.length);
  const checked = { mode, cval, ...(axis !== null && { axis }) };
  callAddon("filters.sobel", () => addon.cpuSobel(image.data, image, checked, out));
  return new Image<Samples>(out, image);
});

native.implement(thresholdOtsu, (image, options) => {
  checkSamples(image);
  const { nbins } = resolveThresholdOtsu(image, options);
  return callAddon("filters.thresholdOtsu", () => addon.cpuThresholdOtsu(image.data, image, nbins));
});

native.implement(greater, (image, threshold, options) => {
  checkSamples(image);
  const { threshold: limit } = resolveGreater(image, threshold, options);
  const out = new Uint8Array(image.data.length);
  callAddon("util.greater", () => addon.cpuGreater(image.data, image, limit, out));
  return new Image(out, { width: image.width, height: image.height });
});

native.implement(invert, (image, options) => {
  checkSamples(image);
  const { signedFloat } = resolveInvert(image, options);
  const out = samples(image.dtype, image.data.length);
  callAddon("util.invert", () => addon.cpuInvert(image.data, image, signedFloat, out));
  return new Image(out, image);
});

native.implement(label, (image, options) => {
  checkSamples(image);
  const { background, connectivity } = resolveLabel(image, options);
  const out = new Int32Array(image.data.length);
  callAddon("measure.label", () => addon.cpuLabel(image.data, image, background, connectivity, out));
  return new Image(out, { width: image.width, height: image.height });
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

function floats(dtype: FloatDType, length: number): Float32Array | Float64Array {
  return new SAMPLE_ARRAYS[dtype](length);
}

function samples(dtype: DType, length: number): Samples {
  return new SAMPLE_ARRAYS[dtype](length);
}
