import { addon } from "../../../addon.ts";
import { GpuError } from "../../errors.ts";
import { label, type LabelOptions, resolveLabel } from "../../measure/label.ts";
import {
  aboutCentroid,
  moments,
  momentsCentral,
  type MomentsCentralOptions,
  momentsHu,
  type MomentsOptions,
  resolveMoments,
  resolveMomentsCentral,
  resolveMomentsHu,
} from "../../measure/moments.ts";
import { centroidOf, huMoments, normalizedMoments, scaledMoments } from "../../measure/moment-matrix.ts";
import type { DispatchOptions } from "../../system.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";

wgpu.implement(
  label,
  (image: Argument, options?: LabelOptions): unknown => {
    const operation = "measure.label";
    const { background, connectivity, returnNum } = resolveLabel(image, options);
    if (returnNum) throw new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${NO_COUNT}`);
    return recorded(operation, [image], (gpu) => addon.gpuLabel(gpu, background, connectivity));
  },
  {
    shouldRun: (context, image, options?: LabelOptions) =>
      options?.returnNum ? NO_COUNT : decide(context, [image], 4),
  },
);

const NO_COUNT = "returnNum: regions are not counted on the GPU";

implementInSteps(
  moments,
  function* (image: Argument, options?: MomentsOptions): Steps<unknown> {
    const { order, spacing } = resolveMoments(image, options);
    return scaledMoments(yield* momentsAbout("measure.moments", image, ORIGIN, order), spacing);
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  momentsCentral,
  function* (image: Argument, options?: MomentsCentralOptions): Steps<unknown> {
    const operation = "measure.momentsCentral";
    const { center, order, spacing } = resolveMomentsCentral(image, options);
    if (center !== null) return scaledMoments(yield* momentsAbout(operation, image, center, order), spacing);
    return scaledMoments(yield* centralMoments(operation, image, order), spacing);
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  momentsHu,
  function* (image: Argument, options?: DispatchOptions): Steps<unknown> {
    resolveMomentsHu(image, options);
    // About the centre of mass at once: sums of 32 bits from elsewhere would not do.
    return huMoments(normalizedMoments(yield* centralMoments("measure.momentsHu", image, 3)));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

const ORIGIN = [0, 0] as const;

function* centralMoments(operation: string, image: Argument, order: number): Steps<number[][]> {
  const center = centroidOf(yield* momentsAbout(operation, image, ORIGIN, 1));
  return aboutCentroid(yield* momentsAbout(operation, image, center, order));
}

function* momentsAbout(
  operation: string,
  image: Argument,
  [row, column]: readonly [number, number],
  order: number,
): Steps<number[][]> {
  const sums = yield* asked(operation, [image], (later, gpu) =>
    addon.gpuMoments(operation, gpu, row, column, order, later),
  );
  return Array.from({ length: order + 1 }, (_, p) => [...sums.subarray(p * (order + 1), (p + 1) * (order + 1))]);
}
