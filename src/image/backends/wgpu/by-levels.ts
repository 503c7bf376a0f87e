// Integers of 32 bits: what becomes of a sample is worked out here, once for each level that occurs.
import { addon } from "../../../addon.ts";
import { GpuError } from "../../errors.ts";
import { type Curve, requireNotNegative } from "../../exposure/adjustment.ts";
import type { GpuImage } from "../../gpu-image.ts";
import { type DType, Image } from "../../image.ts";
import { levelTable } from "./level-table.ts";
import { type Argument, recordedBy } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask } from "./steps.ts";

type Handle = Parameters<typeof addon.gpuLevelHistogram>[0];

/** The levels that occur, ascending. */
export function* levelsOf(operation: string, gpu: Handle): Steps<Float64Array> {
  return (yield* ask(operation, (later) => addon.gpuLevelHistogram(gpu, operation, 1, later))).binCenters;
}

/** The same of an image without negative samples; the first of these is `ERR_IMAGE_VALUE`, as everywhere. */
export function* levelsFromZero(operation: string, image: Argument, gpu: Handle): Steps<Float64Array> {
  let levels: Float64Array;
  try {
    levels = yield* levelsOf(operation, gpu);
  } catch (error) {
    // Levels too far apart to be counted: those below 0 no other backend takes either.
    if (error instanceof GpuError && error.code === "ERR_GPU_UNSUPPORTED") yield* refuseNegative(operation, image);
    throw error;
  }
  if (levels[0]! < 0) yield* refuseNegative(operation, image);
  return levels;
}

function* refuseNegative(operation: string, image: Argument): Steps<void> {
  const { data } = image instanceof Image ? image : yield* broughtBack(operation, image);
  for (const sample of data) requireNotNegative(operation, sample);
}

function broughtBack(operation: string, image: GpuImage): Steps<Image> {
  return ask(operation, (later) => (later ? image.toImage() : image.toImageSync()));
}

/** What becomes of these levels of an image: a curve in 64 bits, as there are too many levels of 32 bits for a table of all. */
export function byLevels(
  operation: string,
  { alpha }: Argument,
  gpu: Handle,
  levels: Float64Array,
  dtype: DType,
  curve: Curve,
): GpuImage {
  const adjustedLevels = Array.from(levels, (level) => curve(level));
  const { table, least } = levelTable(levels, adjustedLevels, dtype);
  return recordedBy(operation, () => addon.gpuLookUp(gpu, operation, table, least, 1), alpha);
}
