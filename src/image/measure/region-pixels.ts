import { type Image, zeros } from "../image.ts";
import { convex } from "./region-shape.ts";
import { SUMS } from "./region-sums.ts";

type Box = [minRow: number, minColumn: number, maxRow: number, maxColumn: number];

/** The pixels of one region: where they lie in the label image, and what is cut out of images in its bounding box. */
export class RegionPixels {
  readonly label: number;
  readonly #box: Box;
  readonly #labels: Image;
  #convex: Image<Uint8Array> | undefined;
  #mask: Image<Uint8Array> | undefined;

  /** @param sums the region's numbers of `regionSums`. */
  constructor(sums: Float64Array, labels: Image) {
    this.label = sums[SUMS.label]!;
    this.#box = [...sums.subarray(SUMS.bbox, SUMS.bbox + 4)] as Box;
    this.#labels = labels;
  }

  get bbox(): Box {
    return [...this.#box];
  }

  get mask(): Image<Uint8Array> {
    return (this.#mask ??= this.#cut(zeros("uint8", this.#size), () => 1));
  }

  get convex(): Image<Uint8Array> {
    return (this.#convex ??= convex(this.mask));
  }

  /** Row and column of every pixel, in raster order. */
  get places(): [row: number, column: number][] {
    const { data, width } = this.mask;
    const [top, left] = this.#box;
    return [...data].flatMap((inside, i) => (inside ? [[top + Math.floor(i / width), left + (i % width)]] : []));
  }

  /** The samples of an image in the bounding box, 0 outside of the region. */
  samples({ data, dtype }: Image): Image {
    return this.#cut(zeros(dtype, this.#size), (i) => data[i]!);
  }

  /** The median of an image in the region. */
  median({ data, width }: Image): number {
    const sorted = Float64Array.from(this.places, ([row, column]) => data[row * width + column]!).sort();
    const middle = sorted.length >> 1;
    // NaN, which is sorted to the end, makes the median NaN.
    if (Number.isNaN(sorted.at(-1))) return Number.NaN;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }

  get #size(): { width: number; height: number } {
    const [top, left, bottom, right] = this.#box;
    return { width: right - left, height: bottom - top };
  }

  /** Fills an image of the bounding box, where the region is, by the indices of the whole. */
  #cut<I extends Image>(image: I, sampleAt: (index: number) => number): I {
    const { data, width } = this.#labels;
    const [top, left] = this.#box;
    for (let i = 0; i < image.data.length; i++) {
      const index = (top + Math.floor(i / image.width)) * width + left + (i % image.width);
      if (data[index] === this.label) image.data[i] = sampleAt(index);
    }
    return image;
  }
}
