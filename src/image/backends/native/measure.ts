import { blockReduce, resolveBlockReduce } from "../../measure/block-reduce.ts";
import { eulerNumber, resolveEulerNumber } from "../../measure/euler-number.ts";
import { counted, label, resolveLabel } from "../../measure/label.ts";
import {
  aboutCentroid,
  huFrom,
  moments,
  momentsCentral,
  momentsHu,
  resolveMoments,
  resolveMomentsCentral,
  resolveMomentsHu,
} from "../../measure/moments.ts";
import { scaledMoments } from "../../measure/moment-matrix.ts";
import { perimeter, resolvePerimeter } from "../../measure/perimeter.ts";
import {
  type Place,
  profileLine,
  type ProfileLineOptions,
  profileOf,
  resolveProfileLine,
} from "../../measure/profile-line.ts";
import {
  regionprops,
  regionpropsTable,
  regionsFrom,
  resolveRegionprops,
  resolveRegionpropsTable,
  tableFrom,
} from "../../measure/regionprops.ts";
import { intensitiesOf } from "../../measure/region-sums.ts";
import { resolveShannonEntropy, shannonEntropy } from "../../measure/shannon-entropy.ts";
import { checkSamples, type Image } from "../../image.ts";
import { destination } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { implement, kernel } from "./implement.ts";
import { sizeOf } from "../addon-call.ts";
import { reduced } from "./block-reduce.ts";

implement(
  blockReduce,
  function* (image, options) {
    checkSamples(image);
    const { func, ...blocks } = resolveBlockReduce(image, options);
    return yield* reduced("measure.blockReduce", image, options, { ...blocks, func: func! });
  },
  { shouldRun: (_, _image, options) => typeof options?.func !== "function" || "a function: kernels know of none" },
);

implement(eulerNumber, function* (image, options) {
  checkSamples(image);
  const { connectivity } = resolveEulerNumber(image, options);
  return yield* kernel("measure.eulerNumber", (addon) =>
    addon.cpuEulerNumber(image.data, ...sizeOf(image), connectivity),
  );
});

implement(label, function* (image, options) {
  checkSamples(image);
  const { background, connectivity, returnNum } = resolveLabel(image, options);
  const out = destination("measure.label", options, "int32", { width: image.width, height: image.height });
  yield* kernel("measure.label", (addon) =>
    addon.cpuLabel(image.data, ...sizeOf(image), background, connectivity, out.data),
  );
  return returnNum ? counted(out) : out;
});

implement(moments, function* (image, options) {
  checkSamples(image);
  const { order, spacing } = resolveMoments(image, options);
  return scaledMoments(yield* momentsAbout("measure.moments", image, [0, 0], order), spacing);
});

implement(momentsCentral, function* (image, options) {
  checkSamples(image);
  const operation = "measure.momentsCentral";
  const { center, order, spacing } = resolveMomentsCentral(image, options);
  if (center !== null) return scaledMoments(yield* momentsAbout(operation, image, center, order), spacing);
  const sums = yield* kernel(operation, (addon) => addon.cpuMomentsCentral(image.data, ...sizeOf(image), order));
  return scaledMoments(aboutCentroid(inRows(sums, order)), spacing);
});

implement(momentsHu, function* (image, options) {
  checkSamples(image);
  resolveMomentsHu(image, options);
  return huFrom(yield* momentsAbout("measure.momentsHu", image, [0, 0], 3));
});

implement(perimeter, function* (image, options) {
  checkSamples(image);
  const { neighborhood } = resolvePerimeter(image, options);
  return yield* kernel("measure.perimeter", (addon) =>
    addon.cpuPerimeter(image.data, ...sizeOf(image), neighborhood === 8 ? 2 : 1),
  );
});

implement(regionprops, function* (labels, intensity, options) {
  checkSamples(labels);
  const resolved = resolveRegionprops(labels, intensity, options);
  return regionsFrom(yield* regionSums("measure.regionprops", labels, intensity), labels, intensity, resolved);
});

implement(regionpropsTable, function* (labels, intensity, options) {
  checkSamples(labels);
  const resolved = resolveRegionpropsTable(labels, intensity, options);
  return tableFrom(yield* regionSums("measure.regionpropsTable", labels, intensity), labels, intensity, resolved);
});

implement(shannonEntropy, function* (image, options) {
  checkSamples(image);
  const { nats } = resolveShannonEntropy(image, options);
  const bits = yield* kernel("measure.shannonEntropy", (addon) =>
    addon.cpuShannonEntropy(image.data, ...sizeOf(image)),
  );
  return bits / nats;
});

function* momentsAbout(
  operation: string,
  image: Image,
  [row, column]: readonly [number, number],
  order: number,
): Steps<number[][]> {
  const sums = yield* kernel(operation, (addon) => addon.cpuMoments(image.data, ...sizeOf(image), row, column, order));
  return inRows(sums, order);
}

function inRows(sums: Float64Array, order: number): number[][] {
  return Array.from({ length: order + 1 }, (_, p) => [...sums.subarray(p * (order + 1), (p + 1) * (order + 1))]);
}

function* regionSums(operation: string, labels: Image, intensity: Image | null | undefined): Steps<Float64Array[]> {
  if (intensity) checkSamples(intensity);
  const integers = labels.data as Uint8Array | Uint16Array | Int32Array;
  const sums: Float64Array[] = [];
  for (const channel of intensitiesOf(intensity)) {
    const samples = channel?.data ?? null;
    sums.push(yield* kernel(operation, (addon) => addon.cpuRegionSums(integers, ...sizeOf(labels), samples)));
  }
  return sums;
}

implement(profileLine, function* (image: Image, src: Place, dst: Place, options?: ProfileLineOptions): Steps<Image> {
  checkSamples(image);
  const resolved = resolveProfileLine(image, src, dst, options);
  const { places, order, mode, cval } = resolved;
  const numbers = new Float64Array((places.length / 2) * image.channels);
  yield* kernel("measure.profileLine", (addon) =>
    addon.cpuSamplesAt(image.data, ...sizeOf(image), places, order, mode, cval, numbers),
  );
  return profileOf(image, resolved, numbers);
});
