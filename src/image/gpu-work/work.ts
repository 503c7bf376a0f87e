// What each operation has to do, in units that are the same on every device: a profile says how fast these are.
import { type DType, SAMPLE_ARRAYS } from "../image.ts";
import type { ImageHeader } from "../header.ts";

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

/** The deviation and the kernel radius of a Gaussian, for rows and columns. */
export interface Scale {
  readonly sigma: readonly [row: number, column: number];
  readonly radius: readonly [row: number, column: number];
}

/** Of the images and options, what the work depends on. */
export interface WorkOptions {
  /** Kernel radii of a Gaussian, for rows and columns. */
  readonly radius?: readonly [row: number, column: number];
  /** Those of a wider one beside it. */
  readonly wide?: readonly [row: number, column: number];
  /** Gaussians of several scales. */
  readonly scales?: readonly Scale[];
  /** How many neighbours a median has. */
  readonly neighbours?: number;
  /** Whether it is one among levels, those inside the image. */
  readonly ranked?: boolean;
  /** Channels that are counted by themselves, and 1 where all are counted together. */
  readonly lists?: number;
  /** Of a spline through the image. */
  readonly degree?: number;
  /** Pixels whose places come one by one. */
  readonly places?: number;
  /** Whether only the pixels under a mask count. */
  readonly masked?: boolean;
  /** Rows and columns of a window. */
  readonly window?: readonly [rows: number, columns: number];
  /** Whether the similarity at each sample is asked for. */
  readonly full?: boolean;
  /** Whether the derivative of the similarity is asked for. */
  readonly gradient?: boolean;
  /** Sides of a footprint, and how many of its cells count. */
  readonly footprint?: { readonly height: number; readonly width: number; readonly count: number };
}

/** An image that a call takes: the first one gives the size. */
export type WorkImage = Pick<ImageHeader, "width" | "height" | "channels" | "dtype">;

/** The work of a call, by its images and what of its options matters. */
export type WorkOf = (images: readonly [WorkImage, ...WorkImage[]], options: WorkOptions) => Work;

/** An operation of one kernel that reads its input and writes its result once, on either side. */
export function onePass(up: number, down: number, gpuTaps: Taps, nativeTaps: Taps): Work {
  const moved = up + down;
  return { gpu: { up, down, kernels: 1, waits: 1, moved, taps: gpuTaps }, native: { moved, taps: nativeTaps } };
}

/** One pass over samples whose extremes are waited for before; so many taps on either side. */
export function afterExtrema(image: WorkImage, bytes: number, gpuTaps: number, nativeTaps: number): Work {
  const [samples, up] = [samplesOf(image), bytesOf(image)];
  const [down, moved] = [bytes * samples, 2 * up + bytes * samples];
  return {
    gpu: { up, down, kernels: 2, waits: 2, moved, taps: (1 + gpuTaps) * samples },
    native: { moved, taps: (1 + nativeTaps) * samples },
  };
}

/** Bytes of the samples. */
export function bytesOf({ width, height, channels, dtype }: WorkImage): number {
  return width * height * channels * sampleBytes(dtype);
}

/** How many samples. */
export function samplesOf({ width, height, channels }: WorkImage): number {
  return width * height * channels;
}

function sampleBytes(dtype: DType): number {
  return SAMPLE_ARRAYS[dtype].BYTES_PER_ELEMENT;
}
