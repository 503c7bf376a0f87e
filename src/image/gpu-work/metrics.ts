import { bytesOf, type WorkOf } from "./work.ts";

/** What the operations of `metrics` have to do. */
export const metricsWork: Readonly<Record<string, WorkOf>> = {
  "metrics.meanSquaredError": comparison,
  "metrics.normalizedRootMse": comparison,
  "metrics.peakSignalNoiseRatio": comparison,
  "metrics.structuralSimilarity": ([image], { window: [rows, columns] = [7, 7], full = false }) => {
    const samples = image.width * image.height * image.channels;
    const [up, cells] = [2 * bytesOf(image), rows * columns];
    const [down, waits] = full ? [4 * samples, 2] : [0, 1];
    // Along the columns, then along the rows. Where images are asked for, that is the reference in TypeScript.
    const taps = (20 + 5 * (rows + columns)) * samples * (full ? 10 : 1);
    return {
      // Five sums over each window, with its cells one by one.
      gpu: { up, down, kernels: 1, waits, moved: up + down, taps: 5 * cells * samples },
      native: { moved: up, taps },
    };
  },
};

/** Two images, looked at once, and the first of them again for its extremes. */
function comparison([image]: Parameters<WorkOf>[0]): ReturnType<WorkOf> {
  const samples = image.width * image.height * image.channels;
  const up = 2 * bytesOf(image);
  return {
    gpu: { up, down: 0, kernels: 2, waits: 2, moved: 1.5 * up, taps: 6 * samples },
    native: { moved: up, taps: 4 * samples },
  };
}
