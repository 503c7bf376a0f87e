import { ImageError } from "../errors.ts";
import type { Image } from "../image.ts";
import { display } from "../options.ts";
import { pixelsNeeded, type ResolvedRegionprops } from "./region-options.ts";
import type { RegionPixels } from "./region-pixels.ts";

/** What a region is measured by. */
export interface RegionParts {
  /** Its numbers of `regionSums`, with those of each channel of the intensities. */
  readonly sums: readonly Float64Array[];
  readonly pixels: RegionPixels;
  readonly intensity: Image | null;
  /** Of whose intensities it is; `null` where there are none, or several channels. */
  readonly channel: number | null;
  readonly options: ResolvedRegionprops;
}

/** The image of intensities, where there is one. */
export function requireIntensity({ intensity }: RegionParts): Image {
  if (intensity) return intensity;
  throw refused("intensities need an intensity image; none was given");
}

/** The one channel of intensities, and the sums with it, where there are not several. */
export function requireChannel(parts: RegionParts): { channel: number; sums: Float64Array } {
  const { channels } = requireIntensity(parts);
  const { channel, sums } = parts;
  if (channel !== null) return { channel, sums: sums[channel]! };
  throw refused(`intensities have ${channels} channels; expected one: region.channels has a region for each`);
}

/** Refuses pixels of which there is no such property. */
export function requirePixels({ options: { spacing } }: RegionParts, property: string): void {
  const needed = pixelsNeeded(property, spacing);
  if (needed !== null) throw refused(`${property} needs ${needed}; spacing is ${display(spacing)}`);
}

function refused(problem: string): ImageError {
  return new ImageError("ERR_IMAGE_OPTION", `measure.regionprops: ${problem}`);
}
