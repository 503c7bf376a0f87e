import { addon } from "../../../addon.ts";
import { label, type LabelOptions, resolveLabel } from "../../measure/label.ts";
import { decide } from "../gpu-choice.ts";
import { wgpu } from "./backend.ts";
import { type Argument, recorded } from "./recorded.ts";

wgpu.implement(
  label,
  (image: Argument, options?: LabelOptions): unknown => {
    const { background, connectivity } = resolveLabel(image, options);
    return recorded("measure.label", [image], (gpu) => addon.gpuLabel(gpu, background, connectivity));
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);
