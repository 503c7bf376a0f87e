import type { Call, Case } from "../case.ts";

const BYTES = "Float64Array.from(result, (value) => value / 255)";
const SCALED = "Float64Array.from(samples(result), (value) => value / 255)";

/** A blur in both OpenCVs: as many neighbours as scikit-image takes. */
function blurs(image: string, sigma: number, border = "REPLICATE", result?: { js: string; python: string }) {
  const side = 2 * Math.floor(4 * sigma + 0.5) + 1;
  const js: Call = {
    run: `(cv.GaussianBlur(${image}, out, size(${side}, ${side}), ${sigma}, ${sigma}, cv.BORDER_${border}), out)`,
    ...(result && { result: result.js }),
  };
  const python: Call = {
    run: `cv2.GaussianBlur(${image}, (${side}, ${side}), ${sigma}, borderType=cv2.BORDER_${border})`,
    ...(result && { result: result.python }),
  };
  return { "opencv-js": js, opencv: python } as const;
}

/** The magnitude of two derivatives by separable kernels in both OpenCVs. */
function edges(smooth: string, difference: string) {
  const half = "Math.SQRT1_2";
  const js: Call = {
    prepare: `const s = cv.matFromArray(1, ${smooth.split(",").length}, cv.CV_32F, [${smooth}].map((v) => v * ${half}));
      const d = cv.matFromArray(1, ${smooth.split(",").length}, cv.CV_32F, [${difference}]);
      const at = new cv.Point(-1, -1)`,
    run: `(cv.sepFilter2D(gray32, a, cv.CV_32F, d, s, at, 0, cv.BORDER_REFLECT),
      cv.sepFilter2D(gray32, b, cv.CV_32F, s, d, at, 0, cv.BORDER_REFLECT),
      cv.magnitude(a, b, out), out)`,
  };
  const python: Call = {
    prepare: `s = np.float32([${smooth}]) * np.float32(0.5**0.5); d = np.float32([${difference}])`,
    run: `cv2.magnitude(
      cv2.sepFilter2D(gray32, cv2.CV_32F, d, s, borderType=cv2.BORDER_REFLECT),
      cv2.sepFilter2D(gray32, cv2.CV_32F, s, d, borderType=cv2.BORDER_REFLECT))`,
  };
  return { "opencv-js": js, opencv: python } as const;
}

const SCALE = 0.25 * Math.SQRT1_2;

export const FILTERS: readonly Case[] = [
  {
    function: "filters.gaussian",
    of: "float32, sigma 2",
    calls: {
      tagswitch: "filters.gaussian(gray32, { sigma: 2, out })",
      ...blurs("gray32", 2),
      "wasm-vips": "pixels(gray32.gaussblur(2, { min_ampl: 0.001, precision: 'float' }))",
      "scikit-image": "filters.gaussian(gray32, 2)",
    },
  },
  {
    function: "filters.gaussian",
    of: "float32, sigma 8",
    calls: {
      tagswitch: "filters.gaussian(gray32, { sigma: 8, out })",
      ...blurs("gray32", 8),
      "wasm-vips": "pixels(gray32.gaussblur(8, { min_ampl: 0.001, precision: 'float' }))",
      "scikit-image": "filters.gaussian(gray32, 8)",
    },
  },
  {
    function: "filters.gaussian",
    of: "uint8, sigma 2",
    calls: {
      tagswitch: "filters.gaussian(gray8, { sigma: 2, out })",
      ...blurs("gray8", 2, "REPLICATE", { js: SCALED, python: "result / 255" }),
      sharp: {
        run: "grayBytes(gray8().blur({ sigma: 2, minAmplitude: 0.001, precision: 'float' }))",
        result: BYTES,
      },
      "wasm-vips": { run: "pixels(gray8.gaussblur(2, { min_ampl: 0.001, precision: 'integer' }))", result: BYTES },
      "image-js": {
        run: "IJS.gaussianBlur(gray8, { sigma: 2, size: 17, borderType: 'replicate' })",
        result: "Float64Array.from(result.getRawImage().data, (value) => value / 255)",
      },
      "scikit-image": "filters.gaussian(gray8, 2)",
    },
  },
  {
    function: "filters.differenceOfGaussians",
    of: "float32, sigmas 1 and 3",
    calls: {
      tagswitch: "filters.differenceOfGaussians(gray32, 1, { highSigma: 3, out })",
      "opencv-js": `(cv.GaussianBlur(gray32, a, size(9, 9), 1, 1, cv.BORDER_REPLICATE),
        cv.GaussianBlur(gray32, b, size(25, 25), 3, 3, cv.BORDER_REPLICATE), cv.subtract(a, b, out), out)`,
      "scikit-image": "filters.difference_of_gaussians(gray32, 1, 3)",
      opencv: `cv2.subtract(cv2.GaussianBlur(gray32, (9, 9), 1, borderType=cv2.BORDER_REPLICATE),
        cv2.GaussianBlur(gray32, (25, 25), 3, borderType=cv2.BORDER_REPLICATE))`,
    },
  },
  {
    function: "filters.unsharpMask",
    of: "float32, radius 2",
    calls: {
      tagswitch: "filters.unsharpMask(gray32, { radius: 2, out })",
      "opencv-js": `(cv.GaussianBlur(gray32, a, size(17, 17), 2, 2, cv.BORDER_REFLECT),
        cv.addWeighted(gray32, 2, a, -1, 0, b),
        cv.threshold(b, b, 0, 0, cv.THRESH_TOZERO), cv.threshold(b, out, 1, 0, cv.THRESH_TRUNC), out)`,
      "scikit-image": "filters.unsharp_mask(gray32, 2)",
      opencv: `np.clip(cv2.addWeighted(gray32, 2,
        cv2.GaussianBlur(gray32, (17, 17), 2, borderType=cv2.BORDER_REFLECT), -1, 0), 0, 1)`,
    },
  },
  {
    function: "filters.sobel",
    of: "float32",
    calls: {
      tagswitch: "filters.sobel(gray32, { out })",
      "opencv-js": `(cv.Sobel(gray32, a, cv.CV_32F, 1, 0, 3, ${SCALE}, 0, cv.BORDER_REFLECT),
        cv.Sobel(gray32, b, cv.CV_32F, 0, 1, 3, ${SCALE}, 0, cv.BORDER_REFLECT), cv.magnitude(a, b, out), out)`,
      "scikit-image": "filters.sobel(gray32)",
      opencv: `cv2.magnitude(cv2.Sobel(gray32, cv2.CV_32F, 1, 0, scale=${SCALE}, borderType=cv2.BORDER_REFLECT),
        cv2.Sobel(gray32, cv2.CV_32F, 0, 1, scale=${SCALE}, borderType=cv2.BORDER_REFLECT))`,
    },
  },
  {
    function: "filters.sobel",
    of: "uint8",
    calls: {
      tagswitch: "filters.sobel(gray8, { out })",
      "wasm-vips": { run: "pixels(gray8.sobel())", result: BYTES },
      "image-js": {
        prepare: "const kernelX = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], kernelY = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]",
        run: "IJS.gradientFilter(gray8, { kernelX, kernelY, bitDepth: 16 })",
        result: `Float64Array.from(result.getRawImage().data, (value) => (value * ${SCALE}) / 255)`,
      },
      "scikit-image": "filters.sobel(gray8)",
    },
  },
  {
    function: "filters.scharr",
    of: "float32",
    calls: {
      tagswitch: "filters.scharr(gray32, { out })",
      ...edges("3/16, 10/16, 3/16", "1, 0, -1"),
      "scikit-image": "filters.scharr(gray32)",
    },
  },
  {
    function: "filters.prewitt",
    of: "float32",
    calls: {
      tagswitch: "filters.prewitt(gray32, { out })",
      ...edges("1/3, 1/3, 1/3", "1, 0, -1"),
      "scikit-image": "filters.prewitt(gray32)",
    },
  },
  {
    function: "filters.farid",
    of: "float32",
    calls: {
      tagswitch: "filters.farid(gray32, { out })",
      ...edges(
        "0.0376593171958126, 0.249153396177344, 0.426374573253687, 0.249153396177344, 0.0376593171958126",
        "0.109603762960254, 0.276690988455557, 0, -0.276690988455557, -0.109603762960254",
      ),
      "scikit-image": "filters.farid(gray32)",
    },
  },
  {
    function: "filters.laplace",
    of: "float32",
    calls: {
      tagswitch: "filters.laplace(gray32, { out })",
      "opencv-js": "(cv.Laplacian(gray32, out, cv.CV_32F, 1, -1, 0, cv.BORDER_REFLECT), out)",
      "scikit-image": "filters.laplace(gray32)",
      opencv: "cv2.Laplacian(gray32, cv2.CV_32F, ksize=1, scale=-1, borderType=cv2.BORDER_REFLECT)",
    },
  },
  {
    function: "filters.median",
    of: "uint8, 3 × 3",
    calls: {
      tagswitch: "filters.median(gray8, { out })",
      "opencv-js": "(cv.medianBlur(gray8, out, 3), out)",
      sharp: "grayBytes(gray8().median(3))",
      "wasm-vips": "pixels(gray8.rank(3, 3, 4))",
      "image-js": "IJS.medianFilter(gray8, { cellSize: 3, borderType: 'replicate' })",
      "scikit-image": "filters.median(gray8, np.ones((3, 3)))",
      opencv: "cv2.medianBlur(gray8, 3)",
    },
  },
  {
    function: "filters.median",
    of: "uint8, 5 × 5",
    calls: {
      tagswitch: {
        prepare: "const footprint = morphology.footprintRectangle([5, 5])",
        run: "filters.median(gray8, { footprint, out })",
      },
      "opencv-js": "(cv.medianBlur(gray8, out, 5), out)",
      sharp: "grayBytes(gray8().median(5))",
      "wasm-vips": "pixels(gray8.rank(5, 5, 12))",
      "image-js": "IJS.medianFilter(gray8, { cellSize: 5, borderType: 'replicate' })",
      "scikit-image": "filters.median(gray8, np.ones((5, 5)))",
      opencv: "cv2.medianBlur(gray8, 5)",
    },
  },
  {
    function: "filters.median",
    of: "float32, 3 × 3",
    calls: {
      tagswitch: "filters.median(gray32, { out })",
      "opencv-js": "(cv.medianBlur(gray32, out, 3), out)",
      "wasm-vips": "pixels(gray32.rank(3, 3, 4))",
      "scikit-image": "filters.median(gray32, np.ones((3, 3)))",
      opencv: "cv2.medianBlur(gray32, 3)",
    },
  },
  {
    function: "filters.frangi",
    of: "float32",
    calls: { tagswitch: "filters.frangi(gray32, { out })", "scikit-image": "filters.frangi(gray32)" },
  },
  {
    function: "filters.gabor",
    of: "float32, frequency 0.1",
    calls: {
      tagswitch: { run: "filters.gabor(gray32, 0.1, { out })", result: "result.real.data" },
      "scikit-image": { run: "filters.gabor(gray32, 0.1)", result: "result[0]" },
    },
  },
];
