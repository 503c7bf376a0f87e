import { bytesOf, type WorkOf } from "./work.ts";

/** What the operations of `metrics` have to do. */
export const metricsWork: Readonly<Record<string, WorkOf>> = {
  "metrics.meanSquaredError": comparison,
  "metrics.normalizedRootMse": comparison,
  "metrics.peakSignalNoiseRatio": comparison,
  "metrics.structuralSimilarity": ([image], { window: [rows, columns] = [7, 7], full = false, gradient = false }) => {
    const samples = image.width * image.height * image.channels;
    const [up, sides] = [2 * bytesOf(image), rows + columns];
    const down = 4 * samples * (Number(full) + Number(gradient));
    const waits = 1 + Number(full) + Number(gradient);
    // Five sums along the columns, then along the rows; of the gradient three more.
    const ofGradient = gradient ? 40 + 4.2 * sides : 0;
    const native = { moved: up + down, taps: (20 + 7 * sides + 10 * Number(full) + ofGradient) * samples };
    if (Math.max(rows, columns) <= 29 && !gradient) {
      // Five sums over each window, with its cells one by one.
      return { gpu: { up, down, kernels: 1, waits, moved: up + down, taps: 5 * rows * columns * samples }, native };
    }
    // Means, and then moments about them, for which five floats lie between; of the gradient eight more.
    const [kernels, floats, steps] = gradient ? [4, 26, 14] : [2, 10, 10];
    const moved = kernels * up + down + 4 * floats * samples;
    return { gpu: { up, down, kernels, waits, moved, taps: steps * sides * samples }, native };
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
