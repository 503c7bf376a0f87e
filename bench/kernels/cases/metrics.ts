import type { Case } from "../case.ts";

export const METRICS: readonly Case[] = [
  {
    function: "metrics.meanSquaredError",
    of: "uint8",
    calls: {
      tagswitch: "metrics.meanSquaredError(gray8, other8)",
      "opencv-js": "cv.norm1(gray8, other8, cv.NORM_L2) ** 2 / samples(gray8).length",
      "image-js": "IJS.computeMse(gray8, other8)",
      "scikit-image": "metrics.mean_squared_error(gray8, other8)",
      opencv: "cv2.norm(gray8, other8, cv2.NORM_L2SQR) / gray8.size",
    },
  },
  {
    function: "metrics.meanSquaredError",
    of: "float32",
    calls: {
      tagswitch: "metrics.meanSquaredError(gray32, other32)",
      "opencv-js": "cv.norm1(gray32, other32, cv.NORM_L2) ** 2 / samples(gray32).length",
      "scikit-image": "metrics.mean_squared_error(gray32, other32)",
      opencv: "cv2.norm(gray32, other32, cv2.NORM_L2SQR) / gray32.size",
    },
  },
  {
    function: "metrics.normalizedRootMse",
    of: "float32",
    calls: {
      tagswitch: "metrics.normalizedRootMse(gray32, other32)",
      "scikit-image": "metrics.normalized_root_mse(gray32, other32)",
      opencv: "cv2.norm(gray32, other32, cv2.NORM_L2) / cv2.norm(gray32, cv2.NORM_L2)",
    },
  },
  {
    function: "metrics.peakSignalNoiseRatio",
    of: "uint8",
    calls: {
      tagswitch: "metrics.peakSignalNoiseRatio(gray8, other8)",
      "image-js": "IJS.computePsnr(gray8, other8)",
      "scikit-image": "metrics.peak_signal_noise_ratio(gray8, other8)",
      opencv: "cv2.PSNR(gray8, other8)",
    },
  },
  {
    function: "metrics.structuralSimilarity",
    of: "uint8",
    calls: {
      tagswitch: "metrics.structuralSimilarity(gray8, other8)",
      "scikit-image": "metrics.structural_similarity(gray8, other8)",
    },
  },
  {
    function: "metrics.structuralSimilarity",
    of: "float32, Gaussian weights",
    calls: {
      tagswitch: "metrics.structuralSimilarity(gray32, other32, { dataRange: 1, gaussianWeights: true })",
      "scikit-image": "metrics.structural_similarity(gray32, other32, data_range=1, gaussian_weights=True)",
    },
  },
];
