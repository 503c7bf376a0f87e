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
import { erosion } from "../../morphology/erosion.ts";
import { type MorphologyOptions, resolveMorphology } from "../../morphology/gray-options.ts";
import { opening } from "../../morphology/opening.ts";
import { removeSmallHoles, type RemoveSmallHolesOptions } from "../../morphology/remove-small-holes.ts";
import { removeSmallObjects, type RemoveSmallObjectsOptions } from "../../morphology/remove-small-objects.ts";
import { resolveSmall } from "../../morphology/small-options.ts";
import { whiteTophat } from "../../morphology/white-tophat.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";

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
