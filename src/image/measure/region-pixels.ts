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

  /** The samples of an image in the bounding box, of one channel or of all (`null`), 0 outside of the region. */
  samples({ channels, data, dtype }: Image, channel: number | null): Image {
    const image: Image = zeros(dtype, { ...this.#size, channels: channel === null ? channels : 1 });
    return this.#cut(image, (pixel, c) => data[pixel * channels + (channel ?? c)]!);
  }

  /** The median of one channel of an image in the region. */
  median({ channels, data, width }: Image, channel: number): number {
    const sorted = Float64Array.from(
      this.places,
      ([row, column]) => data[(row * width + column) * channels + channel]!,
    ).sort();
    const middle = sorted.length >> 1;
    // NaN, which is sorted to the end, makes the median NaN.
    if (Number.isNaN(sorted.at(-1))) return Number.NaN;
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  }

  get #size(): { width: number; height: number } {
    const [top, left, bottom, right] = this.#box;
    return { width: right - left, height: bottom - top };
  }

  /** Fills an image of the bounding box, where the region is, by the indices of the whole's pixels and their channels. */
  #cut<I extends Image>(image: I, sampleAt: (pixel: number, channel: number) => number): I {
    const { data, width } = this.#labels;
    const [top, left] = this.#box;
    for (let i = 0; i < image.width * image.height; i++) {
      const pixel = (top + Math.floor(i / image.width)) * width + left + (i % image.width);
      if (data[pixel] !== this.label) continue;
      for (let c = 0; c < image.channels; c++) image.data[i * image.channels + c] = sampleAt(pixel, c);
    }
    return image;
  }
}
