import type { Case } from "../case.ts";

export const FEATURE: readonly Case[] = [
  {
    function: "feature.canny",
    of: "float32, sigma 1",
    calls: {
      tagswitch: "feature.canny(gray32)",
      "scikit-image": "feature.canny(gray32)",
    },
  },
  {
    function: "feature.canny",
    of: "uint8, sigma 1",
    calls: {
      tagswitch: "feature.canny(gray8, { lowThreshold: 25, highThreshold: 51 })",
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
];
