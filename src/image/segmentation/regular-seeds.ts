import { roundHalfToEven } from "../round-half-to-even.ts";

/** Labels on a grid of about `count` pixels, numbered in raster order: scikit-image's `regular_seeds`. */
export function regularSeeds(
  { width, height }: { readonly width: number; readonly height: number },
  count: number,
): Int32Array {
  const seeds = new Int32Array(width * height);
  if (seeds.length <= count) return seeds.map((_, i) => i + 1);
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)];
  let steps: readonly [number, number] = [Math.sqrt(seeds.length / count), Math.sqrt(seeds.length / count)];
  // A grid as wide as the image has one line of seeds.
  if (shorter < steps[0]) steps = [shorter, longer / count];
  const [down, across] = height <= width ? steps : [steps[1], steps[0]];
  let label = 0;
  for (let row = Math.floor(down / 2); row < height; row += roundHalfToEven(down)) {
    for (let column = Math.floor(across / 2); column < width; column += roundHalfToEven(across)) {
      seeds[row * width + column] = ++label;
    }
  }
  return seeds;
}
