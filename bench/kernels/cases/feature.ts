import type { Case } from "../case.ts";

export const FEATURE: readonly Case[] = [
  {
    function: "feature.canny",
    of: "float32, sigma 1",
    calls: {
      tagswitch: "feature.canny(gray32, { out })",
      "scikit-image": "feature.canny(gray32)",
    },
  },
  {
    function: "feature.canny",
    of: "uint8, sigma 1",
    calls: {
      tagswitch: "feature.canny(gray8, { lowThreshold: 25, highThreshold: 51, out })",
      // Its gradients are four times as large.
      "opencv-js": {
        run: "(cv.GaussianBlur(gray8, a, size(9, 9), 1), cv.Canny(a, out, 100, 204, 3, true), out)",
        result: "Float64Array.from(samples(result), (value) => value / 255)",
      },
      "wasm-vips": {
        run: "pixels(gray8.canny({ sigma: 1 }))",
        result: "Float64Array.from(result, (value) => value / 255)",
      },
      "image-js": "IJS.cannyEdgeDetector(gray8)",
      "scikit-image": "feature.canny(gray8, low_threshold=25, high_threshold=51)",
      opencv: {
        run: "cv2.Canny(cv2.GaussianBlur(gray8, (9, 9), 1), 100, 204, L2gradient=True)",
        result: "result / 255",
      },
    },
  },
  ...(
    [
      ["cornerHarris", "corner_harris(gray32)"],
      ["cornerShiTomasi", "corner_shi_tomasi(gray32)"],
    ] as const
  ).map(([ours, theirs]): Case => ({
    function: `feature.${ours}`,
    of: "float32, sigma 1",
    calls: { tagswitch: `feature.${ours}(gray32, { out })`, "scikit-image": `feature.${theirs}` },
  })),
  ...(
    [
      ["structureTensor", "structure_tensor(gray32)"],
      ["hessianMatrix", "hessian_matrix(gray32, use_gaussian_derivatives=False)"],
    ] as const
  ).map(([ours, theirs]): Case => ({
    function: `feature.${ours}`,
    of: "float32, sigma 1",
    calls: {
      tagswitch: { run: `feature.${ours}(gray32, { out })`, result: "result.map((element) => element.data)" },
      "scikit-image": `feature.${theirs}`,
    },
  })),
  ...(
    [
      ["structureTensorEigenvalues", "structureTensor", "structure_tensor_eigenvalues", "structure_tensor(gray32)"],
      [
        "hessianMatrixEigvals",
        "hessianMatrix",
        "hessian_matrix_eigvals",
        "hessian_matrix(gray32, use_gaussian_derivatives=False)",
      ],
    ] as const
  ).map(([ours, elements, theirs, theirElements]): Case => ({
    function: `feature.${ours}`,
    of: "elements of float32",
    calls: {
      tagswitch: {
        prepare: `const elements = feature.${elements}(gray32)`,
        run: `feature.${ours}(elements, { out })`,
        reads: "elements",
        result: "result.map((values) => values.data)",
      },
      "scikit-image": { prepare: `elements = feature.${theirElements}`, run: `feature.${theirs}(elements)` },
    },
  })),
  ...(
    [
      ["peakLocalMax", "peak_local_max"],
      ["cornerPeaks", "corner_peaks"],
    ] as const
  ).map(([ours, theirs]): Case => ({
    function: `feature.${ours}`,
    of: "float32, 5 pixels apart",
    calls: {
      tagswitch: { run: `feature.${ours}(gray32, { minDistance: 5 })`, result: "result.length" },
      "scikit-image": { run: `feature.${theirs}(gray32, min_distance=5)`, result: "len(result)" },
    },
  })),
];
