import { addon } from "../../../addon.ts";
import {
  findBoundaries,
  type FindBoundariesOptions,
  resolveFindBoundaries,
} from "../../segmentation/find-boundaries.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, recorded } from "./recorded.ts";

wgpu.implement(
  findBoundaries,
  (labels: Argument, options?: FindBoundariesOptions): unknown => {
    const { connectivity, mode, background } = resolveFindBoundaries(labels, options);
    return recorded("segmentation.findBoundaries", [labels], (gpu) =>
      addon.gpuFindBoundaries(gpu, connectivity, mode, background),
    );
  },
  { shouldRun: (context, labels) => decide(context, [labels], 1) },
);
