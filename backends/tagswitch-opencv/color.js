// @ts-check
import { Image } from "tagswitch/image";
import { toFloats } from "./filters.js";
import { fromImage, matType, onMat, toImage } from "./mat.js";
import { planLabel2Rgb, planRgb2Gray } from "./plan.js";
import { opencv } from "./start.js";

/** `color.rgb2gray` by a product with the weights: those of OpenCV's own conversion are others. */
export const rgb2gray = onMat(planRgb2Gray, ({ scale, dtype }, mat, mats) => {
  const cv = opencv();
  const gray = mats.mat();
  const weights = mats.add(new cv.Mat(1, 3, cv.CV_64F));
  weights.data64F.set([0.2125, 0.7154, 0.0721]);
  cv.transform(toFloats(mat, dtype, scale, mats), gray, weights);
  return gray;
});

/** `color.label2rgb` of labels alone: a look-up table of the colours, which OpenCV has for 8 bits. */
export const label2rgb = onMat(planLabel2Rgb, ({ bgLabel, bgColor, colors }, mat, mats) => {
  const cv = opencv();
  const { data, width, height } = toImage(mat);
  const others = [...new Set(data)].filter((label) => label !== bgLabel).sort((a, b) => a - b);
  const entryOf = new Map(others.map((label, rank) => [label, 1 + (rank % colors.length)]));
  const entries = Uint8Array.from(data, (label) => entryOf.get(label) ?? 0);
  const table = mats.add(new cv.Mat(1, 256, matType("float32", 3)));
  [bgColor, ...colors].forEach((color, entry) => table.data32F.set(color.slice(0, 3), 3 * entry));
  const [channels, painted] = [mats.mat(), mats.mat()];
  cv.cvtColor(mats.add(fromImage(new Image(entries, { width, height }))), channels, cv.COLOR_GRAY2RGB, 0);
  cv.LUT(channels, table, painted);
  return painted;
});
