import { Image, util } from "../../../src/image/index.ts";
import { detached, floats, gray, rgb, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `util`. */
// oxfmt-ignore
export const utilRefusals: readonly Refusal[] = [
  ["greater of colour", () => util.greater(rgb(), 1), "ERR_IMAGE_SHAPE", /^util\.greater: image has shape/],
  ["greater than text", () => util.greater(gray(), wrong("1")), "ERR_IMAGE_OPTION", /^util\.greater: threshold is "1"; expected a number or an Image$/],
  ["greater of sizes that differ", () => util.greater(gray(), new Image(new Uint8Array(1), { width: 1, height: 1 })), "ERR_IMAGE_SHAPE", /^util\.greater: threshold has shape 1 × 1; expected the size of image/],
  ["greater than colours", () => util.greater(gray(), rgb()), "ERR_IMAGE_SHAPE", /^util\.greater: threshold has shape/],
  ["greater than nothing", () => util.greater(gray(), wrong(undefined)), "ERR_IMAGE_OPTION", /threshold is undefined/],
  ["imgAsFloat unknown option", () => util.imgAsFloat(gray(), wrong({ forceCopy: true })), "ERR_IMAGE_OPTION", /no option "forceCopy"; accepted: out, backend$/],
  ["imgAsFloat detached", () => util.imgAsFloat(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["imgAsUbyte beyond 1", () => util.imgAsUbyte(floats(0.5, 1.5)), "ERR_IMAGE_VALUE", /^util\.imgAsUbyte: image holds 1\.5; expected samples from -1 to 1$/],
  ["imgAsUbyte NaN", () => util.imgAsUbyte(floats(Number.NaN)), "ERR_IMAGE_VALUE", /holds NaN/],
  ["imgAsUbyte detached", () => util.imgAsUbyte(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["imgAsUint below -1", () => util.imgAsUint(floats(-2)), "ERR_IMAGE_VALUE", /^util\.imgAsUint: image holds -2; expected samples from -1 to 1$/],
  ["imgAsUint detached", () => util.imgAsUint(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["invert signedFloat 1", () => util.invert(gray(), { signedFloat: wrong(1) }), "ERR_IMAGE_OPTION", /^util\.invert: option signedFloat is 1; expected true or false$/],
  ["invert Python's name", () => util.invert(gray(), wrong({ signed_float: true })), "ERR_IMAGE_OPTION", /no option "signed_float"; accepted: signedFloat, out, backend$/],
  ["invert detached", () => util.invert(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["randomNoise mode", () => util.randomNoise(gray(), { mode: wrong("shot") }), "ERR_IMAGE_OPTION", /mode is "shot"; expected one of "gaussian", "localvar", "poisson", "speckle", /],
  ["randomNoise option of none", () => util.randomNoise(gray(), { mode: "poisson", mean: 1 }), "ERR_IMAGE_OPTION", /mode "poisson" has no option mean; it has none of its own$/],
  ["randomNoise variances of another shape", () => util.randomNoise(gray(), { mode: "localvar", localVars: rgb() }), "ERR_IMAGE_SHAPE", /^util\.randomNoise: localVars has shape 3 × 4 × 3; expected the image's, 3 × 4$/],
  ["randomNoise variance 0", () => util.randomNoise(gray(), { mode: "localvar", localVars: gray() }), "ERR_IMAGE_OPTION", /localVars holds 0; expected finite numbers above 0$/],
  ["randomNoise option of another mode", () => util.randomNoise(gray(), { amount: 0.1 }), "ERR_IMAGE_OPTION", /mode "gaussian" has no option amount; it has mean and var$/],
  ["randomNoise variance", () => util.randomNoise(gray(), { var: -1 }), "ERR_IMAGE_OPTION", /var is -1; expected a finite number of at least 0$/],
  ["randomNoise seed", () => util.randomNoise(gray(), { rng: 0.5 }), "ERR_IMAGE_OPTION", /rng is 0\.5; expected a whole number of at least 0$/],
  ["randomNoise detached", () => util.randomNoise(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["greater detached", () => util.greater(detached(), 1), "ERR_IMAGE_BUFFER", /detached/],
];
