// What each operation has to do, in units that are the same on every device: a profile says how fast these are.
import { type DType, SAMPLE_ARRAYS } from "./image.ts";
import type { ImageHeader } from "./header.ts";

/**
 * The unit of arithmetic: one sample of a Gaussian's window, weighed and added. Other kernels are stated in it, by their
 * times beside the Gaussian's.
 */
type Taps = number;

/** What one call has to do on either side, for images that lie in main memory. */
export interface Work {
  readonly gpu: {
    /** Bytes of the images that go there. */
    readonly up: number;
    /** Bytes of the result. */
    readonly down: number;
    /** Kernels that run. */
    readonly kernels: number;
    /** Times that the call waits for the GPU, its result included. */
    readonly waits: number;
    /** Bytes that kernels read and write. */
    readonly moved: number;
    readonly taps: Taps;
  };
  readonly native: {
    /** Bytes read and written. */
    readonly moved: number;
    readonly taps: Taps;
  };
}

/** Of the images and options, what the work depends on. */
export interface WorkOptions {
  /** Kernel radii of a Gaussian, for rows and columns. */
  readonly radius?: readonly [row: number, column: number];
}

/** An image that a call takes: the first one gives the size. */
export type WorkImage = Pick<ImageHeader, "width" | "height" | "channels" | "dtype">;

type WorkOf = (images: readonly [WorkImage, ...WorkImage[]], options: WorkOptions) => Work;

/** The operations with known work, by name. */
export const WORK: ReadonlyMap<string, WorkOf> = new Map(
  Object.entries({
    "color.rgb2gray": ([image]) => {
      const pixels = image.width * image.height;
      const [up, down] = [bytesOf(image), 4 * pixels];
      return onePass(up, down, 1.5 * pixels, 16 * pixels);
    },
    "color.gray2rgb": ([image]) => onePass(bytesOf(image), 3 * bytesOf(image), 0, 0),
    "filters.gaussian": ([image], { radius = [4, 4] }) => {
      const samples = image.width * image.height * image.channels;
      const [up, down] = [bytesOf(image), 4 * samples];
      const passes = radius.filter((one) => one > 0);
      const window = passes.reduce((taps, one) => taps + 2 * one + 1, 0);
      const kernels = Math.max(passes.length, 1);
      return {
        // A pass costs as much as 8 taps besides its window: positions, the tile's edges.
        gpu: {
          up,
          down,
          kernels,
          waits: 1,
          moved: up + down * (2 * kernels - 1),
          taps: (window + 8 * kernels) * samples,
        },
        native: { moved: up + down * (2 * kernels - 1), taps: (window + 4 * kernels) * samples },
      };
    },
    "filters.sobel": ([image]) => {
      const pixels = image.width * image.height;
      return onePass(bytesOf(image), 4 * pixels, 4 * pixels, 16 * pixels);
    },
    "filters.thresholdOtsu": ([image]) => {
      const pixels = image.width * image.height;
      const up = bytesOf(image);
      const bins = { uint8: 256, uint16: 65_536, int32: 65_536, float32: 256, float64: 256 }[image.dtype];
      // Bytes and 16-bit samples are their own bins; others are searched for their extremes before.
      const bounded = image.dtype === "uint8" || image.dtype === "uint16";
      return {
        gpu: {
          up,
          down: 4 * bins,
          kernels: bounded ? 2 : 4,
          waits: bounded ? 1 : 2,
          moved: bounded ? up : 2 * up,
          taps: (bounded ? 2 : 12) * pixels,
        },
        native: { moved: bounded ? up : 2 * up, taps: (bounded ? 5 : 50) * pixels + 2 * bins },
      };
    },
    "measure.label": ([image]) => {
      const pixels = image.width * image.height;
      const [up, down] = [bytesOf(image), 4 * pixels];
      return {
        // Two rounds of union and find, a prefix sum in three kernels, and the numbers put in place.
        gpu: { up, down, kernels: 8, waits: 1, moved: 2 * up + 14 * down, taps: 50 * pixels },
        native: { moved: 2 * up + 4 * down, taps: 120 * pixels },
      };
    },
    "color.label2rgb": ([labels, under]) => {
      const pixels = labels.width * labels.height;
      const up = bytesOf(labels) + (under ? bytesOf(under) : 0);
      const down = 12 * pixels;
      // Labels of 32 bits are searched for their extremes before.
      const waits = labels.dtype === "int32" ? 2 : 1;
      return {
        gpu: { up, down, kernels: 3 + 2 * waits, waits, moved: waits * up + 8 * pixels + down, taps: 12 * pixels },
        native: { moved: 2 * up + down, taps: (under ? 64 : 32) * pixels },
      };
    },
    "util.greater": ([image]) => {
      const samples = image.width * image.height * image.channels;
      return onePass(bytesOf(image), samples, 0, 0);
    },
    "util.invert": ([image]) => onePass(bytesOf(image), bytesOf(image), 0, 0),
  } satisfies Record<string, WorkOf>),
);

/** An operation of one kernel that reads its input and writes its result once, on either side. */
function onePass(up: number, down: number, gpuTaps: Taps, nativeTaps: Taps): Work {
  const moved = up + down;
  return { gpu: { up, down, kernels: 1, waits: 1, moved, taps: gpuTaps }, native: { moved, taps: nativeTaps } };
}

function bytesOf({ width, height, channels, dtype }: WorkImage): number {
  return width * height * channels * sampleBytes(dtype);
}

function sampleBytes(dtype: DType): number {
  return SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT;
}
