import { borderIndices } from "../border.ts";
import { footprintOffsets } from "../footprint.ts";
import { Image, SAMPLE_ARRAYS } from "../image.ts";
import type { ResolvedMorphology } from "./gray-options.ts";

/**
 * The least sample in the footprint around each pixel. NaN is passed over: the result is NaN where there is nothing else.
 *
 * @param mirrored turn the footprint by half a turn.
 */
export function eroded(image: Image, { erosionCval, ...rest }: ResolvedMorphology, mirrored: boolean = false): Image {
  return chosen(image, { ...rest, cval: erosionCval }, mirrored, (a, b) => a < b);
}

/** The greatest sample in the footprint around each pixel; otherwise as {@link eroded}. */
export function dilated(image: Image, { dilationCval, ...rest }: ResolvedMorphology, mirrored: boolean = false): Image {
  return chosen(image, { ...rest, cval: dilationCval }, mirrored, (a, b) => a > b);
}

/** The differences of the samples of two images of one dtype. Integers wrap around, as NumPy's do. */
export function difference(a: Image, b: Image): Image {
  const data = new SAMPLE_ARRAYS[a.dtype](a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i]! - b.data[i]!;
  return new Image(data, a);
}

function chosen(
  image: Image,
  { footprint, mode, cval }: Omit<ResolvedMorphology, "erosionCval" | "dilationCval"> & { readonly cval: number },
  mirrored: boolean,
  better: (a: number, b: number) => boolean,
): Image {
  const { width, height, data } = image;
  const [reachDown, reachRight] = [footprint.height >> 1, footprint.width >> 1];
  const rows = borderIndices(mode, height, reachDown);
  const columns = borderIndices(mode, width, reachRight);
  const offsets = footprintOffsets(footprint).map(([r, c]) => (mirrored ? ([-r, -c] as const) : ([r, c] as const)));
  const result = new SAMPLE_ARRAYS[image.dtype](data.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let best = Number.NaN;
      for (const [down, right] of offsets) {
        const r = rows[row + reachDown + down]!;
        const c = columns[column + reachRight + right]!;
        const sample = r < 0 || c < 0 ? cval : data[r * width + c]!;
        if (Number.isNaN(best) || better(sample, best)) best = sample;
      }
      result[row * width + column] = best;
    }
  }
  return new Image(result, image);
}
