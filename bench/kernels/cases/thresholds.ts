import type { Call, Case } from "../case.ts";

/** Of a method that image-js has too. */
const imageJs = (algorithm: string): Call => ({
  run: `IJS.threshold(gray8, { algorithm: '${algorithm}' })`,
  result: `IJS.computeThreshold ? IJS.computeThreshold(gray8, { algorithm: '${algorithm}' }) : result`,
});

/** Mean and deviation of windows in OpenCV, by two filters of sums. */
const WINDOWS = `
def windows(image, side):
    mean = cv2.boxFilter(image, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT_101)
    square = cv2.sqrBoxFilter(image, cv2.CV_32F, (side, side), borderType=cv2.BORDER_REFLECT_101)
    return mean, cv2.sqrt(cv2.max(square - mean * mean, 0))

def niblack(image, side, k):
    mean, deviation = windows(image, side)
    return mean - np.float32(k) * deviation

def sauvola(image, side, k, r):
    mean, deviation = windows(image, side)
    return mean * (1 + np.float32(k) * (deviation / np.float32(r) - 1))
`;

/** Thresholds by a histogram that only scikit-image has. */
const histogramCases = (["Isodata", "Li", "Minimum", "Yen"] as const).map((method): Case => ({
  function: `filters.threshold${method}`,
  of: "uint8",
  calls: {
    tagswitch: `filters.threshold${method}(gray8)`,
    "scikit-image": `filters.threshold_${method.toLowerCase()}(gray8)`,
  },
}));

export const THRESHOLDS: readonly Case[] = [
  {
    function: "filters.applyHysteresisThreshold",
    of: "float32",
    calls: {
      tagswitch: "filters.applyHysteresisThreshold(gray32, 0.4, 0.6, { out })",
      "scikit-image": "filters.apply_hysteresis_threshold(gray32, 0.4, 0.6)",
    },
  },
  ...histogramCases,
  {
    function: "filters.thresholdOtsu",
    of: "uint8",
    calls: {
      tagswitch: "filters.thresholdOtsu(gray8)",
      "opencv-js": "cv.threshold(gray8, out, 0, 255, cv.THRESH_OTSU)",
      "image-js": imageJs("otsu"),
      "scikit-image": "filters.threshold_otsu(gray8)",
      opencv: "cv2.threshold(gray8, 0, 255, cv2.THRESH_OTSU)[0]",
    },
  },
  {
    function: "filters.thresholdOtsu",
    of: "float32",
    calls: { tagswitch: "filters.thresholdOtsu(gray32)", "scikit-image": "filters.threshold_otsu(gray32)" },
  },
  {
    function: "filters.thresholdTriangle",
    of: "uint8",
    calls: {
      tagswitch: "filters.thresholdTriangle(gray8)",
      "opencv-js": "cv.threshold(gray8, out, 0, 255, cv.THRESH_TRIANGLE)",
      "image-js": imageJs("triangle"),
      "scikit-image": "filters.threshold_triangle(gray8)",
      opencv: "cv2.threshold(gray8, 0, 255, cv2.THRESH_TRIANGLE)[0]",
    },
  },
  {
    function: "filters.thresholdMean",
    of: "uint8",
    calls: {
      tagswitch: "filters.thresholdMean(gray8)",
      "opencv-js": "cv.mean(gray8)[0]",
      "wasm-vips": "gray8.avg()",
      "image-js": "IJS.mean(gray8)",
      "scikit-image": "filters.threshold_mean(gray8)",
      opencv: "cv2.mean(gray8)[0]",
    },
  },
  {
    function: "filters.thresholdMean",
    of: "float32",
    calls: {
      tagswitch: "filters.thresholdMean(gray32)",
      "opencv-js": "cv.mean(gray32)[0]",
      "wasm-vips": "gray32.avg()",
      "scikit-image": "filters.threshold_mean(gray32)",
      opencv: "cv2.mean(gray32)[0]",
    },
  },
  {
    function: "filters.thresholdMultiotsu",
    of: "uint8, 3 classes",
    calls: {
      tagswitch: "filters.thresholdMultiotsu(gray8)",
      "scikit-image": "filters.threshold_multiotsu(gray8)",
    },
  },
  {
    function: "filters.thresholdLocal",
    of: "float32, 35 × 35, Gaussian",
    calls: {
      tagswitch: "filters.thresholdLocal(gray32, { blockSize: 35, out })",
      "opencv-js": `(cv.GaussianBlur(gray32, out, size(47, 47), 34 / 6, 34 / 6, cv.BORDER_REFLECT), out)`,
      "scikit-image": "filters.threshold_local(gray32, 35)",
      opencv: "cv2.GaussianBlur(gray32, (47, 47), 34 / 6, borderType=cv2.BORDER_REFLECT)",
    },
  },
  {
    function: "filters.thresholdLocal",
    of: "float32, 35 × 35, mean",
    calls: {
      tagswitch: "filters.thresholdLocal(gray32, { blockSize: 35, method: 'mean', out })",
      "opencv-js": `(cv.boxFilter(gray32, out, cv.CV_32F, size(35, 35), new cv.Point(-1, -1), true, cv.BORDER_REFLECT), out)`,
      "scikit-image": "filters.threshold_local(gray32, 35, method='mean')",
      opencv: "cv2.boxFilter(gray32, cv2.CV_32F, (35, 35), borderType=cv2.BORDER_REFLECT)",
    },
  },
  {
    function: "filters.thresholdNiblack",
    of: "float32, 15 × 15",
    calls: {
      tagswitch: "filters.thresholdNiblack(gray32, { out })",
      "scikit-image": "filters.threshold_niblack(gray32)",
      opencv: { prepare: WINDOWS, run: "niblack(gray32, 15, 0.2)" },
    },
  },
  {
    function: "filters.thresholdSauvola",
    of: "float32, 15 × 15",
    calls: {
      tagswitch: "filters.thresholdSauvola(gray32, { r: 0.5, out })",
      "scikit-image": "filters.threshold_sauvola(gray32, r=0.5)",
      opencv: { prepare: WINDOWS, run: "sauvola(gray32, 15, 0.2, 0.5)" },
    },
  },
];
