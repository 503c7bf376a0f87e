import { exposure, Image } from "../../../src/image/index.ts";
import { detached, floats, gray, rgb, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `exposure`. */
// oxfmt-ignore
export const exposureRefusals: readonly Refusal[] = [
  ["adjustGamma below 0", () => exposure.adjustGamma(floats(0.5, -0.25)), "ERR_IMAGE_VALUE", /image holds -0\.25; expected samples of at least 0$/],
  ["adjustGamma negative gamma", () => exposure.adjustGamma(gray(), { gamma: -1 }), "ERR_IMAGE_OPTION", /option gamma is -1; expected a finite number of at least 0$/],
  ["adjustGamma gain NaN", () => exposure.adjustGamma(gray(), { gain: Number.NaN }), "ERR_IMAGE_OPTION", /gain is NaN; expected a finite number$/],
  ["adjustGamma detached", () => exposure.adjustGamma(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["adjustLog below 0", () => exposure.adjustLog(new Image(Int32Array.of(-7), { width: 1, height: 1 })), "ERR_IMAGE_VALUE", /holds -7; expected/],
  ["adjustLog inv as number", () => exposure.adjustLog(gray(), { inv: wrong(1) }), "ERR_IMAGE_OPTION", /inv is 1; expected true or false$/],
  ["adjustLog detached", () => exposure.adjustLog(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["adjustSigmoid below 0", () => exposure.adjustSigmoid(floats(-1)), "ERR_IMAGE_VALUE", /holds -1; expected/],
  ["adjustSigmoid cutoff", () => exposure.adjustSigmoid(gray(), { cutoff: Infinity }), "ERR_IMAGE_OPTION", /cutoff is Infinity; expected a finite number$/],
  ["adjustSigmoid detached", () => exposure.adjustSigmoid(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["equalizeHist of colour", () => exposure.equalizeHist(rgb()), "ERR_IMAGE_SHAPE", /^exposure\.equalizeHist: image has shape 3 × 4 × 3; expected one channel/],
  ["equalizeHist no bins", () => exposure.equalizeHist(floats(1, 2), { nbins: 0 }), "ERR_IMAGE_OPTION", /nbins is 0; expected a whole number from 1 to 16777216$/],
  ["equalizeHist NaN", () => exposure.equalizeHist(floats(1, Number.NaN)), "ERR_IMAGE_VALUE", /^exposure\.equalizeHist: image holds NaN; expected finite samples$/],
  ["equalizeHist too narrow", () => exposure.equalizeHist(floats(1, 1.0000001)), "ERR_IMAGE_VALUE", /is too narrow for 256 distinct bins$/],
  ["equalizeHist detached", () => exposure.equalizeHist(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["rescaleIntensity range", () => exposure.rescaleIntensity(gray(), { inRange: wrong("int8") }), "ERR_IMAGE_OPTION", /inRange is "int8"; expected two numbers, or one of "image", "dtype", uint8, /],
  ["rescaleIntensity half a range", () => exposure.rescaleIntensity(gray(), { outRange: wrong([1]) }), "ERR_IMAGE_OPTION", /outRange is \[1\]; expected two/],
  ["rescaleIntensity NaN", () => exposure.rescaleIntensity(gray(), { outRange: [0, Number.NaN] }), "ERR_IMAGE_OPTION", /outRange is \[0, NaN\]; expected two/],
  ["rescaleIntensity detached", () => exposure.rescaleIntensity(detached()), "ERR_IMAGE_BUFFER", /detached/],
];
