// Transforms of points, for `warp`: scikit-image's classes, of two dimensions.
import { ImageError } from "../errors.ts";
import { display, isFiniteNumber, isPlainObject, OptionReader } from "../options.ts";
import { estimatedHomography, estimatedSimilarity, isPoint, readPoints } from "./estimation.ts";
import { IDENTITY, inverted, type Matrix, multiplied, type Point, product, readMatrix } from "./matrix.ts";

/** A transform by its matrix; the identity when that is omitted, or `null`. */
export interface ProjectiveOptions {
  /** Homogeneous, 3 × 3, for points `[x, y, 1]`. */
  matrix?: Matrix | null;
}

/** A transform by its matrix, or by what the matrix is made of: each part does nothing when it is omitted, or `null`. */
export interface EuclideanOptions extends ProjectiveOptions {
  /** Counter-clockwise in radians where y points up, so clockwise on images. */
  rotation?: number | null;
  translation?: Point | null;
}

/** As {@link EuclideanOptions}, with a scale. */
export interface SimilarityOptions extends EuclideanOptions {
  scale?: number | null;
}

/** As {@link EuclideanOptions}, with a scale for each axis, and shear. */
export interface AffineOptions extends EuclideanOptions {
  scale?: number | Point | null;
  /** Angles in radians: of the y axis, or of both. */
  shear?: number | Point | null;
}

/** Any plane to any plane: scikit-image's `ProjectiveTransform`. */
export class ProjectiveTransform {
  /** Homogeneous, 3 × 3, for points `[x, y, 1]`. */
  readonly params: Matrix;

  /** @throws ImageError `ERR_IMAGE_OPTION`. */
  constructor(options?: ProjectiveOptions) {
    const read = readerOf(new.target.name, options, ["matrix"]);
    this.params = matrixOf(new.target.name, read) ?? IDENTITY;
  }

  /**
   * The transform that takes `src` to `dst` with the least algebraic error: the direct linear transform on normalised
   * points (Hartley, "In defense of the eight-point algorithm", 1997).
   *
   * @param src, dst as many points each, at least 4; 3 for `AffineTransform`, 2 for `EuclideanTransform` and
   * `SimilarityTransform`, which are estimated by Umeyama's method (1991).
   * @throws ImageError `ERR_IMAGE_OPTION`; `ERR_IMAGE_VALUE` where the points do not determine it.
   */
  static estimate(src: readonly Point[], dst: readonly Point[]): ProjectiveTransform {
    return projective(estimatedHomography("ProjectiveTransform", src, dst, false));
  }

  /**
   * The transform that undoes this one.
   *
   * @throws ImageError `ERR_IMAGE_VALUE` where there is none.
   */
  get inverse(): this {
    const matrix = inverted(this.params);
    if (matrix === null) {
      throw new ImageError(
        "ERR_IMAGE_VALUE",
        `${this.constructor.name}: the matrix has no inverse: it takes the plane to a line or a point`,
      );
    }
    return this.#like(matrix);
  }

  /**
   * First this, then `next`; of the same class if both are. scikit-image writes `this + next`.
   *
   * @throws ImageError `ERR_IMAGE_OPTION` for what is no transform.
   */
  compose(next: this): this;
  compose(next: ProjectiveTransform): ProjectiveTransform;
  compose(next: ProjectiveTransform): ProjectiveTransform {
    if (!isTransform(next)) {
      throw new ImageError(
        "ERR_IMAGE_OPTION",
        `${this.constructor.name}.compose: next is ${display(next)}; expected a transform`,
      );
    }
    const matrix = product(next.params, this.params);
    return next.constructor === this.constructor ? this.#like(matrix) : projective(matrix);
  }

  /**
   * Where points go; NaN or infinite for those that go nowhere.
   *
   * @throws ImageError `ERR_IMAGE_OPTION` for what is no list of points.
   */
  apply(points: readonly Point[]): Point[] {
    if (!isListOfPoints(points)) {
      throw new ImageError(
        "ERR_IMAGE_OPTION",
        `${this.constructor.name}.apply: points is ${display(points)}; expected a list of points [x, y]`,
      );
    }
    return points.map((point) => multiplied(this.params, point));
  }

  /**
   * How far from each point of `dst` this takes the point of `src`: what an estimate leaves over.
   *
   * @param src, dst as many points each, at least one.
   * @throws ImageError `ERR_IMAGE_OPTION`.
   */
  residuals(src: readonly Point[], dst: readonly Point[]): number[] {
    const [from, to] = readPoints(this.constructor.name, src, dst, 1);
    return this.apply(from).map(([x, y], i) => Math.hypot(x - to[i]![0], y - to[i]![1]));
  }

  #like(matrix: Matrix): this {
    return new (this.constructor as new (options: ProjectiveOptions) => this)({ matrix });
  }
}

/** Lines stay parallel: scikit-image's `AffineTransform`. */
export class AffineTransform extends ProjectiveTransform {
  /** Scale, then shear, then rotation, then translation; or a matrix. @throws ImageError `ERR_IMAGE_OPTION`. */
  constructor(options?: AffineOptions) {
    const read = readerOf(new.target.name, options, ["matrix", "scale", "rotation", "shear", "translation"]);
    super({ matrix: matrixOf(new.target.name, read) ?? composed(read) });
  }

  static override estimate(src: readonly Point[], dst: readonly Point[]): AffineTransform {
    return affine(estimatedHomography("AffineTransform", src, dst, true));
  }

  /** Scale along x and y. */
  get scale(): Point {
    const [[a, b], [c, d]] = this.params;
    return [Math.hypot(a, c), Math.hypot(b, d) / Math.hypot(Math.tan(this.shear), 1)];
  }

  /** In radians. */
  get rotation(): number {
    return Math.atan2(this.params[1][0], this.params[0][0]);
  }

  /** Of the y axis, in radians. */
  get shear(): number {
    return Math.atan2(-this.params[0][1], this.params[1][1]) - this.rotation;
  }

  get translation(): Point {
    return [this.params[0][2], this.params[1][2]];
  }
}

/** Distances stay as they are: scikit-image's `EuclideanTransform`. */
export class EuclideanTransform extends ProjectiveTransform {
  /** Rotation, then translation; or a matrix. @throws ImageError `ERR_IMAGE_OPTION`. */
  constructor(options?: EuclideanOptions) {
    const read = readerOf(new.target.name, options, ["matrix", "rotation", "translation"]);
    super({ matrix: matrixOf(new.target.name, read) ?? composed(read) });
  }

  static override estimate(src: readonly Point[], dst: readonly Point[]): EuclideanTransform {
    return euclidean(estimatedSimilarity("EuclideanTransform", src, dst, false));
  }

  /** In radians. */
  get rotation(): number {
    return Math.atan2(this.params[1][0], this.params[1][1]);
  }

  get translation(): Point {
    return [this.params[0][2], this.params[1][2]];
  }
}

/** Angles stay as they are: scikit-image's `SimilarityTransform`. */
export class SimilarityTransform extends ProjectiveTransform {
  /** Scale, then rotation, then translation; or a matrix. @throws ImageError `ERR_IMAGE_OPTION`. */
  constructor(options?: SimilarityOptions) {
    const read = readerOf(new.target.name, options, ["matrix", "scale", "rotation", "translation"]);
    if (read.value("scale") !== undefined) read.number("scale", 1);
    super({ matrix: matrixOf(new.target.name, read) ?? composed(read) });
  }

  static override estimate(src: readonly Point[], dst: readonly Point[]): SimilarityTransform {
    return similarity(estimatedSimilarity("SimilarityTransform", src, dst, true));
  }

  get scale(): number {
    const [[a, b], [c, d]] = this.params;
    return Math.sqrt(a * d - b * c);
  }

  /** In radians. */
  get rotation(): number {
    return Math.atan2(this.params[1][0], this.params[1][1]);
  }

  get translation(): Point {
    return [this.params[0][2], this.params[1][2]];
  }
}

/** NaN and infinities go somewhere, too. */
function isListOfPoints(given: unknown): boolean {
  const isNumber = (each: unknown): boolean => typeof each === "number";
  return Array.isArray(given) && [...(given as unknown[])].every((point) => isPoint(point, isNumber));
}

// Outside of the classes: one that names itself is called otherwise once modules are put together.
const isTransform = (given: unknown): boolean => given instanceof ProjectiveTransform;
const projective = (matrix: Matrix): ProjectiveTransform => new ProjectiveTransform({ matrix });
const affine = (matrix: Matrix): AffineTransform => new AffineTransform({ matrix });
const euclidean = (matrix: Matrix): EuclideanTransform => new EuclideanTransform({ matrix });
const similarity = (matrix: Matrix): SimilarityTransform => new SimilarityTransform({ matrix });

/** Reads options of which `null` is none, as `None` is to scikit-image. */
function readerOf(name: string, options: unknown, names: readonly string[]): OptionReader {
  if (!isPlainObject(options)) return new OptionReader(name, options, names, false);
  const given = Object.entries(options).map(([option, value]) => [option, value ?? undefined]);
  return new OptionReader(name, Object.fromEntries(given), names, false);
}

/** The option `matrix`, which excludes the others. */
function matrixOf(name: string, read: OptionReader): Matrix | null {
  const given = read.value("matrix");
  if (given === undefined) return null;
  const others = ["scale", "rotation", "shear", "translation"].filter((other) => read.value(other) !== undefined);
  if (others.length > 0)
    throw read.error(`options matrix and ${others[0]} are given; expected either the matrix or its parts`);
  return readMatrix(name, "matrix", given);
}

function composed(read: OptionReader): Matrix {
  const [sx, sy] = readPair(read, "scale", (one) => [one, one], [1, 1]);
  const [shearX, shearY] = readPair(read, "shear", (one) => [one, 0], [0, 0]);
  const [x, y] = readPair(read, "translation", null, [0, 0]);
  const rotation = read.number("rotation", 0);
  const [sin, cos] = [Math.sin(rotation), Math.cos(rotation)];
  const [tanX, tanY] = [Math.tan(shearX), Math.tan(shearY)];
  return [
    [sx * (cos + tanY * sin), -sy * (tanX * cos + sin), x],
    [sx * (sin - tanY * cos), -sy * (tanX * sin - cos), y],
    [0, 0, 1],
  ];
}

/** Two numbers; one alone where that has a meaning. */
function readPair(
  read: OptionReader,
  name: string,
  both: ((one: number) => [number, number]) | null,
  fallback: [number, number],
): [number, number] {
  const given = read.value(name);
  if (given === undefined) return fallback;
  if (both !== null && isFiniteNumber(given)) return both(given);
  if (Array.isArray(given) && given.length === 2 && [...given].every(isFiniteNumber)) return given as [number, number];
  throw read.invalid(
    name,
    given,
    both === null ? "two finite numbers: [x, y]" : "a finite number, or two of them: [x, y]",
  );
}
