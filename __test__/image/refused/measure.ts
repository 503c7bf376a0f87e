import { measure } from "../../../src/image/index.ts";
import { detached, floats, gray, labels, rgb, wrong } from "./inputs.ts";
import type { Refusal } from "./refusal.ts";

/** Bad input of `measure`. */
// oxfmt-ignore
export const measureRefusals: readonly Refusal[] = [
  ["label of colour", () => measure.label(rgb()), "ERR_IMAGE_SHAPE", /^measure\.label: image has shape/],
  ["label connectivity 8", () => measure.label(gray(), { connectivity: wrong(8) }), "ERR_IMAGE_OPTION", /connectivity is 8; expected one of 1, 2, null$/],
  ["label background 0.5", () => measure.label(gray(), { background: 0.5 }), "ERR_IMAGE_OPTION", /background is 0\.5; expected a whole number$/],
  ["label detached", () => measure.label(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["moments of colour", () => measure.moments(rgb()), "ERR_IMAGE_SHAPE", /^measure\.moments: image has shape/],
  ["moments order 17", () => measure.moments(gray(), { order: 17 }), "ERR_IMAGE_OPTION", /order is 17; expected a whole number from 0 to 16$/],
  ["moments about text", () => measure.momentsCentral(gray(), { center: wrong("1,2") }), "ERR_IMAGE_OPTION", /center is "1,2"; expected \[row, column\] or null$/],
  ["moments about NaN", () => measure.momentsCentral(gray(), { center: [0, Number.NaN] }), "ERR_IMAGE_OPTION", /center is \[0, NaN\]/],
  ["momentsHu of an order", () => measure.momentsHu(gray(), wrong({ order: 3 })), "ERR_IMAGE_OPTION", /no option "order"/],
  ["momentsHu detached", () => measure.momentsHu(detached()), "ERR_IMAGE_BUFFER", /detached/],
  ["regionprops of floats", () => measure.regionprops(floats(1, 2)), "ERR_IMAGE_DTYPE", /^measure\.regionprops: labels is float32; expected uint8, uint16 or int32$/],
  ["regionprops of colour", () => measure.regionprops(rgb()), "ERR_IMAGE_SHAPE", /labels has shape 3 × 4 × 3; expected one channel/],
  ["regionprops other size", () => measure.regionprops(labels(), floats(1)), "ERR_IMAGE_SHAPE", /intensity has shape 1 × 1; expected the size of labels, 3 × 4$/],
  ["regionprops colour intensities", () => measure.regionprops(labels(), rgb()), "ERR_IMAGE_SHAPE", /intensity has 3 channels; expected one$/],
  ["regionprops options second", () => measure.regionprops(labels(), wrong({ cache: true })), "ERR_IMAGE_DTYPE", /expected an Image or null; options come third$/],
  ["regionprops without intensities", () => measure.regionprops(gray())[0]?.intensityMean, "ERR_IMAGE_OPTION", /intensities need an intensity image; none was given$/],
  ["regionpropsTable Python's name", () => measure.regionpropsTable(labels(), null, { properties: wrong(["area_bbox"]) }), "ERR_IMAGE_OPTION", /properties has "area_bbox"; expected names such as/],
  ["regionpropsTable of an image", () => measure.regionpropsTable(labels(), null, { properties: wrong(["image"]) }), "ERR_IMAGE_OPTION", /properties has "image"/],
  ["regionpropsTable one property", () => measure.regionpropsTable(labels(), null, { properties: wrong("area") }), "ERR_IMAGE_OPTION", /properties is "area"; expected an array of names of properties$/],
  ["regionpropsTable without intensities", () => measure.regionpropsTable(labels(), null, { properties: ["intensityMax"] }), "ERR_IMAGE_OPTION", /"intensityMax", which needs an intensity image; none was given$/],
  ["regionpropsTable separator 1", () => measure.regionpropsTable(labels(), null, { separator: wrong(1) }), "ERR_IMAGE_OPTION", /separator is 1; expected text$/],
  ["regionpropsTable detached", () => measure.regionpropsTable(detached()), "ERR_IMAGE_BUFFER", /detached/],
];
