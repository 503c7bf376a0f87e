// Implementations that wait for the GPU on their way.
import type { ImplementationOptions } from "../../../index.ts";
import { GpuImage, shareOf } from "../../gpu-image.ts";
import { callGpu, callGpuAsync } from "../addon-call.ts";
import { finish, finishLater, signalAmong, SingleStep, type Steps, type StepsOf, withoutSignal } from "../steps.ts";
import { wgpu } from "./backend.ts";

/** Asks the addon for what the GPU has to work out first. */
export function ask<T>(operation: string, question: (later: boolean) => T | Promise<T>): Steps<T> {
  return new SingleStep((later) =>
    later ? callGpuAsync(operation, async () => question(true)) : callGpu(operation, () => question(false)),
  );
}

/** Adds an implementation in both forms: a plain call waits for each answer, an asynchronous one is resumed with it. */
export function implementInSteps<A extends unknown[]>(
  fn: (...args: A) => unknown,
  steps: NoInfer<StepsOf<A>>,
  options: NoInfer<ImplementationOptions<A>>,
): void {
  const sync = (...args: A): unknown => finish(steps(...args));
  const later = async (...args: A): Promise<unknown> => {
    const held: GpuImage[] = [];
    const given = args.map((value) => (value instanceof GpuImage ? hold(value, held) : withoutSignal(value)));
    try {
      return await finishLater(steps(...(given as A)), signalAmong(args));
    } finally {
      for (const image of held) image.dispose();
    }
  };
  wgpu.implement(fn, { sync, async: later }, { ...options, abortable: true });
}

/** The image for the length of a call, whatever its owner disposes of meanwhile; one that is gone already as it is. */
function hold(image: GpuImage, held: GpuImage[]): GpuImage {
  const share = shareOf(image);
  if (share !== null) held.push(share);
  return share ?? image;
}
