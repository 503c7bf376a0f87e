import { addon } from "../../../addon.ts";
import { GpuImage } from "../../gpu-image.ts";
import { Image } from "../../image.ts";
import {
  resolveWatershed,
  type ResolvedWatershed,
  seedsWithin,
  watershed,
  type WatershedOptions,
} from "../../segmentation/watershed.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import type { Steps } from "../steps.ts";
import { gpuMask } from "./mask.ts";
import { orNext } from "./or-next.ts";
import { type Argument, isArgument, onGpuInSteps } from "./recorded.ts";
import { ask, implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

type Markers = Argument | number | null;

implementInSteps(
  watershed as (image: Argument, markers?: Markers, options?: WatershedOptions) => unknown,
  orNext(function* (image: Argument, markers?: Markers, options?: WatershedOptions): Steps<unknown> {
    const operation = "segmentation.watershed";
    const resolved = resolveWatershed(image, markers, options, isArgument);
    const problem = notFlooded(resolved, markers);
    if (problem !== null) throw unsupported(operation, problem);
    const seeds =
      typeof markers === "number"
        ? new Image(seedsWithin(image, markers, resolved.mask as Image | null), image)
        : (markers ?? null);
    const mask = resolved.mask && gpuMask(resolved.mask);
    const images = [image, seeds, mask].filter((one) => one !== null);
    return yield* onGpuInSteps(images, function* (...handles) {
      const [gpu, from, within] = [handles.shift()!, seeds && handles.shift()!, mask && handles.shift()!];
      const connectivity = resolved.connectivity as 1 | 2;
      return new GpuImage(yield* ask(operation, (later) => addon.gpuWatershed(gpu, from, within, connectivity, later)));
    });
  }),
  {
    shouldRun: (context, image, markers, options) => {
      const resolved = attempt(() => resolveWatershed(image, markers, options, isArgument));
      const problem = resolved && notFlooded(resolved, markers);
      // Masks in main memory become bytes.
      const mask = resolved?.mask instanceof GpuImage ? resolved.mask : null;
      const images = [image, markers, mask].filter(isArgument);
      return problem ?? decide(context, images, 4);
    },
    defers: true,
  },
);

/** Why the GPU does not flood so; `null` where it does. */
function notFlooded(
  { compactness, connectivity, mask, watershedLine }: ResolvedWatershed<Argument>,
  markers?: Markers,
): string | null {
  if (typeof connectivity === "object")
    return "neighbours of one's own: the GPU knows those that share an edge or a corner";
  if (compactness > 0) return "compactness: the GPU floods by values only";
  if (watershedLine) return "watershedLine: the GPU leaves no lines";
  if (typeof markers === "number" && mask instanceof GpuImage)
    return "markers by number: a mask on the GPU is not counted";
  return null;
}
