// @ts-check
import { Image } from "tagswitch/image";
import { onImage } from "./sharp-image.js";
import { correlate } from "./pipeline.js";
import { planGaussian, planSobel } from "./plan.js";

/** @typedef {Float32Array | Float64Array} Floats */

/** `filters.gaussian`: a pass down and one along, over each channel by itself. */
export const gaussian = onImage(planGaussian, async ({ passes, border }, image) => {
  const blurred = await Promise.all(
    planes(image).map(async (plane) => {
      for (const pass of passes) plane = await correlate(plane, pass, border);
      return plane;
    }),
  );
  return interleaved(blurred, image);
});

/** `filters.sobel`: libvips makes the derivatives, their magnitude is put together here. */
export const sobel = onImage(planSobel, async ({ derivatives, border }, image) => {
  const [down, right] = await Promise.all(derivatives.map((derivative) => correlate(image, derivative, border)));
  if (!down) throw new Error("a plan without derivatives");
  if (!right) return down;
  const magnitude = down.data.map((_, i) => Math.sqrt((down.data[i] ** 2 + right.data[i] ** 2) / 2));
  return new Image(/** @type {Floats} */ (magnitude), image);
});

/** @param {Image} image @returns {Image[]} its channels */
function planes(image) {
  const { data, width, height, channels } = image;
  if (channels === 1) return [image];
  return Array.from({ length: channels }, (_, channel) => {
    const plane = data.slice(0, width * height);
    for (let i = 0; i < plane.length; i++) plane[i] = data[i * channels + channel];
    return new Image(plane, { width, height });
  });
}

/** @param {readonly Image[]} channelImages @param {Image} like the geometry @returns {Image} */
function interleaved(channelImages, { width, height, channels, alpha }) {
  const data = new (channelImages[0].dtype === "float64" ? Float64Array : Float32Array)(width * height * channels);
  channelImages.forEach((plane, channel) => {
    for (let i = 0; i < plane.data.length; i++) data[i * channels + channel] = plane.data[i];
  });
  return new Image(data, { width, height, channels, alpha });
}
