import { addon } from "../../../addon.ts";
import { GpuImage } from "../../gpu-image.ts";
import {
  numbersAt,
  type Place,
  pixelsAround,
  profileLine,
  type ProfileLineOptions,
  profileOf,
  resolveProfileLine,
} from "../../measure/profile-line.ts";
import { splineGrid, type SplineOrder } from "../../transform/spline.ts";
import { attempt } from "../attempt.ts";
import { decide } from "../gpu-choice.ts";
import { type Argument, asked } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { implementInSteps } from "./steps.ts";
import { unsupported } from "./unsupported.ts";

implementInSteps(
  profileLine,
  function* (image: Argument, src: Place, dst: Place, options?: ProfileLineOptions): Steps<unknown> {
    const operation = "measure.profileLine";
    const resolved = resolveProfileLine(image, src, dst, options);
    const { order, mode, cval } = resolved;
    const problem = unrounded(image, resolved);
    if (problem !== null) throw unsupported(operation, problem);
    const { channels } = image;
    const grid = splineGrid(image, order, mode);
    // The few pixels, or coefficients of a spline, that the line is made of come here, where it is computed as by the reference.
    const rows = new Map<number, number>();
    for (let i = 0; i < resolved.places.length; i += 2) {
      for (const [pixel] of pixelsAround(grid, [resolved.places[i]!, resolved.places[i + 1]!], mode)) {
        if (pixel >= 0 && !rows.has(pixel)) rows.set(pixel, rows.size);
      }
    }
    const pixels = Uint32Array.from(rows.keys());
    const samples = pixels.length
      ? yield* asked(operation, [image], (later, gpu) =>
          order <= 1
            ? addon.gpuSamplesAt(gpu, pixels, later)
            : addon.gpuCoefficientsAt(gpu, order, mode, cval, pixels, later),
        )
      : [];
    const sampleAt = (pixel: number, channel: number): number => samples[rows.get(pixel)! * channels + channel]!;
    const profile = profileOf(image, resolved, numbersAt(grid, channels, resolved, sampleAt));
    return image instanceof GpuImage && profile.dtype !== "float64" ? GpuImage.from(profile) : profile;
  },
  {
    shouldRun: (context, image, src, dst, options) => {
      const resolved = attempt(() => resolveProfileLine(image, src, dst, options));
      if (resolved === null || resolved.order <= 1) return decide(context, [image], 0);
      const degree = resolved.order;
      return unrounded(image, resolved) ?? decide(context, [image], 4 * image.channels, () => ({ degree }));
    },
  },
);

/** Why the GPU does not take a profile; `null` where it does. */
function unrounded({ dtype }: Argument, { order }: { readonly order: SplineOrder }): string | null {
  if (order <= 1 || dtype.startsWith("float")) return null;
  return `order ${order} of ${dtype}: samples are rounded, by digits of splines that 32-bit floats do not have`;
}
