import type { Image } from "../image.ts";
import { INTEGER_LIMITS } from "../sample-range.ts";

/** Black and white: the samples that are shown so. */
export type DisplayRange = readonly [black: number, white: number];

/** How many samples tell whether contrast is low. */
const JUDGED = 2 ** 16;

/**
 * Which samples to show as black and as white: those of scikit-image's `imshow`.
 *
 * From 0 to the dtype's limit, 1 for floats. Where samples are negative, 0 is in the middle; where they do not fit the limit, or
 * differ by less than a twentieth of it (`is_low_contrast`, here by some of the samples), from the least to the greatest. NaN and
 * infinities do not count, and opacity does not.
 */
export function displayRange(image: Image): DisplayRange {
  const [least, greatest] = colourRange(image);
  if (least < 0) return [-Math.max(-least, greatest), Math.max(-least, greatest)];
  const [lowest, limit] = INTEGER_LIMITS[image.dtype] ?? [-1, 1];
  const stretched = greatest > limit || (greatest > least && spread(image) < 0.05 * (limit - lowest));
  return stretched ? [least, greatest] : [0, limit];
}

/** The channels that are not opacity. */
export function colourChannels({ channels, alpha }: Image): number {
  return alpha ? channels - 1 : channels;
}

function colourRange(image: Image): [least: number, greatest: number] {
  const { data, channels } = image;
  const colours = colourChannels(image);
  let [least, greatest] = [Infinity, -Infinity];
  for (let pixel = 0; pixel < data.length; pixel += channels) {
    for (let i = pixel; i < pixel + colours; i++) {
      const sample = data[i]!;
      if (!Number.isFinite(sample)) continue;
      if (sample < least) least = sample;
      if (sample > greatest) greatest = sample;
    }
  }
  return least <= greatest ? [least, greatest] : [0, 0];
}

/** What lies between the first and the last hundredth of the samples. */
function spread(image: Image): number {
  const { data, width, height, channels } = image;
  const colours = colourChannels(image);
  const samples = width * height * colours;
  // Odd, so that neither channels nor columns of even widths are left out.
  const step = 2 * Math.floor(samples / JUDGED / 2) + 1;
  const judged: number[] = [];
  for (let i = 0; i < samples; i += step) {
    const sample = data[Math.floor(i / colours) * channels + (i % colours)]!;
    if (Number.isFinite(sample)) judged.push(sample);
  }
  judged.sort((a, b) => a - b);
  const at = (share: number): number => judged[Math.round(share * (judged.length - 1))] ?? 0;
  return at(0.99) - at(0.01);
}
