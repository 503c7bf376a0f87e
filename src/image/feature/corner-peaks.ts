import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image, zeros } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { type Peak, PEAK_OPTIONS, type PeakOptions, readPeaks, type ResolvedPeaks } from "./peak-options.ts";
import { findPeaks } from "./peaks.ts";
import { spaced, within } from "./spacing.ts";

/** Options of `feature.cornerPeaks`. */
export interface CornerPeaksOptions extends PeakOptions {
  /** Give the places of peaks; else a mask. Default true. */
  indices?: boolean;
}

/** What `feature.cornerPeaks` is to do, checked and with defaults. */
export interface ResolvedCornerPeaks extends ResolvedPeaks {
  readonly indices: boolean;
}

type Places = (image: Image, options?: CornerPeaksOptions & { indices?: true }) => Peak[];
type Mask = (image: Image, options: CornerPeaksOptions & { indices: false }) => Image<Uint8Array>;

/** `feature.cornerPeaks`, by what it is to give. */
export type CornerPeaks = Operation<Mask> & Operation<Places>;

const OPTIONS: readonly string[] = [...PEAK_OPTIONS, "indices"];

/** Checks the arguments of `feature.cornerPeaks` and applies the defaults. */
export function resolveCornerPeaks(image: ImageHeader, options?: CornerPeaksOptions): ResolvedCornerPeaks {
  const operation = "feature.cornerPeaks";
  const read = new OptionReader(operation, options, OPTIONS);
  return { ...readPeaks(operation, read, image), indices: read.boolean("indices", true) };
}

/**
 * The peaks of a corner detector's response: scikit-image's `corner_peaks`.
 *
 * Those of `feature.peakLocalMax`, by the distance along rows and columns whatever `pNorm` is; of these each that is not within
 * `minDistance`, by `pNorm`, of one before it, and so of a plateau only the first. `numPeaks` counts what is left then.
 *
 * @param image one channel, any dtype.
 * @returns the peaks as `feature.peakLocalMax` orders them; with `indices: false` a mask of the same size, `uint8` of 0 and 1.
 * @throws ImageError as `feature.peakLocalMax`.
 */
export const cornerPeaks: CornerPeaks = dispatchable<Places>(
  "feature.cornerPeaks",
  { on: [0], optionNames: OPTIONS },
  function cornerPeaks(image: Image, options?: CornerPeaksOptions) {
    checkSamples(image);
    const resolved = resolveCornerPeaks(image, options);
    const { minDistance, pNorm, numPeaks } = resolved;
    const found = findPeaks(image, { ...resolved, numPeaks: Infinity, pNorm: Infinity });
    const peaks = spaced(found, minDistance, within(minDistance, pNorm, true), numPeaks);
    return peaksOrMask(image, peaks, resolved);
  } as Places,
) as CornerPeaks;

/** The peaks, or a mask of them. */
export function peaksOrMask(
  { width, height }: ImageHeader,
  peaks: Peak[],
  { indices }: ResolvedCornerPeaks,
): Peak[] | Image<Uint8Array> {
  if (indices) return peaks;
  const mask = zeros("uint8", { width, height });
  for (const [row, column] of peaks) mask.data[row * width + column] = 1;
  return mask;
}
