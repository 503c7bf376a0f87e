export { meanSquaredError, type MeanSquaredErrorOptions } from "./mean-squared-error.ts";
export { normalizedRootMse, type NormalizedRootMseOptions } from "./normalized-root-mse.ts";
export { peakSignalNoiseRatio, type PeakSignalNoiseRatioOptions } from "./peak-signal-noise-ratio.ts";
export { structuralSimilarity, type StructuralSimilarityOptions } from "./structural-similarity.ts";
