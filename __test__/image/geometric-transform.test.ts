// Transforms of points, against scikit-image 0.26 in 64 bits.
import test from "ava";
import { ImageError, transform } from "../../src/image/index.ts";

const { AffineTransform, EuclideanTransform, ProjectiveTransform, SimilarityTransform } = transform;

type Point = transform.Point;

const SRC: Point[] = [[0, 0], [10, 1], [11, 12], [-1, 9], [4, 5.5]]; // oxfmt-ignore
const DST: Point[] = [[1, 2], [9, 0.5], [14, 11], [0.5, 13], [6, 6.25]]; // oxfmt-ignore
const ESTIMATED = {
  projective:
    [0.9522372452960731, 0.05137800953555647, 1.0295711964279624, -0.20731046583723567, 0.8170194976804217, 1.9383805526429907, 0.019097105500446982, -0.02888005252931006, 1],
  affine: [0.9514645218363439, 0.23983757671035663, 0.21386362327858688, -0.3627466118568996, 1.0811474750868928, 2.344872623935207, 0, 0, 1],
  similarity: [0.9870500438981562, 0.28950834064969255, -0.2301360842844593, -0.28950834064969255, 0.987050043898156, 2.5108647936786666, 0, 0, 1],
  euclidean: [0.9595758973051373, 0.28144999078173794, -0.05393925636421759, -0.28144999078173794, 0.959575897305137, 2.6232925205740885, 0, 0, 1],
} as const; // oxfmt-ignore

const matrix = ({ params }: { params: transform.Matrix }): number[] => params.flat();

function near(expected: readonly number[], actual: readonly number[], allowed = 1e-12): boolean {
  return expected.length === actual.length && expected.every((value, i) => Math.abs(value - actual[i]!) <= allowed);
}

for (const type of ["projective", "affine", "similarity", "euclidean"] as const) {
  test(`${type}: estimated from points that do not fit exactly`, (t) => {
    const estimated = transform.estimateTransform(type, SRC, DST);
    t.true(near(ESTIMATED[type], matrix(estimated)), matrix(estimated).join());
    const { constructor } = estimated as unknown as { constructor: typeof transform.ProjectiveTransform };
    const { estimate } = constructor; // of its class and without it
    t.deepEqual([estimate(SRC, DST).constructor, matrix(estimate(SRC, DST))], [constructor, matrix(estimated)]);
  });

  test(`${type}: estimated from points that fit`, (t) => {
    const original = { projective: new ProjectiveTransform({ matrix: [[1, 0.2, 3], [-0.1, 0.9, 4], [0.01, -0.02, 1]] }),
      affine: new AffineTransform({ scale: [1.5, 0.75], rotation: 0.3, shear: 0.2, translation: [4, -7] }),
      similarity: new SimilarityTransform({ scale: 2.5, rotation: -1.1, translation: [3, 4] }),
      euclidean: new EuclideanTransform({ rotation: 0.7, translation: [3, 4] }) }[type]; // oxfmt-ignore
    const estimated = transform.estimateTransform(type, SRC, original.apply(SRC));
    t.true(near(matrix(original), matrix(estimated)), matrix(estimated).join());
    t.is(estimated.constructor, original.constructor);
  });
}

test("an affine transform is scale, shear, rotation and translation, which it tells", (t) => {
  const parts = { scale: [1.5, 0.75], rotation: 0.3, shear: [0.2, -0.1], translation: [4, -7] } as const;
  const made = [1.388528349143424, -0.3668823752210412, 4, 0.5870603700435342, 0.6715736831548167, -7, 0, 0, 1];
  t.true(near(made, matrix(new AffineTransform(parts))));
  const sheared = new AffineTransform({ ...parts, shear: 0.2 });
  t.true(
    near([1.5, 0.75, 0.3, 0.2, 4, -7], [...sheared.scale, sheared.rotation, sheared.shear, ...sheared.translation]),
  );
  const similar = new SimilarityTransform({ scale: 2.5, rotation: -1.1, translation: [3, 4] });
  t.true(near([2.5, -1.1, 3, 4], [similar.scale, similar.rotation, ...similar.translation]));
  t.deepEqual(matrix(new ProjectiveTransform()), [1, 0, 0, 0, 1, 0, 0, 0, 1]);
});

test("null is none of the parts, and no matrix", (t) => {
  const identity = matrix(new ProjectiveTransform());
  t.true(near(identity, matrix(new ProjectiveTransform({ matrix: null }))));
  const parts = { matrix: null, rotation: null, translation: null };
  t.true(near(identity, matrix(new AffineTransform({ ...parts, scale: null, shear: null }))));
  t.true(near(identity, matrix(new SimilarityTransform({ ...parts, scale: null }))));
  t.true(near(identity, matrix(new EuclideanTransform(parts))));
  const moved = [1, 0, 3, 0, 1, 4, 0, 0, 1];
  t.true(near(moved, matrix(new AffineTransform({ ...parts, translation: [3, 4] }))));
  t.true(near(moved, matrix(new EuclideanTransform({ matrix: [[1, 0, 3], [0, 1, 4], [0, 0, 1]], rotation: null })))); // oxfmt-ignore
});

test("transforms compose in the order in which they are written, and keep their class where both have it", (t) => {
  const similar = new SimilarityTransform({ scale: 2.5, rotation: -1.1, translation: [3, 4] });
  const euclidean = new EuclideanTransform({ rotation: 0.7, translation: [3, 4] });
  const twice = similar.compose(similar);
  t.true(twice instanceof SimilarityTransform);
  t.true(near([-3.678131982845912, 5.053102523872439, 15.314044511306184], matrix(twice).slice(0, 3)));
  const mixed = similar.compose(euclidean);
  t.is(mixed.constructor, ProjectiveTransform);
  t.true(near([2.3026524850072128, 0.9735458557716267, 2.7176558129027013], matrix(mixed).slice(0, 3)));
});

test("a transform moves points, and its inverse moves them back", (t) => {
  const tilted = new ProjectiveTransform({ matrix: [[1, 0.2, 3], [-0.1, 0.9, 4], [0.01, -0.02, 1]] }); // oxfmt-ignore
  const moved = tilted.apply([[1, 2], [30, 4]]); // oxfmt-ignore
  t.true(near([4.536082474226805, 5.876288659793815, 27.704918032786882, 3.7704918032786883], moved.flat()));
  t.true(near([1, 2, 30, 4], tilted.inverse.apply(moved).flat()));
});

test("residuals are how far from their partners points come", (t) => {
  const tilted = new ProjectiveTransform({ matrix: [[1, 0.2, 3], [-0.1, 0.9, 4], [0.01, -0.02, 1]] }); // oxfmt-ignore
  t.true(
    near(
      [2.8284271247461903, 4.479032082388082, 6.786993771157385, 4.670996260558175, 4.000853511957358],
      tilted.residuals(SRC, DST),
    ),
  );
  t.deepEqual(new EuclideanTransform().residuals([[1, 2]], [[4, 6]]), [5]); // oxfmt-ignore
});

const wrong = (value: unknown): never => value as never;

/** Seven times a point whose mean is not that point, but for rounding. */
const ALIKE = Array.from({ length: 7 }, () => [-4.90749853882579, 17.997979894164704] as const);
const SEVEN = ALIKE.map((_, i) => [i, (i * i) % 5] as const);

// oxfmt-ignore
const refused: [title: string, call: () => unknown, code: string, message: RegExp][] = [
  ["a matrix of two rows", () => new ProjectiveTransform({ matrix: wrong([[1, 0, 0], [0, 1, 0]]) }), "ERR_IMAGE_OPTION", /^ProjectiveTransform: matrix is \[.*expected three rows of three finite numbers$/],
  ["a matrix with NaN", () => new AffineTransform({ matrix: [[1, 0, 0], [0, Number.NaN, 0], [0, 0, 1]] }), "ERR_IMAGE_OPTION", /^AffineTransform: matrix is/],
  ["matrix and parts", () => new AffineTransform({ matrix: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], rotation: 1 }), "ERR_IMAGE_OPTION", /options matrix and rotation are given/],
  ["two scales of a similarity", () => new SimilarityTransform({ scale: wrong([1, 2]) }), "ERR_IMAGE_OPTION", /scale is \[1, 2\]; expected a finite number$/],
  ["a scale of a Euclidean transform", () => new EuclideanTransform(wrong({ scale: 2 })), "ERR_IMAGE_OPTION", /no option "scale"; accepted: matrix, rotation, translation$/],
  ["a flat translation", () => new EuclideanTransform({ translation: wrong(3) }), "ERR_IMAGE_OPTION", /translation is 3; expected two finite numbers: \[x, y\]$/],
  ["the inverse of nothing", () => new ProjectiveTransform({ matrix: [[1, 1, 0], [1, 1, 0], [0, 0, 1]] }).inverse, "ERR_IMAGE_VALUE", /^ProjectiveTransform: the matrix has no inverse/],
  ["an unknown type", () => transform.estimateTransform(wrong("polynomial"), SRC, DST), "ERR_IMAGE_OPTION", /type is "polynomial"; expected one of "affine", "euclidean", "projective", "similarity"$/],
  ["too few points", () => transform.estimateTransform("projective", SRC.slice(0, 3), DST.slice(0, 3)), "ERR_IMAGE_OPTION", /src is \[.*expected at least 4 points \[x, y\]$/],
  ["points without partners", () => transform.estimateTransform("affine", SRC, DST.slice(1)), "ERR_IMAGE_OPTION", /src has 5 points and dst 4/],
  ["residuals of nothing", () => new AffineTransform().residuals([], []), "ERR_IMAGE_OPTION", /^AffineTransform: src is \[\]; expected at least 1 point \[x, y\]$/],
  ["points in a line", () => transform.estimateTransform("affine", [[0, 0], [1, 1], [2, 2]], [[0, 0], [1, 1], [2, 2]]), "ERR_IMAGE_VALUE", /do not determine a transform/],
  ["points alike whose mean is rounded", () => transform.estimateTransform("similarity", ALIKE, SEVEN), "ERR_IMAGE_VALUE", /do not determine a transform/],
  ["points that become one", () => transform.estimateTransform("euclidean", SEVEN, ALIKE), "ERR_IMAGE_VALUE", /do not determine a transform/],
  ["points all alike", () => transform.estimateTransform("similarity", [[1, 1], [1, 1]], [[0, 0], [1, 1]]), "ERR_IMAGE_VALUE", /do not determine a transform/],
];

for (const [title, call, code, message] of refused) {
  test(`refused: ${title}`, (t) => {
    const error = t.throws(call, { instanceOf: ImageError, code });
    t.regex(error?.message ?? "", message);
  });
}
