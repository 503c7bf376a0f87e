import { addon } from "../../../addon.ts";
import { gaussian, resolveGaussian } from "../../filters/gaussian.ts";
import { resolveSobel, sobel } from "../../filters/sobel.ts";
import { resolveThresholdOtsu, thresholdOtsu } from "../../filters/threshold-otsu.ts";
import { checkSamples, Image, type Samples } from "../../image.ts";
import { callAddon } from "../addon-call.ts";
import { floats } from "./allocation.ts";
import { native } from "./backend.ts";

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
