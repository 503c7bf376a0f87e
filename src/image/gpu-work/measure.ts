import { levelWork } from "./histogram.ts";
import { bytesOf, onePass, type WorkOf } from "./work.ts";
import { splineWork } from "./transform.ts";

/** What the operations of `measure` have to do. */
export const measureWork: Readonly<Record<string, WorkOf>> = {
  "measure.blockReduce": ([image]) => {
    const samples = image.width * image.height * image.channels;
    const [up, down] = [bytesOf(image), 2 * samples];
    return {
      // Down the columns of blocks, then across.
      gpu: { up, down, kernels: 2, waits: 1, moved: up + 5 * samples, taps: 8 * samples },
      native: { moved: up + down, taps: 4 * samples },
    };
  },
  "measure.eulerNumber": ([image]) => {
    const pixels = image.width * image.height;
    return onePass(bytesOf(image), 0, 6 * pixels, 6 * pixels);
  },
  "measure.label": ([image]) => {
    const pixels = image.width * image.height;
    const [up, down] = [bytesOf(image), 4 * pixels];
    return {
      // Two rounds of union and find, a prefix sum in three kernels, and the numbers put in place.
      gpu: { up, down, kernels: 8, waits: 1, moved: 2 * up + 14 * down, taps: 50 * pixels },
      native: { moved: 2 * up + 4 * down, taps: 120 * pixels },
    };
  },
  "measure.moments": moments,
  "measure.momentsCentral": moments,
  "measure.momentsHu": moments,
  "measure.perimeter": ([image]) => {
    const pixels = image.width * image.height;
    return onePass(bytesOf(image), 0, 10 * pixels, 16 * pixels);
  },
  // Few samples, wherever they lie in the image.
  "measure.profileLine": ([image], { degree }) => {
    const few = 16 * (image.width + image.height) * image.channels;
    if (degree !== undefined) {
      const { gpu, native } = splineWork(image, degree);
      // All of the image is filtered, and by the reference in TypeScript else.
      return { gpu: { ...gpu, down: few }, native: { ...native, taps: 10 * native.taps } };
    }
    return {
      gpu: { up: bytesOf(image), down: few, kernels: 1, waits: 1, moved: few, taps: few },
      native: { moved: few, taps: few },
    };
  },
  "measure.regionpropsTable": (images) => {
    const [labels, intensity] = images;
    const pixels = labels.width * labels.height;
    const channels = intensity?.channels ?? 0;
    const up = images.reduce((sum, image) => sum + bytesOf(image), 0);
    const moved = up + (1 + channels) * bytesOf(labels);
    return {
      // The greatest label is waited for, then sums of which nobody knows how many there are: few, most often.
      gpu: {
        up,
        down: pixels / 16,
        kernels: 2 + channels,
        waits: 2 + channels,
        moved,
        taps: 20 * (1 + channels) * pixels,
      },
      native: { moved, taps: 30 * (1 + channels) * pixels },
    };
  },
  "measure.shannonEntropy": levelWork,
};

/** Four sums of each row, and what they add up to. */
function moments([image]: Parameters<WorkOf>[0]): ReturnType<WorkOf> {
  const pixels = image.width * image.height;
  return onePass(bytesOf(image), pixels / 16, 16 * pixels, 5 * pixels);
}
