import { type ImageHeader, requireIntegers, requireOneChannel } from "../header.ts";
import { checkSamples, type Image, zeros } from "../image.ts";
import { nearestSeeds } from "../nearest-seed.ts";
import { OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { readDistanceSpacing, type Spacing } from "../spacing.ts";
import { dispatchable } from "../system.ts";

/** Options of `segmentation.expandLabels`. */
export interface ExpandLabelsOptions extends OutOptions {
  /** How far regions grow at most, in units of `spacing`; at least 0. Default 1. */
  distance?: number;
  /** Height and width of a pixel, above 0. Default 1. */
  spacing?: number | Spacing;
}

/** What `segmentation.expandLabels` is to do, checked and with defaults. */
export interface ResolvedExpandLabels {
  readonly distance: number;
  readonly spacing: Spacing;
}

const OPTIONS: readonly string[] = ["distance", "spacing", "out"];

/** Checks the arguments of `segmentation.expandLabels` and applies the defaults. */
export function resolveExpandLabels(labels: ImageHeader, options?: ExpandLabelsOptions): ResolvedExpandLabels {
  const operation = "segmentation.expandLabels";
  const read = new OptionReader(operation, options, OPTIONS);
  const distance = read.number("distance", 1, 0);
  const spacing = readDistanceSpacing(read);
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  return { distance, spacing };
}

/**
 * The regions, grown into the background without growing into each other: scikit-image's `expand_labels`.
 *
 * A background pixel takes the label of the nearest pixel that has one. Of several at the same distance that in the lowest column wins,
 * and in that column the uppermost, as in SciPy's `distance_transform_edt`, which scikit-image asks.
 *
 * @param labels one channel, `uint8`, `uint16` or `int32`; background 0.
 * @returns the same dtype and shape.
 * @throws ImageError `ERR_IMAGE_SHAPE` for several channels, `ERR_IMAGE_DTYPE` for floats, `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`.
 */
export const expandLabels: Operation<(labels: Image, options?: ExpandLabelsOptions) => Image> = dispatchable(
  "segmentation.expandLabels",
  { on: [0], optionNames: OPTIONS },
  function expandLabels(labels: Image, options?: ExpandLabelsOptions): Image {
    checkSamples(labels);
    const { distance, spacing } = resolveExpandLabels(labels, options);
    const isLabel = Uint8Array.from(labels.data, (label) => (label === 0 ? 0 : 1));
    const { places } = nearestSeeds(isLabel, labels, spacing, distance);
    const expanded: Image = zeros(labels.dtype, labels);
    places.forEach((seed, i) => {
      if (seed >= 0) expanded.data[i] = labels.data[seed]!;
    });
    return expanded;
  },
);
