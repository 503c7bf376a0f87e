import { bytesOf, type WorkOf } from "./work.ts";

/** What the operations of `measure` have to do. */
export const measureWork: Readonly<Record<string, WorkOf>> = {
  "measure.label": ([image]) => {
    const pixels = image.width * image.height;
    const [up, down] = [bytesOf(image), 4 * pixels];
    return {
      // Two rounds of union and find, a prefix sum in three kernels, and the numbers put in place.
      gpu: { up, down, kernels: 8, waits: 1, moved: 2 * up + 14 * down, taps: 50 * pixels },
      native: { moved: 2 * up + 4 * down, taps: 120 * pixels },
    };
  },
};
