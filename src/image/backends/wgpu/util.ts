import { addon } from "../../../addon.ts";
import { checkThresholds, greater, type GreaterOptions, resolveGreater } from "../../util/greater.ts";
import { imgAsFloat, type ImgAsFloatOptions, resolveImgAsFloat } from "../../util/img-as-float.ts";
import { imgAsUbyte, type ImgAsUbyteOptions, resolveImgAsUbyte } from "../../util/img-as-ubyte.ts";
import { imgAsUint, type ImgAsUintOptions, resolveImgAsUint } from "../../util/img-as-uint.ts";
import { invert, type InvertOptions, resolveInvert } from "../../util/invert.ts";
import { randomNoise, type RandomNoiseOptions, resolveRandomNoise } from "../../util/random-noise.ts";
import { GpuImage } from "../../gpu-image.ts";
import { Image, SAMPLE_ARRAYS } from "../../image.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, asked, isArgument, onGpuInSteps, recorded, recordedBy } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

wgpu.implement(
  greater,
  (image: Argument, threshold: unknown, options?: GreaterOptions): unknown => {
    if (isArgument(threshold)) {
      checkThresholds(image, threshold, options);
      return recorded("util.greater", [image, threshold], (gpu, limits) => addon.gpuGreaterThan(gpu, limits));
    }
    const { threshold: limit } = resolveGreater(image, threshold, options);
    return recorded("util.greater", [image], (gpu) => addon.gpuGreater(gpu, limit));
  },
  {
    shouldRun: (context, image, threshold) => decide(context, isArgument(threshold) ? [image, threshold] : [image], 1),
  },
);

wgpu.implement(
  invert,
  (image: Argument, options?: InvertOptions): unknown => {
    const { signedFloat } = resolveInvert(image, options);
    return recorded("util.invert", [image], (gpu) => addon.gpuInvert(gpu, signedFloat), image.alpha);
  },
  {
    shouldRun: (context, image) =>
      decide(context, [image], SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT * image.channels),
  },
);

wgpu.implement(
  imgAsFloat,
  (image: Argument, options?: ImgAsFloatOptions): unknown => {
    resolveImgAsFloat(image, options);
    return recorded("util.imgAsFloat", [image], (gpu) => addon.gpuImgAsFloat(gpu), image.alpha);
  },
  { shouldRun: (context, image) => decide(context, [image], 4 * image.channels) },
);

implementInSteps(
  imgAsUbyte,
  function* (image: Argument, options?: ImgAsUbyteOptions): Steps<unknown> {
    const operation = "util.imgAsUbyte";
    resolveImgAsUbyte(image, options);
    const converted = yield* asked(operation, [image], (later, gpu) => addon.gpuImgAsUbyte(gpu, operation, later));
    return new GpuImage(converted, image.alpha);
  },
  { shouldRun: (context, image) => decide(context, [image], image.channels) },
);

implementInSteps(
  imgAsUint,
  function* (image: Argument, options?: ImgAsUintOptions): Steps<unknown> {
    resolveImgAsUint(image, options);
    const converted = yield* asked("util.imgAsUint", [image], (later, gpu) => addon.gpuImgAsUint(gpu, later));
    return new GpuImage(converted, image.alpha);
  },
  { shouldRun: (context, image) => decide(context, [image], 2 * image.channels) },
);

implementInSteps(
  randomNoise,
  function* (image: Argument, options?: RandomNoiseOptions): Steps<unknown> {
    const operation = "util.randomNoise";
    const { kind, mean, deviation, localVars, amount, salt, clip, key } = resolveRandomNoise(image, options);
    if (kind === "poisson") throw unsupported(operation, NO_QUANTA);
    const deviations =
      localVars &&
      new Image(
        Float32Array.from(localVars.data, (variance) => Math.sqrt(variance)),
        localVars,
      );
    // Elsewhere nobody sees what the least intensity is.
    const searched = (clip || kind === "impulse") && (image.dtype === "int32" || image.dtype === "float32");
    return yield* onGpuInSteps(deviations ? [image, deviations] : [image], function* (gpu, each?) {
      const [least] = searched ? yield* ask(operation, (later) => addon.gpuExtrema(gpu, operation, later)) : [0];
      const checked = { kind, mean, deviation, amount, salt, low: least < 0 ? -1 : 0, clip, key };
      return recordedBy(operation, () => addon.gpuRandomNoise(gpu, checked, each), image.alpha);
    });
  },
  {
    shouldRun: (context, image, options) =>
      options?.mode === "poisson" ? NO_QUANTA : decide(context, [image], 4 * image.channels),
  },
);

const NO_QUANTA = 'mode "poisson": which numbers are rejected needs 64 bits';
