import { ImageError } from "../errors.ts";
import type { Footprint } from "../footprint.ts";
import {
  type ImageHeader,
  requireImageOrNull,
  requireIntegers,
  requireOneChannel,
  requireSameSize,
} from "../header.ts";
import { checkSamples, Image, type Samples } from "../image.ts";
import { bytesOf, type IsMask, readMask } from "../mask.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { localMinima } from "./local-minima.ts";
import { readNeighbourhood } from "./neighbourhood.ts";
import { neighbours, type Offsets } from "./neighbours.ts";
import { regularSeeds } from "./regular-seeds.ts";
import { type Flood, FloodQueue } from "./flood-queue.ts";

/** Options of `segmentation.watershed`. */
export interface WatershedOptions extends OutOptions<Image<Int32Array>> {
  /** 1 (default): neighbours share an edge; 2: an edge or a corner; a footprint, with markers: its cells, wherever they lie. */
  connectivity?: 1 | 2 | Footprint;
  /** The cell of the footprint, of 3 × 3 for 1 and 2, that stands for the pixel itself. Default `null`: its middle, where both sides are odd. */
  offset?: readonly [row: number, column: number] | null;
  /** Where it is 0 nothing is flooded: one channel of the same size. Default `null`: everywhere. */
  mask?: Image | null;
  /** Above 0, regions of more even sizes: what a pixel of distance from the marker adds to its value. Default 0. */
  compactness?: number;
  /** Leave a line of 0 between regions; does nothing with `compactness`. Default false. */
  watershedLine?: boolean;
}

/** What `segmentation.watershed` is to do, checked and with defaults. */
export interface ResolvedWatershed<M> {
  /** The ways to neighbours where they are not those that share an edge or a corner. */
  readonly connectivity: 1 | 2 | Offsets;
  readonly mask: M | null;
  readonly compactness: number;
  readonly watershedLine: boolean;
}

const OPTIONS: readonly string[] = ["connectivity", "offset", "mask", "compactness", "watershedLine", "out"];

/** How many pixels may come to wait, for each that there is, before what floods a line again is passed over in any case. */
const COMINGS = 32;

/** Checks the arguments of `segmentation.watershed` and applies the defaults; `isMask` as in {@link readMask}. */
export function resolveWatershed<M extends ImageHeader = Image>(
  image: ImageHeader,
  markers?: ImageHeader | number | null,
  options?: WatershedOptions,
  isMask?: IsMask<M>,
): ResolvedWatershed<M> {
  const operation = "segmentation.watershed";
  if (typeof markers !== "number") requireImageOrNull(operation, markers);
  const read = new OptionReader(operation, options, OPTIONS);
  if (typeof markers === "number" && !(Number.isSafeInteger(markers) && markers > 0)) {
    throw read.error(`markers is ${markers}; expected a whole number of at least 1, an Image or null`);
  }
  const resolved = {
    connectivity: readNeighbourhood(read),
    mask: readMask(read, isMask),
    compactness: read.number("compactness", 0, 0),
    watershedLine: read.boolean("watershedLine", false),
  };
  requireOneChannel(operation, image);
  if (image.width * image.height >= 2 ** 31) {
    throw new ImageError("ERR_IMAGE_LIMIT", `${operation}: image has 2147483648 pixels or more; 32 bits number fewer`);
  }
  if (resolved.mask) requireSameSize(operation, resolved.mask, image, "mask", "image");
  if (typeof markers === "number") return resolved;
  if (!markers) {
    if (typeof resolved.connectivity === "number") return resolved;
    throw read.error("neighbours of one's own need markers: local minima are those of connectivity 1 and 2");
  }
  requireOneChannel(operation, markers, "markers");
  requireIntegers(operation, markers, "markers");
  requireSameSize(operation, markers, image, "markers", "image");
  return resolved;
}

/**
 * Floods an image from markers, lowest values first, until their basins meet: scikit-image's `watershed`, pixel for pixel on plateaus too.
 *
 * Pixels wait in a heap by value, which is at least that of the pixel that they were reached from, and by when they came where values are
 * equal, and neighbours come by distance. They take the label when they are reached; with `compactness` or `watershedLine` when their turn comes. Source: P. Neubert and P. Protzel, "Compact watershed
 * and preemptive SLIC", ICPR 2014; P. Soille and L. Vincent, "Determining watersheds in digital pictures via flooding simulations", 1990.
 *
 * @param image one channel, any dtype.
 * @param markers labels of the basins, 0 where there is none: one channel of the same size, `uint8`, `uint16` or `int32`; a whole number:
 * about so many pixels of a grid, within the mask; none or `null` takes the local minima of the image, numbered in raster order.
 * @returns `int32` labels, the same shape; 0 outside of the mask, on lines, and where no marker leads.
 * @throws ImageError `ERR_IMAGE_SHAPE` for sizes that differ or several channels, `ERR_IMAGE_DTYPE` for float markers, `ERR_IMAGE_LIMIT`,
 * `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const watershed: Operation<
  (image: Image, markers?: Image | number | null, options?: WatershedOptions) => Image<Int32Array>
> = dispatchable(
  "segmentation.watershed",
  { on: [0, 1], optionNames: OPTIONS },
  function watershed(image: Image, markers?: Image | number | null, options?: WatershedOptions): Image<Int32Array> {
    checkSamples(image);
    const { connectivity, mask, compactness, watershedLine } = resolveWatershed(image, markers, options);
    const { data, width, height } = image;
    const labels = Int32Array.from(
      markersOf(image, markers, mask) ?? localMinima(image, connectivity as 1 | 2, mask).data,
    );
    const open = Uint8Array.from(labels, (_, i) => (mask && mask.data[i] === 0 ? 0 : 1));
    for (let i = 0; i < labels.length; i++) if (!open[i]) labels[i] = 0;
    const around = neighbours(width, height, connectivity);
    const late = compactness > 0 || watershedLine;
    const queue = new FloodQueue();
    for (let i = 0; i < labels.length; i++) {
      if (labels[i] !== 0) queue.push({ value: data[i]!, age: 0, pixel: i, source: i });
    }
    let markersWaiting = queue.length;
    let age = 0;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const { pixel, source }: Flood = next;
      if (pixel === source) markersWaiting--;
      if (late) {
        if (labels[pixel] !== 0 && pixel !== source) continue;
        // What it reaches comes later than what the first that was here reached: it only matters to the order in which markers of one value
        // leave the heap. Where line lies beside line such pixels double from one to the next.
        if (!open[pixel] && (markersWaiting === 0 || age >= COMINGS * labels.length)) continue;
        const label = labels[source]!;
        const onLine = (): boolean =>
          !open[pixel] || around(pixel).some((i) => open[i] && labels[i] !== 0 && labels[i] !== label);
        // A pixel on a line keeps 0, and others out, but is flooded over.
        if (compactness === 0 && onLine()) open[pixel] = 0;
        else labels[pixel] = label;
      }
      for (const neighbour of around(pixel)) {
        if (!open[neighbour] || labels[neighbour] !== 0) continue;
        let value = data[neighbour]!;
        if (compactness > 0) value += compactness * distance(neighbour, source, width);
        else if (!watershedLine) labels[neighbour] = labels[pixel]!;
        if (value < next.value) value = next.value;
        queue.push({ value, age: ++age, pixel: neighbour, source });
      }
    }
    return new Image(labels, { width, height });
  },
);

/** Labels to flood from; `null` for the local minima. Some may lie outside of the mask. */
export function markersOf(
  image: Image,
  markers: Image | number | null | undefined,
  mask: Image | null,
): Samples | null {
  if (markers === null || markers === undefined) return null;
  if (typeof markers === "number") return seedsWithin(image, markers, mask);
  checkSamples(markers);
  return markers.data;
}

/** As many pixels of a grid as leave about `count` within the mask, numbered in raster order. */
export function seedsWithin(image: ImageHeader, count: number, mask: Image | null): Int32Array {
  const pixels = image.width * image.height;
  const inside = bytesOf(mask)?.reduce((sum, byte) => sum + byte, 0) ?? pixels;
  return regularSeeds(image, Math.trunc(count / (inside / pixels)));
}

function distance(a: number, b: number, width: number): number {
  const [rows, columns] = [Math.floor(a / width) - Math.floor(b / width), (a % width) - (b % width)];
  return Math.sqrt(rows * rows + columns * columns);
}
