import { type Border, SCIPY_BORDERS } from "../border.ts";
import { type Footprint, readFootprint, type ResolvedFootprint } from "../footprint.ts";
import { type ImageHeader, requireOneChannel } from "../header.ts";
import type { DType } from "../image.ts";
import { OptionReader } from "../options.ts";
import type { OutOptions } from "../out.ts";

/**
 * What lies beyond the edge: a border, or the greatest (`"max"`) or least (`"min"`) sample of the dtype, infinite for floats;
 * `"ignore"` is whichever of them changes nothing, `"max"` in an erosion and `"min"` in a dilation.
 */
export type MorphologyMode = Border | "max" | "min" | "ignore";

/** Options of the operations of `morphology` on grey images. */
export interface MorphologyOptions extends OutOptions {
  /** Which neighbours count. Default: the pixel and the four beside it. */
  footprint?: Footprint | null;
  /** What lies beyond the edge. Default `"reflect"`. */
  mode?: MorphologyMode;
  /** The sample beyond the edge with mode `"constant"`, cut to a whole number for integers. Default 0. */
  cval?: number;
}

/** What an operation on grey images is to do, checked and with defaults. */
export interface ResolvedMorphology {
  /** With odd sides, so that a pixel lies in the middle of its own. */
  readonly footprint: ResolvedFootprint;
  readonly mode: Border;
  /** The sample beyond the edge of the image that is eroded, for mode `"constant"`. */
  readonly erosionCval: number;
  /** The same of the image that is dilated. */
  readonly dilationCval: number;
}

export const MORPHOLOGY_OPTIONS: readonly string[] = ["footprint", "mode", "cval", "out"];

const CROSS: ResolvedFootprint = { height: 3, width: 3, cells: Uint8Array.of(0, 1, 0, 1, 1, 1, 0, 1, 0), count: 5 };

const RANGES: Readonly<Record<DType, readonly [least: number, greatest: number]>> = {
  uint8: [0, 2 ** 8 - 1],
  uint16: [0, 2 ** 16 - 1],
  int32: [-(2 ** 31), 2 ** 31 - 1],
  float32: [-Infinity, Infinity],
  float64: [-Infinity, Infinity],
};

const MODES: readonly MorphologyMode[] = [...SCIPY_BORDERS, "max", "min", "ignore"];

/** Checks the arguments of an operation on grey images and applies the defaults. */
export function resolveMorphology(
  operation: string,
  image: ImageHeader,
  options?: MorphologyOptions,
): ResolvedMorphology {
  const read = new OptionReader(operation, options, MORPHOLOGY_OPTIONS);
  const footprint = withOddSides(readFootprint(read) ?? CROSS);
  const mode = read.oneOf("mode", "reflect", MODES);
  const [least, greatest] = RANGES[image.dtype];
  const given = read.number("cval", 0, least, greatest);
  requireOneChannel(operation, image);
  const cval = image.dtype === "float32" ? Math.fround(given) : image.dtype === "float64" ? given : Math.trunc(given);
  switch (mode) {
    case "max":
      return { footprint, mode: "constant", erosionCval: greatest, dilationCval: greatest };
    case "min":
      return { footprint, mode: "constant", erosionCval: least, dilationCval: least };
    case "ignore":
      return { footprint, mode: "constant", erosionCval: greatest, dilationCval: least };
    default:
      return { footprint, mode, erosionCval: cval, dilationCval: cval };
  }
}

/** An even side gets an empty row or column before its first one: the pixel then lies before the middle. */
function withOddSides(given: ResolvedFootprint): ResolvedFootprint {
  const [top, left] = [1 - (given.height % 2), 1 - (given.width % 2)];
  if (top + left === 0) return given;
  const [height, width] = [given.height + top, given.width + left];
  const cells = new Uint8Array(height * width);
  for (let row = 0; row < given.height; row++) {
    const from = row * given.width;
    cells.set(given.cells.subarray(from, from + given.width), (row + top) * width + left);
  }
  return { height, width, cells, count: given.count };
}
