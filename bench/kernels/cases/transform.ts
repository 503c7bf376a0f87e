import type { Case } from "../case.ts";

/** A turn by 30 degrees about the middle, and a map with perspective, as OpenCV takes them. */
const JS_TURN = `const side = gray32.rows, middle = (side - 1) / 2, c = Math.cos(Math.PI / 6), s = 0.5;
  const turn = cv.matFromArray(2, 3, cv.CV_64F, [c, s, (1 - c - s) * middle, -s, c, (1 + s - c) * middle])`;
const PYTHON_TURN = "side = gray32.shape[0]; turn = cv2.getRotationMatrix2D(((side - 1) / 2, (side - 1) / 2), 30, 1)";
const MAP = "[[1.1, 0.1, -20], [-0.05, 0.95, 10], [2e-5, 1e-5, 1]]";

export const TRANSFORM: readonly Case[] = [
  {
    function: "transform.resize",
    of: "float32, to the half, not smoothed",
    calls: {
      tagswitch: "transform.resize(gray32, [gray32.height / 2, gray32.width / 2], { antiAliasing: false, out })",
      "opencv-js": {
        prepare: "const half = size(gray32.cols / 2, gray32.rows / 2)",
        run: "(cv.resize(gray32, out, half, 0, 0, cv.INTER_LINEAR), out)",
      },
      "scikit-image":
        "transform.resize(gray32, (gray32.shape[0] // 2, gray32.shape[1] // 2), order=1, anti_aliasing=False)",
      opencv: "cv2.resize(gray32, (gray32.shape[1] // 2, gray32.shape[0] // 2), interpolation=cv2.INTER_LINEAR)",
    },
  },
  {
    function: "transform.resize",
    of: "float32, to the half",
    calls: {
      tagswitch: "transform.resize(gray32, [gray32.height / 2, gray32.width / 2], { out })",
      "wasm-vips": "pixels(gray32.resize(0.5, { kernel: 'linear' }))",
      "scikit-image": "transform.resize(gray32, (gray32.shape[0] // 2, gray32.shape[1] // 2))",
    },
  },
  {
    function: "transform.resize",
    of: "4 × uint8, to the half, not smoothed",
    calls: {
      tagswitch: "transform.resize(rgba8, [rgba8.height / 2, rgba8.width / 2], { antiAliasing: false, out })",
      "opencv-js": {
        prepare: "const half = size(rgba8.cols / 2, rgba8.rows / 2)",
        run: "(cv.resize(rgba8, out, half, 0, 0, cv.INTER_LINEAR), out)",
        result: "Float64Array.from(samples(result), (value) => value / 255)",
      },
      "image-js": {
        run: "IJS.resize(rgba8, { xFactor: 0.5, yFactor: 0.5, interpolationType: 'bilinear' })",
        result: "Float64Array.from(result.getRawImage().data, (value) => value / 255)",
      },
      "scikit-image":
        "transform.resize(rgba8, (rgba8.shape[0] // 2, rgba8.shape[1] // 2), order=1, anti_aliasing=False)",
      opencv: {
        run: "cv2.resize(rgba8, (rgba8.shape[1] // 2, rgba8.shape[0] // 2), interpolation=cv2.INTER_LINEAR)",
        result: "result / 255",
      },
    },
  },
  {
    function: "transform.rescale",
    of: "float32, by 1.5",
    calls: {
      tagswitch: "transform.rescale(gray32, 1.5, { out })",
      "opencv-js": "(cv.resize(gray32, out, size(0, 0), 1.5, 1.5, cv.INTER_LINEAR), out)",
      "wasm-vips": "pixels(gray32.resize(1.5, { kernel: 'linear' }))",
      "scikit-image": "transform.rescale(gray32, 1.5)",
      opencv: "cv2.resize(gray32, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_LINEAR)",
    },
  },
  {
    function: "transform.downscaleLocalMean",
    of: "float32, 2 × 2",
    calls: {
      tagswitch: "transform.downscaleLocalMean(gray32, [2, 2], { out })",
      "opencv-js": {
        prepare: "const half = size(gray32.cols / 2, gray32.rows / 2)",
        run: "(cv.resize(gray32, out, half, 0, 0, cv.INTER_AREA), out)",
      },
      "wasm-vips": "pixels(gray32.shrink(2, 2))",
      "scikit-image": "transform.downscale_local_mean(gray32, (2, 2))",
      opencv: "cv2.resize(gray32, (gray32.shape[1] // 2, gray32.shape[0] // 2), interpolation=cv2.INTER_AREA)",
    },
  },
  {
    function: "transform.pyramidReduce",
    of: "float32",
    calls: {
      tagswitch: "transform.pyramidReduce(gray32, { out })",
      "opencv-js": "(cv.pyrDown(gray32, out), out)",
      "scikit-image": "transform.pyramid_reduce(gray32)",
      opencv: "cv2.pyrDown(gray32)",
    },
  },
  {
    function: "transform.pyramidExpand",
    of: "float32",
    calls: {
      tagswitch: "transform.pyramidExpand(gray32, { out })",
      "opencv-js": "(cv.pyrUp(gray32, out), out)",
      "scikit-image": "transform.pyramid_expand(gray32)",
      opencv: "cv2.pyrUp(gray32)",
    },
  },
  {
    function: "transform.rotate",
    of: "float32, 30°",
    calls: {
      tagswitch: "transform.rotate(gray32, 30, { out })",
      "opencv-js": {
        prepare: JS_TURN,
        run: "(cv.warpAffine(gray32, out, turn, size(side, side), cv.INTER_LINEAR), out)",
      },
      "scikit-image": "transform.rotate(gray32, 30)",
      opencv: {
        prepare: PYTHON_TURN,
        run: "cv2.warpAffine(gray32, turn, (side, side), flags=cv2.INTER_LINEAR)",
      },
    },
  },
  {
    function: "transform.warp",
    of: "float32, with perspective",
    calls: {
      tagswitch: `transform.warp(gray32, ${MAP}, { out })`,
      "opencv-js": {
        prepare: `const map = cv.matFromArray(3, 3, cv.CV_64F, ${MAP}.flat()), side = gray32.rows`,
        run: "(cv.warpPerspective(gray32, out, map, size(side, side), cv.INTER_LINEAR | cv.WARP_INVERSE_MAP), out)",
      },
      "scikit-image": `transform.warp(gray32, np.array(${MAP}))`,
      opencv: {
        prepare: `map = np.array(${MAP}); side = gray32.shape[0]`,
        run: "cv2.warpPerspective(gray32, map, (side, side), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)",
      },
    },
  },
  {
    function: "transform.warpPolar",
    of: "float32",
    calls: { tagswitch: "transform.warpPolar(gray32, { out })", "scikit-image": "transform.warp_polar(gray32)" },
  },
  {
    function: "transform.integralImage",
    of: "uint8",
    calls: {
      tagswitch: "transform.integralImage(gray8, { out })",
      "opencv-js": {
        run: "(cv.integral(gray8, out, cv.CV_64F), out)",
        result: "samples(result).filter((_, i) => i >= result.cols && i % result.cols > 0)",
      },
      "scikit-image": "transform.integral_image(gray8)",
      opencv: { run: "cv2.integral(gray8, sdepth=cv2.CV_64F)", result: "result[1:, 1:]" },
    },
  },
];
