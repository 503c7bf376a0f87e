import { addon } from "../../../addon.ts";
import { GpuImage } from "../../gpu-image.ts";
import { clearBorder, type ClearBorderOptions, resolveClearBorder } from "../../segmentation/clear-border.ts";
import { expandLabels, type ExpandLabelsOptions, resolveExpandLabels } from "../../segmentation/expand-labels.ts";
import {
  findBoundaries,
  type FindBoundariesOptions,
  resolveFindBoundaries,
} from "../../segmentation/find-boundaries.ts";
import {
  markBoundaries,
  type MarkBoundariesOptions,
  resolveMarkBoundaries,
} from "../../segmentation/mark-boundaries.ts";
import {
  newLabels,
  relabelSequential,
  type RelabelSequentialOptions,
  requireNoNegative,
  resolveRelabelSequential,
} from "../../segmentation/relabel-sequential.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { levelTable } from "./level-table.ts";
import { gpuMask } from "./mask.ts";
import { type Argument, isArgument, onGpuInSteps, recorded, recordedBy } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

wgpu.implement(
  clearBorder,
  (labels: Argument, options?: ClearBorderOptions): unknown => {
    const operation = "segmentation.clearBorder";
    const { bufferSize, bgval, mask } = resolveClearBorder(labels, options, isArgument);
    if (!mask) {
      return recorded(operation, [labels], (gpu) => addon.gpuClearBorder(gpu, bufferSize, bgval, null), labels.alpha);
    }
    const images = [labels, gpuMask(mask)] as const;
    return recorded(operation, images, (gpu, of) => addon.gpuClearBorder(gpu, 0, bgval, of), labels.alpha);
  },
  {
    shouldRun: (context, labels, options) =>
      decide(context, options?.mask instanceof GpuImage ? [labels, options.mask] : [labels], 4),
  },
);

wgpu.implement(
  expandLabels,
  (labels: Argument, options?: ExpandLabelsOptions): unknown => {
    const operation = "segmentation.expandLabels";
    const { distance } = resolveExpandLabels(labels, options);
    const problem = tooFar(labels, options);
    if (problem !== null) throw unsupported(operation, problem);
    return recorded(operation, [labels], (gpu) => addon.gpuExpandLabels(gpu, distance));
  },
  {
    shouldRun: (context, labels, options) =>
      tooFar(labels, options) ??
      decide(context, [labels], 4, () => {
        const side = 2 * Math.floor(resolveExpandLabels(labels, options).distance) + 1;
        return { window: [side, side] };
      }),
  },
);

/** Each pixel looks at so many neighbours in each direction, at most. */
const FURTHEST = 256;

/** Why the GPU does not grow labels so; `null` where it does, or where the options are wrong. */
function tooFar(labels: Argument, options?: ExpandLabelsOptions): string | null {
  try {
    const { distance, spacing } = resolveExpandLabels(labels, options);
    if (spacing.some((side) => side !== 1)) return "spacing: only square pixels of side 1 on the GPU";
    const furthest = Math.min(Math.floor(distance), Math.max(labels.width, labels.height));
    return furthest > FURTHEST ? `labels grow by ${furthest} pixels: at most by ${FURTHEST} on the GPU` : null;
  } catch {
    return null;
  }
}

wgpu.implement(
  findBoundaries,
  (labels: Argument, options?: FindBoundariesOptions): unknown => {
    const operation = "segmentation.findBoundaries";
    const { connectivity, mode, background } = resolveFindBoundaries(labels, options);
    if (mode === "subpixel") throw unsupported(operation, NO_SUBPIXELS);
    return recorded(operation, [labels], (gpu) => addon.gpuFindBoundaries(gpu, connectivity, mode, background));
  },
  {
    shouldRun: (context, labels, options) =>
      options?.mode === "subpixel" ? NO_SUBPIXELS : decide(context, [labels], 1),
  },
);

const NO_SUBPIXELS = 'mode "subpixel": only pixels are marked on the GPU';

implementInSteps(
  relabelSequential,
  function* (labels: Argument, options?: RelabelSequentialOptions): Steps<unknown> {
    const operation = "segmentation.relabelSequential";
    const { offset } = resolveRelabelSequential(labels, options);
    return yield* onGpuInSteps([labels], function* (gpu) {
      const { binCenters } = yield* ask(operation, (later) => addon.gpuLevelHistogram(gpu, operation, 1, later));
      const inValues = Int32Array.from(binCenters);
      requireNoNegative(inValues);
      const outValues = newLabels(inValues, offset);
      const { table, least } = levelTable(binCenters, outValues, "int32");
      const relabeled = recordedBy(operation, () => addon.gpuLookUp(gpu, operation, table, least, 1));
      return { relabeled, inValues, outValues };
    });
  },
  { shouldRun: (context, labels) => decide(context, [labels], 4) },
);

wgpu.implement(
  markBoundaries,
  (image: Argument, labels: Argument, options?: MarkBoundariesOptions): unknown => {
    const operation = "segmentation.markBoundaries";
    const { color, outlineColor, mode, backgroundLabel } = resolveMarkBoundaries(image, labels, options);
    if (mode === "subpixel") throw unsupported(operation, NO_SUBPIXELS);
    const checked = { color, mode, backgroundLabel, ...(outlineColor && { outlineColor }) };
    return recorded(operation, [image, labels], (gpu, of) => addon.gpuMarkBoundaries(gpu, of, checked));
  },
  {
    shouldRun: (context, image, labels, options) =>
      options?.mode === "subpixel" ? NO_SUBPIXELS : decide(context, [image, labels], 12),
  },
);
