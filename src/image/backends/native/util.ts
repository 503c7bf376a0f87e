import { addon } from "../../../addon.ts";
import { checkThresholds, greater, resolveGreater } from "../../util/greater.ts";
import { imgAsFloat, resolveImgAsFloat } from "../../util/img-as-float.ts";
import { imgAsUbyte, resolveImgAsUbyte } from "../../util/img-as-ubyte.ts";
import { imgAsUint, resolveImgAsUint } from "../../util/img-as-uint.ts";
import { invert, resolveInvert } from "../../util/invert.ts";
import { randomNoise, resolveRandomNoise } from "../../util/random-noise.ts";
import { checkSamples, Image } from "../../image.ts";
import { destination } from "../../out.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";

native.implement(greater, (image, threshold, options) => {
  checkSamples(image);
  const size = { width: image.width, height: image.height };
  if (threshold instanceof Image) {
    checkSamples(threshold);
    checkThresholds(image, threshold, options);
    const out = destination("util.greater", options, "uint8", size);
    callAddon("util.greater", () => addon.cpuGreaterThan(image.data, threshold.data, image, out.data));
    return out;
  }
  const { threshold: limit } = resolveGreater(image, threshold, options);
  const out = destination("util.greater", options, "uint8", size);
  callAddon("util.greater", () => addon.cpuGreater(image.data, image, limit, out.data));
  return out;
});

native.implement(invert, (image, options) => {
  checkSamples(image);
  const { signedFloat } = resolveInvert(image, options);
  const out = destination("util.invert", options, image.dtype, image);
  callAddon("util.invert", () => addon.cpuInvert(image.data, image, signedFloat, out.data));
  return out;
});

native.implement(imgAsFloat, (image, options) => {
  checkSamples(image);
  const { dtype } = resolveImgAsFloat(image, options);
  const out = destination("util.imgAsFloat", options, dtype, image);
  callAddon("util.imgAsFloat", () => addon.cpuImgAsFloat(image.data, image, out.data));
  return out;
});

native.implement(imgAsUbyte, (image, options) => {
  checkSamples(image);
  resolveImgAsUbyte(image, options);
  const out = destination("util.imgAsUbyte", options, "uint8", image);
  callAddon("util.imgAsUbyte", () => addon.cpuImgAsUbyte(image.data, image, out.data));
  return out;
});

native.implement(imgAsUint, (image, options) => {
  checkSamples(image);
  resolveImgAsUint(image, options);
  const out = destination("util.imgAsUint", options, "uint16", image);
  callAddon("util.imgAsUint", () => addon.cpuImgAsUint(image.data, image, out.data));
  return out;
});

native.implement(randomNoise, (image, options) => {
  checkSamples(image);
  const { kind, mean, deviation, amount, salt, clip, key, dtype } = resolveRandomNoise(image, options);
  const out = destination("util.randomNoise", options, dtype, image);
  callAddon("util.randomNoise", () => {
    const [least] = addon.cpuExtrema(image.data, image);
    const checked = { kind, mean, deviation, amount, salt, low: least < 0 ? -1 : 0, clip, key };
    addon.cpuRandomNoise(image.data, image, checked, out.data);
  });
  return out;
});
