import { ImageError } from "../errors.ts";
import { display } from "../options.ts";
import {
  AffineTransform,
  EuclideanTransform,
  ProjectiveTransform,
  SimilarityTransform,
} from "./geometric-transform.ts";
import type { Point } from "./matrix.ts";

/** What each type makes. */
interface Estimated {
  affine: AffineTransform;
  euclidean: EuclideanTransform;
  projective: ProjectiveTransform;
  similarity: SimilarityTransform;
}

/** The transforms that can be estimated, by scikit-image's names. */
export type TransformType = keyof Estimated;

type Estimate<T> = (src: readonly Point[], dst: readonly Point[]) => T;

const ESTIMATES: { readonly [T in TransformType]: Estimate<Estimated[T]> } = {
  affine: (src, dst) => AffineTransform.estimate(src, dst),
  euclidean: (src, dst) => EuclideanTransform.estimate(src, dst),
  projective: (src, dst) => ProjectiveTransform.estimate(src, dst),
  similarity: (src, dst) => SimilarityTransform.estimate(src, dst),
};

/**
 * The transform of a type that takes the points `src` to the points `dst`, as nearly as there is one: scikit-image's
 * `estimate_transform`. The class's own `estimate` says by which method.
 *
 * @param src, dst as many points each: 4 for `"projective"`, 3 for `"affine"`, 2 for the others, or more.
 * @throws ImageError `ERR_IMAGE_OPTION`; `ERR_IMAGE_VALUE` where the points do not determine it.
 */
export function estimateTransform<T extends TransformType>(
  type: T,
  src: readonly Point[],
  dst: readonly Point[],
): Estimated[T] {
  if (typeof type !== "string" || !Object.hasOwn(ESTIMATES, type)) {
    const accepted = Object.keys(ESTIMATES).map(display).join(", ");
    throw new ImageError(
      "ERR_IMAGE_OPTION",
      `transform.estimateTransform: type is ${display(type)}; expected one of ${accepted}`,
    );
  }
  return ESTIMATES[type](src, dst);
}
