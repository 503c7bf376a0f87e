import { bytesOf, type WorkOf } from "./work.ts";

/** What the operations of `metrics` have to do. */
export const metricsWork: Readonly<Record<string, WorkOf>> = {
  "metrics.meanSquaredError": comparison,
  "metrics.normalizedRootMse": comparison,
  "metrics.peakSignalNoiseRatio": comparison,
  "metrics.structuralSimilarity": ([image], { window: [rows, columns] = [7, 7] }) => {
    const samples = image.width * image.height * image.channels;
    const [up, cells] = [2 * bytesOf(image), rows * columns];
    return {
      // Five sums over each window, with its cells one by one.
      gpu: { up, down: 0, kernels: 1, waits: 1, moved: up, taps: 5 * cells * samples },
      // Along the columns, then along the rows.
      native: { moved: up, taps: (20 + 5 * (rows + columns)) * samples },
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
