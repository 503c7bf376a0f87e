import type { Expectations } from "./conformance.ts";

/** Cases of the suite that the GPU refuses, some of them at some sizes only, and in which words. */
export const GPU_REFUSALS: NonNullable<Expectations["refuses"]> = [
  { titles: / measure\.regionprops /, reason: /does not implement this function/ },
  {
    titles: /segmentation\.watershed .*"connectivity":(\[\[(0|1,1,0)|[12],"offset")/,
    reason: /neighbours of one's own|32-bit floats only/,
  },
  {
    titles: /segmentation\.watershed .*"compactness"/,
    reason: /compactness: the GPU floods by values|32-bit floats only/,
  },
  { titles: /segmentation\.watershed .*"watershedLine"/, reason: /watershedLine: the GPU leaves|32-bit floats only/ },
  {
    titles:
      /segmentation\.watershed (generated (u?int\d+|float32) (minima )?\{|generated int32 seeds|plateaus-uint8 ((all-)?markers-|30 .*\[|null \{"connectivity":(1\}|2))|(camera-uint8|checkers-uint8|noise-levels-int32) null)/,
    reason: /ways of the same heights lead to a pixel from several markers/,
  },
  { titles: /segmentation\.watershed nan-float32/, reason: /NaN or 2147483647 among the samples/ },
  {
    titles: /regionpropsTable .*"(intensityMedian|moments\w*|perimeter)"/,
    reason: /: only what follows from boxes, extremes and sums/,
  },
  {
    titles: /regionpropsTable (\S+ \S+-float|generated (int32|float)).*"(intensity|centroidWeighted)/,
    reason: /its sums are not exact/,
  },
  { titles: /label2rgb .*"kind":"avg"/, reason: /kind "avg" is not done on the GPU/ },
  { titles: /removeSmallObjects .*(uint16|int32)/, reason: /labels: only masks of uint8 are done on the GPU/ },
  { titles: /removeSmallHoles .*int32/, reason: /int32: only unsigned integers are done on the GPU/ },
  { titles: / transform\.integrate /, reason: /does not implement this function/ },
  { titles: /feature\.canny .*"useQuantiles"/, reason: /useQuantiles: gradients are not sorted|32-bit floats only/ },
  { titles: /feature\.(cornerPeaks|peakLocalMax) .*"labels"/, reason: /labels: regions with peaks of their own/ },
  {
    titles: /profileLine (\w+-|generated )u?int.*"order":[2-5]/,
    reason: /order [2-5] of u?int\d+: samples are rounded/,
  },
  {
    titles: /distanceTransformEdt .*"returnIndices"/,
    reason: /returnIndices: only distances are measured|32-bit floats only/,
  },
  { titles: /expandLabels .*"spacing"/, reason: /spacing: only square pixels/ },
  { titles: /(find|mark)Boundaries .*"subpixel"/, reason: /mode "subpixel": only pixels are marked/ },
  { titles: /rescaleIntensity .*"outRange":"float"/, reason: /float64: the GPU has 32-bit floats only/ },
  { titles: /integralImage .*float32/, reason: /sums of floats need 64 bits/ },
  { titles: /(?<!places-)float64/, reason: /32-bit floats only/ },
  { titles: /(equalizeHist|threshold(Isodata|Li|Otsu|Triangle|Yen)) generated int32 (?!.*"hist")/, reason: /levels/ },
  {
    titles:
      /exposure\.(adjust\w+|rescaleIntensity) (generated int32 (?!of levels)|(?!noise-levels|pixel)[\w-]*-int32 )/,
    reason: /levels go from/,
  },
  {
    titles: /rescaleIntensity (generated |[\w-]*-)float32 .*"outRange":"u?int\d+"/,
    reason: /floats as integers: divisions are not exact on the GPU/,
  },
  { titles: /blockReduce .*float32 (\{\}|.*"sum")/, reason: /sums of floats need 64 bits/ },
  { titles: /shannonEntropy (generated int32 of any|(?!pixel|noise)[a-z]+-int32)/, reason: /levels/ },
  { titles: /matchHistograms (?!.*of levels).*int32/, reason: /levels/ },
];
