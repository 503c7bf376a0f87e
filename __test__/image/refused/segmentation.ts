import { Image, segmentation } from "../../../src/image/index.ts";
import { detached, floats, gray, labels, rgb, rgba, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `segmentation`. */
// oxfmt-ignore
export const segmentationRefusals: readonly Refusal[] = [
  ["clearBorder of colour", () => segmentation.clearBorder(rgb()), "ERR_IMAGE_SHAPE", /labels has shape/],
  ["clearBorder all border", () => segmentation.clearBorder(labels(), { bufferSize: 3 }), "ERR_IMAGE_OPTION", /bufferSize is 3; expected less than the smaller side of labels, 3$/],
  ["clearBorder bgval of another dtype", () => segmentation.clearBorder(gray(), { bgval: -1 }), "ERR_IMAGE_OPTION", /bgval is -1; expected a value of uint8$/],
  ["clearBorder mask an array", () => segmentation.clearBorder(labels(), { mask: wrong([1]) }), "ERR_IMAGE_OPTION", /mask is \[1\]; expected an Image or null$/],
  ["clearBorder mask of another size", () => segmentation.clearBorder(labels(), { mask: floats(1) }), "ERR_IMAGE_SHAPE", /mask has shape 1 × 1; expected the size of labels, 3 × 4$/],
  ["clearBorder detached", () => segmentation.clearBorder(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["clearBorder detached mask", () => segmentation.clearBorder(labels(), { mask: detached() }), "ERR_IMAGE_BUFFER", /detached/],
  ["expandLabels of floats", () => segmentation.expandLabels(floats(1)), "ERR_IMAGE_DTYPE", /labels is float32/],
  ["expandLabels distance -1", () => segmentation.expandLabels(labels(), { distance: -1 }), "ERR_IMAGE_OPTION", /distance is -1; expected a finite number of at least 0$/],
  ["expandLabels spacing 0", () => segmentation.expandLabels(labels(), { spacing: [1, 0] }), "ERR_IMAGE_OPTION", /spacing is \[1, 0\]; expected a finite number above 0, or two/],
  ["expandLabels detached", () => segmentation.expandLabels(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["findBoundaries edges", () => segmentation.findBoundaries(labels(), { mode: wrong("edges") }), "ERR_IMAGE_OPTION", /mode is "edges"; expected one of "thick", "inner", "outer", "subpixel"$/],
  ["findBoundaries of floats", () => segmentation.findBoundaries(floats(1)), "ERR_IMAGE_DTYPE", /labels is float32/],
  ["findBoundaries detached", () => segmentation.findBoundaries(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["markBoundaries over RGBA", () => segmentation.markBoundaries(rgba(), labels()), "ERR_IMAGE_SHAPE", /shape 3 × 4 × 4; expected 1 or 3 channels$/],
  ["markBoundaries other size", () => segmentation.markBoundaries(floats(1), labels()), "ERR_IMAGE_SHAPE", /labels has shape 3 × 4; expected the size of image, 1 × 1$/],
  ["markBoundaries colour name", () => segmentation.markBoundaries(gray(), labels(), { color: wrong("red") }), "ERR_IMAGE_OPTION", /color is "red"; expected three finite numbers$/],
  ["markBoundaries detached", () => segmentation.markBoundaries(gray(), detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["relabelSequential offset 0", () => segmentation.relabelSequential(labels(), { offset: 0 }), "ERR_IMAGE_OPTION", /offset is 0; expected a whole number from 1 to 2147483636$/],
  ["relabelSequential below 0", () => segmentation.relabelSequential(new Image(Int32Array.of(3, -2), { width: 2, height: 1 })), "ERR_IMAGE_VALUE", /^segmentation\.relabelSequential: labels hold -2; expected none below 0$/],
  ["relabelSequential detached", () => segmentation.relabelSequential(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["watershed of colour", () => segmentation.watershed(rgb()), "ERR_IMAGE_SHAPE", /^segmentation\.watershed: image has shape/],
  ["watershed from floats", () => segmentation.watershed(gray(), floats(1)), "ERR_IMAGE_DTYPE", /markers is float32/],
  ["watershed other size", () => segmentation.watershed(floats(1, 2), labels()), "ERR_IMAGE_SHAPE", /markers has shape 3 × 4; expected the size of image, 1 × 2$/],
  ["watershed from a name", () => segmentation.watershed(gray(), wrong("5")), "ERR_IMAGE_DTYPE", /is "5"; expected an Image or null/],
  ["watershed from no markers", () => segmentation.watershed(gray(), 0), "ERR_IMAGE_OPTION", /^segmentation\.watershed: markers is 0; expected a whole number of at least 1, an Image or null$/],
  ["watershed from half a marker", () => segmentation.watershed(gray(), 1.5), "ERR_IMAGE_OPTION", /markers is 1\.5; expected/],
  ["watershed compactness -1", () => segmentation.watershed(gray(), labels(), { compactness: -1 }), "ERR_IMAGE_OPTION", /compactness is -1/],
  ["watershed connectivity 8", () => segmentation.watershed(gray(), labels(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected 1, 2 or a footprint$/],
  ["watershed empty footprint", () => segmentation.watershed(gray(), labels(), { connectivity: [[0]] }), "ERR_IMAGE_OPTION", /connectivity is \[an array of 1\]; expected rows of equal length/],
  ["watershed detached footprint", () => segmentation.watershed(gray(), labels(), { connectivity: wrong(detached()) }), "ERR_IMAGE_BUFFER", /detached/],
  ["watershed minima of a footprint", () => segmentation.watershed(gray(), null, { connectivity: [[1, 1, 0]] }), "ERR_IMAGE_OPTION", /^segmentation\.watershed: neighbours of one's own need markers: local minima are those of connectivity 1 and 2$/],
  ["watershed offset 1", () => segmentation.watershed(gray(), labels(), { offset: wrong(1) }), "ERR_IMAGE_OPTION", /offset is 1; expected the \[row, column\] of a cell of connectivity's 3 × 3, or null$/],
  ["watershed offset outside", () => segmentation.watershed(gray(), labels(), { connectivity: [[1, 1]], offset: [1, 0] }), "ERR_IMAGE_OPTION", /offset is \[1, 0\]; expected the \[row, column\] of a cell of connectivity's 1 × 2, or null$/],
  ["watershed offset < 0", () => segmentation.watershed(gray(), labels(), { offset: [-1, 0] }), "ERR_IMAGE_OPTION", /offset is \[-1, 0\]/],
  ["watershed detached", () => segmentation.watershed(gray(), detached()), "ERR_IMAGE_BUFFER", /detached/],
];
