export { gaussian, type GaussianOptions } from "./gaussian.ts";
export { sobel, type SobelOptions } from "./sobel.ts";
export { thresholdOtsu, type ThresholdOtsuOptions } from "./threshold-otsu.ts";
