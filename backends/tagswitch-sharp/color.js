// @ts-check
import { Image } from "tagswitch/image";
import { correlate } from "./pipeline.js";
import { planRgb2Gray } from "./plan.js";
import { onImage } from "./sharp-image.js";

/**
 * `color.rgb2gray`: libvips weighs the channels as neighbours of green. Its own way, `recomb`, cuts all but 8-bit samples.
 */
export const rgb2gray = onImage(planRgb2Gray, async ({ weights }, { data, width, height }) => {
  const weighed = await correlate(new Image(data, { width: 3 * width, height }), weights, "nearest");
  const gray = weighed.data.slice(0, width * height);
  for (let i = 0; i < gray.length; i++) gray[i] = weighed.data[3 * i + 1];
  return new Image(gray, { width, height });
});
