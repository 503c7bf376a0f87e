import type { DType } from "../image.ts";
import { display, isFiniteNumber, type OptionReader } from "../options.ts";
import { INTEGER_LIMITS } from "../sample-range.ts";
import { COLOR_OPTIONS, readColorOptions } from "./color-options.ts";
import { namedColor, type Rgb } from "./named-colors.ts";

/** The colours of regions when none are given: scikit-image's. */
const DEFAULT_COLORS: readonly string[] = [
  "red",
  "blue",
  "yellow",
  "magenta",
  "green",
  "indigo",
  "darkorange",
  "cyan",
  "pink",
  "yellowgreen",
];

/** The options of `color.label2rgb` one by one, before the images are known. */
interface Label2RgbReadings {
  readonly kind: "overlay" | "avg";
  readonly bgLabel: number;
  readonly bgColor: Rgb | null;
  readonly colors: readonly Rgb[];
  readonly alpha: number;
  readonly imageAlpha: number;
  readonly saturation: number;
  /** `bgColor` for kind `"avg"`: a colour in the units of this dtype. */
  backgroundOf(dtype: DType): Rgb;
}

/** The names of the options of `color.label2rgb`. */
export const LABEL2RGB_OPTIONS: readonly string[] = [
  "kind",
  "colors",
  "alpha",
  "bgLabel",
  "bgColor",
  "imageAlpha",
  "saturation",
  ...COLOR_OPTIONS,
];

/** Reads and checks them; throws `ImageError` `ERR_IMAGE_OPTION`. */
export function readLabel2Rgb(options: unknown): Label2RgbReadings {
  const read = readColorOptions("color.label2rgb", options, LABEL2RGB_OPTIONS);
  const bgColor = read.value("bgColor") ?? (read.value("bgColor") === null ? null : [0, 0, 0]);
  const colors = read.value("colors") ?? DEFAULT_COLORS;
  if (!Array.isArray(colors) || colors.length === 0) {
    throw read.invalid("colors", colors, "an array of at least one colour");
  }
  return {
    kind: read.oneOf("kind", "overlay", ["overlay", "avg"]),
    bgLabel: read.integer("bgLabel", 0),
    bgColor: bgColor === null ? null : readColor(read, "bgColor", bgColor),
    colors: [...(colors as unknown[])].map((color, i) => readColor(read, `colors[${i}]`, color)),
    alpha: read.number("alpha", 0.3, 0, 1),
    imageAlpha: read.number("imageAlpha", 1, 0, 1),
    saturation: read.number("saturation", 0, 0, 1),
    backgroundOf(dtype: DType): Rgb {
      const limits = INTEGER_LIMITS[dtype];
      const [least, greatest] = limits ?? [-Infinity, Infinity];
      const numbers = typeof bgColor === "string" ? undefined : this.bgColor;
      if (numbers?.every((value) => value >= least && value <= greatest)) {
        return limits ? (numbers.map(Math.trunc) as unknown as Rgb) : numbers;
      }
      const range = limits ? ` from ${least} to ${greatest}` : "";
      throw read.invalid("bgColor", bgColor, `three numbers${range}, as kind "avg" keeps the image's units (${dtype})`);
    },
  };
}

/** A CSS name, or three numbers; a fourth, opacity, is ignored as in scikit-image. */
function readColor(read: OptionReader, name: string, color: unknown): Rgb {
  if (typeof color === "string") {
    const named = namedColor(color);
    if (named) return named;
    throw read.error(`option ${name} is ${display(color)}; expected a CSS colour name or [red, green, blue]`);
  }
  if (Array.isArray(color) && (color.length === 3 || color.length === 4) && [...color].every(isFiniteNumber)) {
    return color.slice(0, 3) as unknown as Rgb;
  }
  throw read.invalid(name, color, "a CSS colour name or [red, green, blue]");
}
