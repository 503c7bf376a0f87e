import { addon } from "../../../addon.ts";
import { GpuImage } from "../../gpu-image.ts";
import { SAMPLE_ARRAYS } from "../../image.ts";
import { blackTophat } from "../../morphology/black-tophat.ts";
import { closing } from "../../morphology/closing.ts";
import {
  convexHullImage,
  type ConvexHullImageOptions,
  resolveConvexHullImage,
} from "../../morphology/convex-hull-image.ts";
import { dilation } from "../../morphology/dilation.ts";
import {
  distanceTransformEdt,
  type DistanceTransformEdtOptions,
  resolveDistanceTransformEdt,
  type ResolvedDistanceTransformEdt,
} from "../../morphology/distance-transform-edt.ts";
import { erosion } from "../../morphology/erosion.ts";
import { type MorphologyOptions, resolveMorphology } from "../../morphology/gray-options.ts";
import { opening } from "../../morphology/opening.ts";
import { removeSmallHoles, type RemoveSmallHolesOptions } from "../../morphology/remove-small-holes.ts";
import { removeSmallObjects, type RemoveSmallObjectsOptions } from "../../morphology/remove-small-objects.ts";
import { resolveSmall } from "../../morphology/small-options.ts";
import { whiteTophat } from "../../morphology/white-tophat.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

const ON_GREY = { blackTophat, closing, dilation, erosion, opening, whiteTophat };

for (const [name, operation] of Object.entries(ON_GREY)) {
  const title = `morphology.${name}`;
  wgpu.implement(
    operation,
    (image: Argument, options?: MorphologyOptions): unknown => {
      const { footprint, ...rest } = resolveMorphology(title, image, options);
      const checked = { sides: [footprint.height, footprint.width] as const, cells: footprint.cells, ...rest };
      return recorded(title, [image], (gpu) => addon.gpuMorphology(name, gpu, checked));
    },
    {
      shouldRun: (context, image, options) =>
        decide(context, [image], SAMPLE_ARRAYS[image.dtype].BYTES_PER_ELEMENT, () =>
          resolveMorphology(title, image, options),
        ),
    },
  );
}

wgpu.implement(
  removeSmallObjects,
  (image: Argument, options?: RemoveSmallObjectsOptions): unknown => {
    const operation = "morphology.removeSmallObjects";
    const { keptSize, connectivity } = resolveSmall(operation, "minSize", image, options);
    return recorded(operation, [image], (gpu) => addon.gpuRemoveSmallObjects(gpu, keptSize, connectivity));
  },
  {
    shouldRun: (context, image) =>
      image.dtype === "uint8" ? decide(context, [image], 4) : "labels: only masks of uint8 are done on the GPU",
  },
);

wgpu.implement(
  removeSmallHoles,
  (image: Argument, options?: RemoveSmallHolesOptions): unknown => {
    const operation = "morphology.removeSmallHoles";
    const { keptSize, connectivity } = resolveSmall(operation, "areaThreshold", image, options);
    return recorded(operation, [image], (gpu) => addon.gpuRemoveSmallHoles(gpu, keptSize, connectivity));
  },
  {
    shouldRun: (context, image) =>
      image.dtype === "int32" ? "int32: only unsigned integers are done on the GPU" : decide(context, [image], 4),
  },
);

implementInSteps(
  convexHullImage,
  function* (image: Argument, options?: ConvexHullImageOptions): Steps<unknown> {
    const operation = "morphology.convexHullImage";
    const { offsetCoordinates, includeBorders } = resolveConvexHullImage(image, options);
    const hull = yield* asked(operation, [image], (later, gpu) =>
      addon.gpuConvexHullImage(gpu, offsetCoordinates, includeBorders, later),
    );
    return new GpuImage(hull);
  },
  { shouldRun: (context, image) => decide(context, [image], 1) },
);

wgpu.implement(
  distanceTransformEdt,
  (image: Argument, options?: DistanceTransformEdtOptions): unknown => {
    const operation = "morphology.distanceTransformEdt";
    const resolved = resolveDistanceTransformEdt(image, options);
    const reason = notMeasured(image, resolved);
    if (reason !== null) throw unsupported(operation, reason);
    const [height, width] = resolved.sampling;
    return recorded(operation, [image], (gpu) => addon.gpuDistanceTransformEdt(gpu, height, width));
  },
  {
    shouldRun: (context, image, options) => {
      const resolved = attempt(() => resolveDistanceTransformEdt(image, options));
      const reason = resolved && notMeasured(image, resolved);
      return reason ?? decide(context, [image], 4);
    },
  },
);

/** The largest side of an image of which distances are measured: a pixel may look along all of its row. */
const LARGEST = 16_384;
/** Sides of pixels whose distances have squares that 32-bit floats hold. */
const [LEAST_SAMPLING, LARGEST_SAMPLING] = [1e-12, 1e12];

/** Why the GPU does not measure these distances, if so. */
function notMeasured(
  { width, height }: Argument,
  { sampling, returnIndices }: ResolvedDistanceTransformEdt,
): string | null {
  if (returnIndices) return "returnIndices: only distances are measured on the GPU";
  const beyond = sampling.find((side) => side < LEAST_SAMPLING || side > LARGEST_SAMPLING);
  if (beyond !== undefined) return `sampling ${beyond}: only from 1e-12 to 1e12 on the GPU`;
  const longest = Math.max(width, height);
  return longest > LARGEST ? `a side of ${longest} pixels: at most ${LARGEST} on the GPU` : null;
}
