import { Image } from "../image.ts";
import { neighbours } from "./neighbours.ts";

/**
 * The local minima of an image, plateaus of equal value without a lower neighbour, numbered from 1 in raster order: the markers that
 * scikit-image takes when it is given none. A constant image has none.
 *
 * @param mask what counts, after the minima are found; `null`: all.
 */
export function localMinima(image: Image, connectivity: 1 | 2, mask: Image | null): Image<Int32Array> {
  const { data, width, height } = image;
  const around = neighbours(width, height, connectivity);
  /** Visits the pixels joined to `start` that `joins` it, and those next to them. */
  const flood = (start: number, seen: Uint8Array, joins: (pixel: number) => boolean): number[] => {
    const pixels = [start];
    seen[start] = 1;
    for (let i = 0; i < pixels.length; i++) {
      for (const neighbour of around(pixels[i]!)) {
        if (seen[neighbour] || !joins(neighbour)) continue;
        seen[neighbour] = 1;
        pixels.push(neighbour);
      }
    }
    return pixels;
  };
  const minima = new Uint8Array(data.length);
  const seen = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start++) {
    if (seen[start]) continue;
    const plateau = flood(start, seen, (pixel) => data[pixel] === data[start]);
    const lowest = plateau.every((pixel) => around(pixel).every((neighbour) => !(data[neighbour]! < data[start]!)));
    if (lowest && plateau.length < data.length) for (const pixel of plateau) minima[pixel] = 1;
  }
  if (mask) for (let i = 0; i < minima.length; i++) if (mask.data[i] === 0) minima[i] = 0;
  const markers = new Int32Array(data.length);
  const numbered = new Uint8Array(data.length);
  let regions = 0;
  for (let start = 0; start < data.length; start++) {
    if (!minima[start] || numbered[start]) continue;
    regions++;
    for (const pixel of flood(start, numbered, (neighbour) => minima[neighbour] === 1)) markers[pixel] = regions;
  }
  return new Image(markers, { width, height });
}
