export { adjustGamma, type AdjustGammaOptions } from "./adjust-gamma.ts";
export { adjustLog, type AdjustLogOptions } from "./adjust-log.ts";
export { adjustSigmoid, type AdjustSigmoidOptions } from "./adjust-sigmoid.ts";
export { equalizeHist, type EqualizeHistOptions } from "./equalize-hist.ts";
export { type IntensityRange, rescaleIntensity, type RescaleIntensityOptions } from "./rescale-intensity.ts";
