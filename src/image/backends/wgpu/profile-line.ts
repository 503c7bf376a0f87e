import { addon } from "../../../addon.ts";
import { GpuError } from "../../errors.ts";
import { GpuImage } from "../../gpu-image.ts";
import {
  type Place,
  pixelsAround,
  profileLine,
  type ProfileLineOptions,
  profileOf,
  resolveProfileLine,
} from "../../measure/profile-line.ts";
import { splineTaps } from "../../transform/spline.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { type Argument, asked } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";

implementInSteps(
  profileLine,
  function* (image: Argument, src: Place, dst: Place, options?: ProfileLineOptions): Steps<unknown> {
    const operation = "measure.profileLine";
    const resolved = resolveProfileLine(image, src, dst, options);
    const problem = beyondLinear(resolved);
    if (problem !== null) throw new GpuError("ERR_GPU_UNSUPPORTED", operation, `${operation}: ${problem}`);
    const { width, height, channels } = image;
    const grid = { width, height, tapsAt: (place: number) => splineTaps(place, resolved.order) };
    // The few pixels that the line is made of come here, where it is computed as by the reference.
    const rows = new Map<number, number>();
    for (const place of resolved.places.flat()) {
      for (const [pixel] of pixelsAround(grid, place, resolved.mode)) {
        if (pixel >= 0 && !rows.has(pixel)) rows.set(pixel, rows.size);
      }
    }
    const pixels = Uint32Array.from(rows.keys());
    const samples = pixels.length
      ? yield* asked(operation, [image], (later, gpu) => addon.gpuSamplesAt(gpu, pixels, later))
      : [];
    const sampleAt = (pixel: number, channel: number): number => samples[rows.get(pixel)! * channels + channel]!;
    const profile = profileOf(image, resolved, grid, sampleAt);
    return image instanceof GpuImage && profile.dtype !== "float64" ? GpuImage.from(profile) : profile;
  },
  {
    shouldRun: (context, image, src, dst, options) =>
      beyondLinear(attempt(() => resolveProfileLine(image, src, dst, options))) ?? decide(context, [image], 0),
  },
);

/** Why the GPU does not take a profile; `null` where it does, and where the options are wrong, which the operation will say. */
function beyondLinear(resolved: { readonly order: number } | null): string | null {
  if (resolved === null || resolved.order <= 1) return null;
  return `order ${resolved.order}: only orders 0 and 1, which are made of few pixels, are done on the GPU`;
}
