import type { ImageHeader } from "../header.ts";
import { checkSamples, type Image } from "../image.ts";
import { ImageError } from "../errors.ts";
import { display, isFiniteNumber, OptionReader } from "../options.ts";
import type { Operation } from "../operation.ts";
import { dispatchable } from "../system.ts";
import { SimilarityTransform } from "./geometric-transform.ts";
import { checkSize, INTERPOLATION_OPTIONS, type InterpolationOptions, readInterpolation } from "./interpolation.ts";
import { roundHalfEven } from "./round-half-even.ts";
import { type ResolvedWarp, warped } from "./warp.ts";

/** Options of `transform.rotate`. */
export interface RotateOptions extends InterpolationOptions {
  /** Make the result as large as the whole turned image needs. Default false: the image's size. */
  resize?: boolean;
  /** What stays in place: column first, as in scikit-image. Default, or `null`: the middle, `[columns / 2 - ½, rows / 2 - ½]`. */
  center?: readonly [column: number, row: number] | null;
}

const OPTIONS: readonly string[] = ["resize", "center", ...INTERPOLATION_OPTIONS];

/** Checks the arguments of `transform.rotate`, applies the defaults, and says what `warp` does of it. */
export function resolveRotate(image: ImageHeader, angle: unknown, options?: RotateOptions): ResolvedWarp {
  const operation = "transform.rotate";
  const read = new OptionReader(operation, options, OPTIONS);
  const interpolation = readInterpolation(read, image, "constant");
  if (!isFiniteNumber(angle)) {
    throw new ImageError(
      "ERR_IMAGE_OPTION",
      `${operation}: angle is ${display(angle)}; expected a finite number of degrees`,
    );
  }
  const { height, width } = image;
  const [x, y] = readCenter(read) ?? [width / 2 - 0.5, height / 2 - 0.5];
  let turn = new SimilarityTransform({ translation: [-x, -y] })
    .compose(new SimilarityTransform({ rotation: angle * (Math.PI / 180) }))
    .compose(new SimilarityTransform({ translation: [x, y] }));
  let size: [number, number] = [height, width];
  if (read.boolean("resize", false)) {
    const corners = turn.inverse.apply([
      [0, 0],
      [0, height - 1],
      [width - 1, height - 1],
      [width - 1, 0],
    ]);
    const [columns, rows] = [corners.map(([column]) => column), corners.map(([, row]) => row)];
    const [left, top] = [Math.min(...columns), Math.min(...rows)];
    size = [roundHalfEven(Math.max(...rows) - top + 1), roundHalfEven(Math.max(...columns) - left + 1)];
    turn = new SimilarityTransform({ translation: [left, top] }).compose(turn);
  }
  checkSize(operation, "resize", size, image);
  return { ...interpolation, map: turn.params, height: size[0], width: size[1] };
}

/**
 * An image turned about a point: scikit-image's `rotate`, a `warp`.
 *
 * @param image any dtype and channels, each by itself; integers become intensities unless `preserveRange`.
 * @param angle in degrees, counter-clockwise.
 * @returns the image's shape, or with `resize` a larger one; the image's dtype with order 0, else `float64` for `float64`
 * input and `float32` for others.
 * @throws ImageError `ERR_IMAGE_OPTION`, `ERR_IMAGE_BUFFER`, `ERR_IMAGE_LIMIT` for 2³¹ samples or more.
 */
export const rotate: Operation<(image: Image, angle: number, options?: RotateOptions) => Image> = dispatchable(
  "transform.rotate",
  { on: [0], options: 2, optionNames: OPTIONS },
  function rotate(image: Image, angle: number, options?: RotateOptions): Image {
    checkSamples(image);
    return warped(image, resolveRotate(image, angle, options));
  },
);

function readCenter(read: OptionReader): readonly [number, number] | null {
  const given = read.value("center");
  if (given === undefined || given === null) return null;
  if (Array.isArray(given) && given.length === 2 && [...given].every(isFiniteNumber)) return given as [number, number];
  throw read.invalid("center", given, "[column, row], finite numbers");
}
