import { addon } from "../../../addon.ts";
import { greater, resolveGreater } from "../../util/greater.ts";
import { invert, resolveInvert } from "../../util/invert.ts";
import { checkSamples, Image } from "../../image.ts";
import { callAddon } from "../addon-call.ts";
import { samples } from "./allocation.ts";
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
