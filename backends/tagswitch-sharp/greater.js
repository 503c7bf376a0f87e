// @ts-check
import { Image } from "tagswitch/image";
import sharp from "sharp";
import { planGreater } from "./plan.js";
import { onImage } from "./sharp-image.js";

/** `util.greater`, on the levels of `uint8`. */
export const greater = onImage(planGreater, async ({ least }, { data, width, height }) => {
  const grey = sharp(data, { limitInputPixels: false, raw: { width, height, channels: 1 } }).toColourspace("b-w");
  const { data: mask, info } = await grey
    .threshold(least)
    .linear(1 / 255, 0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return new Image(mask, info);
});
