import { Image, morphology } from "../../../src/image/index.ts";
import { detached, floats, gray, rgb, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `morphology`. */
// oxfmt-ignore
export const morphologyRefusals: readonly Refusal[] = [
  ["erosion of colour", () => morphology.erosion(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.erosion: image has shape 3 × 4 × 3; expected one channel/],
  ["dilation, empty footprint", () => morphology.dilation(gray(), { footprint: [[0, 0]] }), "ERR_IMAGE_OPTION", /^morphology\.dilation: option footprint is \[an array of 2\]; expected rows of equal length/],
  ["opening, ragged footprint", () => morphology.opening(gray(), { footprint: [[1], [1, 1]] }), "ERR_IMAGE_OPTION", /^morphology\.opening: option footprint/],
  ["closing NumPy's mode", () => morphology.closing(gray(), { mode: wrong("edge") }), "ERR_IMAGE_OPTION", /mode is "edge"; expected one of "reflect", .*"max", "min", "ignore"$/],
  ["whiteTophat cval out of range", () => morphology.whiteTophat(gray(), { mode: "constant", cval: 256 }), "ERR_IMAGE_OPTION", /^morphology\.whiteTophat: option cval is 256; expected a finite number from 0 to 255$/],
  ["blackTophat cval NaN", () => morphology.blackTophat(floats(1), { cval: Number.NaN }), "ERR_IMAGE_OPTION", /cval is NaN; expected a finite number$/],
  ["erosion detached", () => morphology.erosion(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["erosion by a detached footprint", () => morphology.erosion(gray(), { footprint: wrong(detached()) }), "ERR_IMAGE_BUFFER", /detached/],
  ["removeSmallObjects of colour", () => morphology.removeSmallObjects(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.removeSmallObjects: image has shape/],
  ["removeSmallObjects of floats", () => morphology.removeSmallObjects(floats(1)), "ERR_IMAGE_DTYPE", /image is float32; expected a uint8 mask, or labels of uint16 or int32$/],
  ["removeSmallObjects of labels below 0", () => morphology.removeSmallObjects(new Image(Int32Array.of(1, -2), { width: 2, height: 1 })), "ERR_IMAGE_VALUE", /^morphology\.removeSmallObjects: image holds -2; expected labels of at least 0$/],
  ["removeSmallObjects, both sizes", () => morphology.removeSmallObjects(gray(), { maxSize: 3, minSize: 4 }), "ERR_IMAGE_OPTION", /options maxSize and minSize say the same/],
  ["removeSmallObjects maxSize < 0", () => morphology.removeSmallObjects(gray(), { maxSize: -1 }), "ERR_IMAGE_OPTION", /maxSize is -1; expected a whole number of at least 0$/],
  ["removeSmallObjects connectivity 8", () => morphology.removeSmallObjects(gray(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected one of 1, 2$/],
  ["removeSmallHoles of floats", () => morphology.removeSmallHoles(floats(1)), "ERR_IMAGE_DTYPE", /^morphology\.removeSmallHoles: image is float32/],
  ["removeSmallHoles areaThreshold 1.5", () => morphology.removeSmallHoles(gray(), { areaThreshold: 1.5 }), "ERR_IMAGE_OPTION", /areaThreshold is 1\.5/],
  ["removeSmallHoles minSize", () => morphology.removeSmallHoles(gray(), wrong({ minSize: 1 })), "ERR_IMAGE_OPTION", /no option "minSize"; accepted: maxSize, areaThreshold/],
  ["removeSmallHoles detached", () => morphology.removeSmallHoles(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["convexHullImage of colour", () => morphology.convexHullImage(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.convexHullImage: image has shape/],
  ["convexHullImage offsetCoordinates 1", () => morphology.convexHullImage(gray(), { offsetCoordinates: wrong(1) }), "ERR_IMAGE_OPTION", /offsetCoordinates is 1; expected true or false$/],
  ["convexHullImage with a tolerance", () => morphology.convexHullImage(gray(), wrong({ tolerance: 0 })), "ERR_IMAGE_OPTION", /no option "tolerance"/],
  ["convexHullImage detached", () => morphology.convexHullImage(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["distanceTransformEdt of colour", () => morphology.distanceTransformEdt(rgb()), "ERR_IMAGE_SHAPE", /^morphology\.distanceTransformEdt: image has shape 3 × 4 × 3; expected one channel/],
  ["distanceTransformEdt sampling 0", () => morphology.distanceTransformEdt(gray(), { sampling: [1, 0] }), "ERR_IMAGE_OPTION", /sampling is \[1, 0\]; expected a finite number above 0, or two/],
  ["distanceTransformEdt sampling 1e200", () => morphology.distanceTransformEdt(gray(), { sampling: [1e200, 1] }), "ERR_IMAGE_OPTION", /sampling is \[1e\+200, 1\]; expected numbers from 1e-90 to 1e90/],
  ["distanceTransformEdt of nothing", () => morphology.distanceTransformEdt(gray(), { returnDistances: false }), "ERR_IMAGE_OPTION", /returnDistances and returnIndices are both false/],
  ["distanceTransformEdt with indices into one image", () => morphology.distanceTransformEdt(gray(), wrong({ returnIndices: true, out: floats(1) })), "ERR_IMAGE_OPTION", /option out is an object of class Image; expected Images as \{ distances, indices \}, as the result$/],
  ["distanceTransformEdt detached", () => morphology.distanceTransformEdt(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["disk of half a pixel", () => morphology.disk(0.5), "ERR_IMAGE_OPTION", /^morphology\.disk: radius is 0\.5; expected a whole number from 0 to 4095$/],
  ["disk without a radius", () => morphology.disk(wrong(undefined)), "ERR_IMAGE_OPTION", /radius is undefined/],
  ["disk strictRadius 1", () => morphology.disk(1, { strictRadius: wrong(1) }), "ERR_IMAGE_OPTION", /^morphology\.disk: option strictRadius is 1/],
  ["diamond too large", () => morphology.diamond(4096), "ERR_IMAGE_OPTION", /^morphology\.diamond: radius is 4096/],
  ["footprintRectangle of no rows", () => morphology.footprintRectangle([0, 3]), "ERR_IMAGE_OPTION", /^morphology\.footprintRectangle: shape is \[0, 3\]; expected a whole number from 1 to 8191, or two of them/],
  ["footprintRectangle of three sides", () => morphology.footprintRectangle(wrong([1, 2, 3])), "ERR_IMAGE_OPTION", /shape is \[1, 2, 3\]/],
];
