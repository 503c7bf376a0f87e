import { ImageError } from "../errors.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import { OptionReader } from "../options.ts";

/** What is too small, and what is a neighbour, checked and with defaults. */
export interface ResolvedSmall {
  /** The size in pixels below which a region goes. */
  readonly keptSize: number;
  readonly connectivity: 1 | 2;
}

/**
 * Checks the arguments of `operation` and applies the defaults.
 *
 * @param older the deprecated option beside `maxSize`, which keeps regions of its own size.
 */
export function resolveSmall(operation: string, older: string, image: ImageHeader, options: unknown): ResolvedSmall {
  const read = new OptionReader(operation, options, ["maxSize", older, "connectivity", "out"]);
  if (read.value("maxSize") !== undefined && read.value(older) !== undefined) {
    throw read.error(`options maxSize and ${older} say the same; expected one of them`);
  }
  const keptSize = read.value(older) === undefined ? read.integer("maxSize", 64, 0) + 1 : read.integer(older, 64, 0);
  const connectivity = read.oneOf("connectivity", 1, [1, 2]);
  requireOneChannel(operation, image);
  if (image.dtype === "float32" || image.dtype === "float64") {
    const problem = `image is ${image.dtype}; expected a uint8 mask, or labels of uint16 or int32`;
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${problem}`);
  }
  return { keptSize, connectivity };
}

/** Refuses labels below 0, with `ERR_IMAGE_VALUE`. */
export function requireLabels(operation: string, least: number): void {
  if (least >= 0) return;
  throw new ImageError("ERR_IMAGE_VALUE", `${operation}: image holds ${least}; expected labels of at least 0`);
}
