import type { Case } from "../case.ts";

const RECTANGLE = "const footprint = morphology.footprintRectangle([5, 5])";
const DISK = "const footprint = morphology.disk(10)";
const PYTHON_DISK = "y, x = np.mgrid[-10:11, -10:11]; disk = (x * x + y * y <= 100).astype(np.uint8)";
const JS_DISK = `const cells = Array.from({ length: 441 }, (_, i) => Number((i % 21 - 10) ** 2 + (Math.floor(i / 21) - 10) ** 2 <= 100));
  const disk = cv.matFromArray(21, 21, cv.CV_8U, cells)`;
const ONES = "const kernel = Array.from({ length: 5 }, () => [1, 1, 1, 1, 1])";

/** An erosion or a dilation of bytes. */
const simple = (
  ours: "erosion" | "dilation",
  theirs: "erode" | "dilate",
  /** Of 25 neighbours, the one that vips is to take. */
  rank: number,
): readonly Case[] => [
  {
    function: `morphology.${ours}`,
    of: "uint8, 5 × 5",
    calls: {
      tagswitch: { prepare: RECTANGLE, run: `morphology.${ours}(gray8, { footprint, out })` },
      "opencv-js": {
        prepare: "const ones = cv.Mat.ones(5, 5, cv.CV_8U)",
        run: `(cv.${theirs}(gray8, out, ones), out)`,
      },
      "wasm-vips": `pixels(gray8.rank(5, 5, ${rank}))`,
      "image-js": { prepare: ONES, run: `IJS.${theirs}(gray8, { kernel })` },
      "scikit-image": `morphology.${ours}(gray8, morphology.footprint_rectangle((5, 5)))`,
      opencv: { prepare: "ones = np.ones((5, 5), np.uint8)", run: `cv2.${theirs}(gray8, ones)` },
    },
  },
  {
    function: `morphology.${ours}`,
    of: "uint8, disk of radius 10",
    calls: {
      tagswitch: { prepare: DISK, run: `morphology.${ours}(gray8, { footprint, out })` },
      "opencv-js": { prepare: JS_DISK, run: `(cv.${theirs}(gray8, out, disk), out)` },
      "scikit-image": { prepare: "disk = morphology.disk(10)", run: `morphology.${ours}(gray8, disk)` },
      opencv: { prepare: PYTHON_DISK, run: `cv2.${theirs}(gray8, disk)` },
    },
  },
  {
    function: `morphology.${ours}`,
    of: "float32, 5 × 5",
    calls: {
      tagswitch: { prepare: RECTANGLE, run: `morphology.${ours}(gray32, { footprint, out })` },
      "opencv-js": {
        prepare: "const ones = cv.Mat.ones(5, 5, cv.CV_8U)",
        run: `(cv.${theirs}(gray32, out, ones), out)`,
      },
      "wasm-vips": `pixels(gray32.rank(5, 5, ${rank}))`,
      "scikit-image": `morphology.${ours}(gray32, morphology.footprint_rectangle((5, 5)))`,
      opencv: { prepare: "ones = np.ones((5, 5), np.uint8)", run: `cv2.${theirs}(gray32, ones)` },
    },
  },
];

/** What erosions and dilations make up. */
const compound = (ours: string, theirs: string, operation: string, imageJs: string): Case => ({
  function: `morphology.${ours}`,
  of: "uint8, 5 × 5",
  calls: {
    tagswitch: { prepare: RECTANGLE, run: `morphology.${ours}(gray8, { footprint, out })` },
    "opencv-js": {
      prepare: "const ones = cv.Mat.ones(5, 5, cv.CV_8U)",
      run: `(cv.morphologyEx(gray8, out, cv.MORPH_${operation}, ones), out)`,
    },
    "image-js": { prepare: ONES, run: `IJS.${imageJs}(gray8, { kernel })` },
    "scikit-image": `morphology.${theirs}(gray8, morphology.footprint_rectangle((5, 5)))`,
    opencv: {
      prepare: "ones = np.ones((5, 5), np.uint8)",
      run: `cv2.morphologyEx(gray8, cv2.MORPH_${operation}, ones)`,
    },
  },
});

export const MORPHOLOGY: readonly Case[] = [
  ...simple("erosion", "erode", 0),
  ...simple("dilation", "dilate", 24),
  compound("opening", "opening", "OPEN", "open"),
  compound("closing", "closing", "CLOSE", "close"),
  compound("whiteTophat", "white_tophat", "TOPHAT", "topHat"),
  compound("blackTophat", "black_tophat", "BLACKHAT", "bottomHat"),
  {
    function: "morphology.removeSmallObjects",
    of: "uint8 mask, up to 200 pixels",
    calls: {
      tagswitch: "morphology.removeSmallObjects(mask, { maxSize: 200, out })",
      "scikit-image": { prepare: "m = mask.astype(bool)", run: "morphology.remove_small_objects(m, max_size=200)" },
    },
  },
  {
    function: "morphology.removeSmallHoles",
    of: "uint8 mask, up to 200 pixels",
    calls: {
      tagswitch: "morphology.removeSmallHoles(mask, { maxSize: 200, out })",
      "scikit-image": { prepare: "m = mask.astype(bool)", run: "morphology.remove_small_holes(m, max_size=200)" },
    },
  },
  {
    function: "morphology.distanceTransformEdt",
    of: "mask",
    calls: {
      tagswitch: "morphology.distanceTransformEdt(mask, { out })",
      "opencv-js": "(cv.distanceTransform(mask, out, cv.DIST_L2, cv.DIST_MASK_PRECISE), out)",
      "scikit-image": "ndimage.distance_transform_edt(mask)",
      opencv: "cv2.distanceTransform(mask, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)",
    },
  },
  {
    function: "morphology.convexHullImage",
    of: "uint8 mask",
    calls: {
      tagswitch: "morphology.convexHullImage(mask, { out })",
      "scikit-image": "morphology.convex_hull_image(mask)",
      opencv: "cv2.fillConvexPoly(np.zeros_like(mask), cv2.convexHull(cv2.findNonZero(mask)), 1)",
    },
  },
];
