import { addon } from "../../../addon.ts";
import { greater, resolveGreater } from "../../util/greater.ts";
import { imgAsFloat, resolveImgAsFloat } from "../../util/img-as-float.ts";
import { imgAsUbyte, resolveImgAsUbyte } from "../../util/img-as-ubyte.ts";
import { imgAsUint, resolveImgAsUint } from "../../util/img-as-uint.ts";
import { invert, resolveInvert } from "../../util/invert.ts";
import { randomNoise, resolveRandomNoise } from "../../util/random-noise.ts";
import { checkSamples, Image, type Samples } from "../../image.ts";
import { callAddon } from "../addon-call.ts";
import { floats, samples } from "./allocation.ts";
import { native } from "./backend.ts";

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

native.implement(imgAsFloat, (image, options) => {
  checkSamples(image);
  const { dtype } = resolveImgAsFloat(image, options);
  const out = floats(dtype, image.data.length);
  callAddon("util.imgAsFloat", () => addon.cpuImgAsFloat(image.data, image, out));
  return new Image<Samples>(out, image);
});

native.implement(imgAsUbyte, (image, options) => {
  checkSamples(image);
  resolveImgAsUbyte(image, options);
  const out = new Uint8Array(image.data.length);
  callAddon("util.imgAsUbyte", () => addon.cpuImgAsUbyte(image.data, image, out));
  return new Image(out, image);
});

native.implement(imgAsUint, (image, options) => {
  checkSamples(image);
  resolveImgAsUint(image, options);
  const out = new Uint16Array(image.data.length);
  callAddon("util.imgAsUint", () => addon.cpuImgAsUint(image.data, image, out));
  return new Image(out, image);
});

native.implement(randomNoise, (image, options) => {
  checkSamples(image);
  const { kind, mean, deviation, amount, salt, clip, key, dtype } = resolveRandomNoise(image, options);
  const out = floats(dtype, image.data.length);
  callAddon("util.randomNoise", () => {
    const [least] = addon.cpuExtrema(image.data, image);
    const checked = { kind, mean, deviation, amount, salt, low: least < 0 ? -1 : 0, clip, key };
    addon.cpuRandomNoise(image.data, image, checked, out);
  });
  return new Image<Samples>(out, image);
});
