export { adjustGamma, type AdjustGammaOptions } from "./adjust-gamma.ts";
export { adjustLog, type AdjustLogOptions } from "./adjust-log.ts";
export { adjustSigmoid, type AdjustSigmoidOptions } from "./adjust-sigmoid.ts";
export { equalizeAdapthist, type EqualizeAdapthistOptions } from "./equalize-adapthist.ts";
export { equalizeHist, type EqualizeHistOptions } from "./equalize-hist.ts";
export type { Histogram, SourceRange } from "./bins.ts";
export { histogram, type HistogramOptions } from "./histogram.ts";
export { matchHistograms, type MatchHistogramsOptions } from "./match-histograms.ts";
export { type IntensityRange, rescaleIntensity, type RescaleIntensityOptions } from "./rescale-intensity.ts";
