import { checkThresholds, greater, resolveGreater } from "../../util/greater.ts";
import { imgAsFloat, resolveImgAsFloat } from "../../util/img-as-float.ts";
import { imgAsUbyte, resolveImgAsUbyte } from "../../util/img-as-ubyte.ts";
import { imgAsUint, resolveImgAsUint } from "../../util/img-as-uint.ts";
import { invert, resolveInvert } from "../../util/invert.ts";
import { randomNoise, resolveRandomNoise } from "../../util/random-noise.ts";
import { checkSamples, Image } from "../../image.ts";
import { destination } from "../../out.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

implement(greater, function* (image, threshold, options) {
  checkSamples(image);
  const size = { width: image.width, height: image.height };
  if (threshold instanceof Image) {
    checkSamples(threshold);
    checkThresholds(image, threshold, options);
    const out = destination("util.greater", options, "uint8", size);
    yield* kernel("util.greater", (addon) =>
      addon.cpuGreaterThan(image.data, threshold.data, ...sizeOf(image), out.data),
    );
    return out;
  }
  const { threshold: limit } = resolveGreater(image, threshold, options);
  const out = destination("util.greater", options, "uint8", size);
  yield* kernel("util.greater", (addon) => addon.cpuGreater(image.data, ...sizeOf(image), limit, out.data));
  return out;
});

implement(invert, function* (image, options) {
  checkSamples(image);
  const { signedFloat } = resolveInvert(image, options);
  const out = destination("util.invert", options, image.dtype, image);
  yield* kernel("util.invert", (addon) => addon.cpuInvert(image.data, ...sizeOf(image), signedFloat, out.data));
  return out;
});

implement(imgAsFloat, function* (image, options) {
  checkSamples(image);
  const { dtype } = resolveImgAsFloat(image, options);
  const out = destination("util.imgAsFloat", options, dtype, image);
  yield* kernel("util.imgAsFloat", (addon) => addon.cpuImgAsFloat(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(imgAsUbyte, function* (image, options) {
  checkSamples(image);
  resolveImgAsUbyte(image, options);
  const out = destination("util.imgAsUbyte", options, "uint8", image);
  yield* kernel("util.imgAsUbyte", (addon) => addon.cpuImgAsUbyte(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(imgAsUint, function* (image, options) {
  checkSamples(image);
  resolveImgAsUint(image, options);
  const out = destination("util.imgAsUint", options, "uint16", image);
  yield* kernel("util.imgAsUint", (addon) => addon.cpuImgAsUint(image.data, ...sizeOf(image), out.data));
  return out;
});

implement(
  randomNoise,
  function* (image, options) {
    checkSamples(image);
    const { kind, mean, deviation, localVars, amount, salt, clip, key, dtype } = resolveRandomNoise(image, options);
    const out = destination("util.randomNoise", options, dtype, image);
    const [least] = yield* kernel("util.randomNoise", (addon) => addon.cpuExtrema(image.data, ...sizeOf(image)));
    const checked = { kind, mean, deviation, amount, salt, low: least < 0 ? -1 : 0, clip, key };
    const variances = localVars && localVars.data;
    yield* kernel("util.randomNoise", (addon) =>
      addon.cpuRandomNoise(image.data, ...sizeOf(image), checked, variances, out.data),
    );
    return out;
  },
  {
    shouldRun: (_, _image, options) =>
      options?.mode !== "poisson" || 'mode "poisson": the kernel adds normal numbers, and counts no quanta',
  },
);
