import { addon } from "../../../addon.ts";
import { label, type LabelOptions, resolveLabel } from "../../measure/label.ts";
import {
  centralFrom,
  moments,
  momentsCentral,
  type MomentsCentralOptions,
  momentsHu,
  type MomentsOptions,
  resolveMoments,
  resolveMomentsCentral,
  resolveMomentsHu,
} from "../../measure/moments.ts";
import { huMoments, normalizedMoments } from "../../measure/moment-matrix.ts";
import type { DispatchOptions } from "../../system.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, onGpu, recorded } from "./recorded.ts";

wgpu.implement(
  label,
  (image: Argument, options?: LabelOptions): unknown => {
    const { background, connectivity } = resolveLabel(image, options);
    return recorded("measure.label", [image], (gpu) => addon.gpuLabel(gpu, background, connectivity));
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);

wgpu.implement(
  moments,
  (image: Argument, options?: MomentsOptions): unknown =>
    momentsAbout("measure.moments", image, [0, 0], resolveMoments(image, options).order),
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

wgpu.implement(
  momentsCentral,
  (image: Argument, options?: MomentsCentralOptions): unknown => {
    const about = (center: readonly [number, number], order: number): number[][] =>
      momentsAbout("measure.momentsCentral", image, center, order);
    return centralFrom(about, resolveMomentsCentral(image, options));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

wgpu.implement(
  momentsHu,
  (image: Argument, options?: DispatchOptions): unknown => {
    resolveMomentsHu(image, options);
    const about = (center: readonly [number, number], order: number): number[][] =>
      momentsAbout("measure.momentsHu", image, center, order);
    // About the centre of mass at once: sums of 32 bits from elsewhere would not do.
    return huMoments(normalizedMoments(centralFrom(about, { center: null, order: 3 })));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

function momentsAbout(
  operation: string,
  image: Argument,
  [row, column]: readonly [number, number],
  order: number,
): number[][] {
  const sums = onGpu(operation, [image], (gpu) => addon.gpuMoments(operation, gpu, row, column, order));
  return Array.from({ length: order + 1 }, (_, p) => [...sums.subarray(p * (order + 1), (p + 1) * (order + 1))]);
}
