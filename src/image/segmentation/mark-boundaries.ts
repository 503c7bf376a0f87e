import { ImageError } from "../errors.ts";
import { type ImageHeader, requireIntegers, requireOneChannel, requireSameSize, shape } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { type FloatDType, floatDType, INTENSITY_SCALE, rounded, scaled } from "../intensity.ts";
import { isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import type { OutOptions } from "../out.ts";
import { dispatchable } from "../system.ts";
import { crossings } from "../transform/resampling.ts";
import { spline, type Taps } from "../transform/spline.ts";
import { BOUNDARY_MODES, boundariesOf, type BoundaryMode } from "./find-boundaries.ts";

/** Red, green and blue. */
type Color = readonly [red: number, green: number, blue: number];

/** Options of `segmentation.markBoundaries`. */
export interface MarkBoundariesOptions extends OutOptions {
  /** Of the boundaries: intensities. Default yellow, `[1, 1, 0]`. */
  color?: Color;
  /** Of the pixels around the boundaries. Default `null`: they stay. */
  outlineColor?: Color | null;
  /** As of `segmentation.findBoundaries`. Default `"outer"`. */
  mode?: BoundaryMode;
  /** The label of the background. Default 0. */
  backgroundLabel?: number;
}

/** What `segmentation.markBoundaries` is to do, checked and with defaults. */
export interface ResolvedMarkBoundaries {
  readonly color: Color;
  readonly outlineColor: Color | null;
  readonly mode: BoundaryMode;
  readonly backgroundLabel: number;
  /** Factor from sample to intensity. */
  readonly scale: number;
  /** Dtype of the result. */
  readonly dtype: FloatDType;
}

const OPTIONS: readonly string[] = ["color", "outlineColor", "mode", "backgroundLabel", "out"];

/** Checks the arguments of `segmentation.markBoundaries` and applies the defaults. */
export function resolveMarkBoundaries(
  image: ImageHeader,
  labels: ImageHeader,
  options?: MarkBoundariesOptions,
): ResolvedMarkBoundaries {
  const operation = "segmentation.markBoundaries";
  const read = new OptionReader(operation, options, OPTIONS);
  const [given, outline] = [read.value("color"), read.value("outlineColor") ?? null];
  const color = readColor(read, "color", given === undefined ? [1, 1, 0] : given);
  const outlineColor = outline === null ? null : readColor(read, "outlineColor", outline);
  const mode = read.oneOf("mode", "outer", BOUNDARY_MODES);
  const backgroundLabel = read.integer("backgroundLabel", 0);
  if (image.channels !== 1 && image.channels !== 3) {
    throw new ImageError("ERR_IMAGE_SHAPE", `${operation}: image has shape ${shape(image)}; expected 1 or 3 channels`);
  }
  requireOneChannel(operation, labels, "labels");
  requireIntegers(operation, labels, "labels");
  requireSameSize(operation, labels, image, "labels", "image");
  return {
    color,
    outlineColor,
    mode,
    backgroundLabel,
    scale: INTENSITY_SCALE[image.dtype],
    dtype: floatDType(image.dtype),
  };
}

/**
 * The image as an RGB picture with the boundaries of regions painted in: scikit-image's `mark_boundaries`.
 *
 * In mode `"subpixel"` what lies between the pixels of the image is on a cubic spline, which overshoots, and spreads NaN all over its channel.
 *
 * @param image 1 or 3 channels, any dtype.
 * @param labels one channel of the same size, `uint8`, `uint16` or `int32`.
 * @returns intensities of 3 channels, `float64` for a `float64` image, else `float32`; of the image's size, 2h - 1 × 2w - 1 of an image of
 * h × w in mode `"subpixel"`.
 * @throws ImageError `ERR_IMAGE_SHAPE` for sizes that differ or other channels, `ERR_IMAGE_DTYPE` for float labels, `ERR_IMAGE_OPTION`,
 * `ERR_IMAGE_BUFFER`.
 */
export const markBoundaries: Operation<(image: Image, labels: Image, options?: MarkBoundariesOptions) => Image> =
  dispatchable(
    "segmentation.markBoundaries",
    { on: [0, 1], optionNames: OPTIONS },
    function markBoundaries(image: Image, labels: Image, options?: MarkBoundariesOptions): Image {
      checkSamples(image);
      checkSamples(labels);
      const { color, outlineColor, mode, backgroundLabel, scale, dtype } = resolveMarkBoundaries(
        image,
        labels,
        options,
      );
      const boundaries = boundariesOf(labels, { connectivity: 1, mode, background: backgroundLabel });
      const { width, height } = boundaries;
      const intensities = mode === "subpixel" ? doubled(image, scale) : scaled(image, scale);
      const marked = Float64Array.from({ length: 3 * width * height }, (_, i) =>
        image.channels === 3 ? intensities[i]! : intensities[Math.floor(i / 3)]!,
      );
      const paint = (row: number, column: number, paintColor: Color): void => {
        if (row >= 0 && row < height && column >= 0 && column < width)
          marked.set(paintColor, 3 * (row * width + column));
      };
      const each = (visit: (row: number, column: number) => void): void =>
        boundaries.data.forEach((boundary, i) => boundary && visit(Math.floor(i / width), i % width));
      if (outlineColor) {
        each((row, column) => {
          for (const r of [row - 1, row, row + 1]) {
            for (const c of [column - 1, column, column + 1]) paint(r, c, outlineColor);
          }
        });
      }
      each((row, column) => paint(row, column, color));
      return rounded(marked, dtype, { width, height, channels: 3 });
    },
  );

/** Intensities with one more between any two in a row or column, on a cubic spline: `scipy.ndimage.zoom`. */
function doubled(image: Image, scale: number): Float64Array {
  const interpolant = spline(scaled(image, scale), image, 3, "mirror", 0);
  const halves = (side: number): Taps[] => Array.from({ length: 2 * side - 1 }, (_, i) => interpolant.tapsAt(i / 2));
  return crossings(interpolant, image.channels, halves(image.height), halves(image.width), { mode: "mirror", cval: 0 });
}

function readColor(read: OptionReader, name: string, color: unknown): Color {
  const isColor = Array.isArray(color) && color.length === 3 && [...(color as unknown[])].every(isFiniteNumber);
  if (!isColor) throw read.invalid(name, color, "three finite numbers");
  return color as unknown as Color;
}
