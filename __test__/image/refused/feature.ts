import { feature } from "../../../src/image/index.ts";
import { detached, floats, gray, labels, rgb, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `feature`. */
// oxfmt-ignore
export const featureRefusals: readonly Refusal[] = [
  ["canny of colour", () => feature.canny(rgb()), "ERR_IMAGE_SHAPE", /^feature\.canny: image has shape 3 × 4 × 3; expected one channel; color\.rgb2gray/],
  ["canny sigma < 0", () => feature.canny(gray(), { sigma: -1 }), "ERR_IMAGE_OPTION", /sigma is -1; expected a finite number of at least 0/],
  ["canny sigma huge", () => feature.canny(gray(), { sigma: 1e9 }), "ERR_IMAGE_LIMIT", /^feature\.canny: .*radius 4000000000; at most 65535/],
  ["canny threshold NaN", () => feature.canny(gray(), { lowThreshold: Number.NaN }), "ERR_IMAGE_OPTION", /lowThreshold is NaN; expected a finite number$/],
  ["canny thresholds reversed", () => feature.canny(gray(), { lowThreshold: 9, highThreshold: 8 }), "ERR_IMAGE_OPTION", /highThreshold is 8; expected at least lowThreshold, 9$/],
  ["canny low above the default", () => feature.canny(gray(), { lowThreshold: 60 }), "ERR_IMAGE_OPTION", /highThreshold is 51 by default; expected at least lowThreshold, 60$/],
  ["canny share above 1", () => feature.canny(gray(), { useQuantiles: true, highThreshold: 90 }), "ERR_IMAGE_OPTION", /highThreshold is 90; expected a finite number from 0 to 1$/],
  ["canny mask of another size", () => feature.canny(gray(), { mask: floats(1) }), "ERR_IMAGE_SHAPE", /mask has shape 1 × 1; expected the size of image, 3 × 4$/],
  ["canny mask of numbers", () => feature.canny(labels(), { mask: wrong([1]) }), "ERR_IMAGE_OPTION", /mask is \[1\]; expected an Image or null$/],
  ["canny NumPy's mode", () => feature.canny(gray(), { mode: wrong("edge") }), "ERR_IMAGE_OPTION", /mode is "edge"/],
  ["canny detached", () => feature.canny(detached()), "ERR_IMAGE_BUFFER", /detached/],
];
