import { addon } from "../../../addon.ts";
import { blockReduce, resolveBlockReduce } from "../../measure/block-reduce.ts";
import { eulerNumber, resolveEulerNumber } from "../../measure/euler-number.ts";
import { label, resolveLabel } from "../../measure/label.ts";
import {
  centralFrom,
  huFrom,
  moments,
  momentsCentral,
  momentsHu,
  resolveMoments,
  resolveMomentsCentral,
  resolveMomentsHu,
} from "../../measure/moments.ts";
import { perimeter, resolvePerimeter } from "../../measure/perimeter.ts";
import {
  regionprops,
  regionpropsTable,
  regionsFrom,
  resolveRegionprops,
  resolveRegionpropsTable,
} from "../../measure/regionprops.ts";
import { tableOf } from "../../measure/region-table.ts";
import type { RegionProperties } from "../../measure/region.ts";
import { resolveShannonEntropy, shannonEntropy } from "../../measure/shannon-entropy.ts";
import { checkSamples, type Image } from "../../image.ts";
import { destination } from "../../out.ts";
import { callAddon } from "../addon-call.ts";
import { native } from "./backend.ts";
import { reduced } from "./block-reduce.ts";

native.implement(blockReduce, (image, options) => {
  checkSamples(image);
  return reduced("measure.blockReduce", image, options, resolveBlockReduce(image, options));
});

native.implement(eulerNumber, (image, options) => {
  checkSamples(image);
  const { connectivity } = resolveEulerNumber(image, options);
  return callAddon("measure.eulerNumber", () => addon.cpuEulerNumber(image.data, image, connectivity));
});

native.implement(label, (image, options) => {
  checkSamples(image);
  const { background, connectivity } = resolveLabel(image, options);
  const out = destination("measure.label", options, "int32", { width: image.width, height: image.height });
  callAddon("measure.label", () => addon.cpuLabel(image.data, image, background, connectivity, out.data));
  return out;
});

native.implement(moments, (image, options) => {
  checkSamples(image);
  return momentsAbout("measure.moments", image, [0, 0], resolveMoments(image, options).order);
});

native.implement(momentsCentral, (image, options) => {
  checkSamples(image);
  const about = (center: readonly [number, number], order: number): number[][] =>
    momentsAbout("measure.momentsCentral", image, center, order);
  return centralFrom(about, resolveMomentsCentral(image, options));
});

native.implement(momentsHu, (image, options) => {
  checkSamples(image);
  resolveMomentsHu(image, options);
  return huFrom(momentsAbout("measure.momentsHu", image, [0, 0], 3));
});

native.implement(perimeter, (image, options) => {
  checkSamples(image);
  const { neighborhood } = resolvePerimeter(image, options);
  return callAddon("measure.perimeter", () => addon.cpuPerimeter(image.data, image, neighborhood === 8 ? 2 : 1));
});

native.implement(regionprops, (labels, intensity, options) => {
  checkSamples(labels);
  resolveRegionprops(labels, intensity, options);
  return regions("measure.regionprops", labels, intensity);
});

native.implement(regionpropsTable, (labels, intensity, options) => {
  checkSamples(labels);
  const { properties, separator } = resolveRegionpropsTable(labels, intensity, options);
  return tableOf(regions("measure.regionpropsTable", labels, intensity), properties, separator);
});

native.implement(shannonEntropy, (image, options) => {
  checkSamples(image);
  const { nats } = resolveShannonEntropy(image, options);
  return callAddon("measure.shannonEntropy", () => addon.cpuShannonEntropy(image.data, image)) / nats;
});

function momentsAbout(
  operation: string,
  image: Image,
  [row, column]: readonly [number, number],
  order: number,
): number[][] {
  const sums = callAddon(operation, () => addon.cpuMoments(image.data, image, row, column, order));
  return Array.from({ length: order + 1 }, (_, p) => [...sums.subarray(p * (order + 1), (p + 1) * (order + 1))]);
}

function regions(operation: string, labels: Image, intensity: Image | null | undefined): RegionProperties[] {
  if (intensity) checkSamples(intensity);
  const integers = labels.data as Uint8Array | Uint16Array | Int32Array;
  const sums = callAddon(operation, () => addon.cpuRegionSums(integers, labels, intensity?.data ?? null));
  return regionsFrom(sums, labels, intensity);
}
