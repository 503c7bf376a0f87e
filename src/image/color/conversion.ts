// What conversions between colour spaces share: each is a function of a pixel's three intensities.
import { ImageError } from "../errors.ts";
import { type ImageHeader, shape } from "../header.ts";
import type { Image } from "../image.ts";
import { floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";

/** The three numbers of a pixel, or of a colour. */
export type Triple = readonly [number, number, number];

/** Refuses an image without exactly three channels, with `ERR_IMAGE_SHAPE`. */
export function requireThreeChannels(operation: string, image: ImageHeader): void {
  if (image.channels === 3) return;
  const advice: Record<number, string> = {
    1: "; color.gray2rgb makes them of one",
    4: "; if the fourth is opacity, blend it in with color.rgba2rgb first",
  };
  const problem = `image has shape ${shape(image)}; expected 3 channels${advice[image.channels] ?? ""}`;
  throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: ${problem}`);
}

/** Every pixel of an image of three channels, converted; `float64` for `float64` input, else `float32`. */
export function converted(image: Image, convert: (pixel: Triple) => Triple): Image {
  const samples = scaled(image, INTENSITY_SCALE[image.dtype]);
  for (let i = 0; i < samples.length; i += 3) {
    samples.set(convert([samples[i]!, samples[i + 1]!, samples[i + 2]!]), i);
  }
  const { width, height } = image;
  return rounded(samples, floatDType(image.dtype), { width, height, channels: 3 });
}

/** A matrix, row by row, times a column. */
export function product(matrix: readonly [Triple, Triple, Triple], [a, b, c]: Triple): Triple {
  const [first, second, third] = matrix;
  const row = ([x, y, z]: Triple): number => x * a + y * b + z * c;
  return [row(first), row(second), row(third)];
}
