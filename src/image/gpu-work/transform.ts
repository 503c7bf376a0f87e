import { bytesOf, onePass, type Work, type WorkImage, type WorkOf } from "./work.ts";

/** Work for results of about the image's size, each of whose samples is a sum of some others. */
function sums(kernels: number, gpuTaps: number, nativeTaps: number): WorkOf {
  return ([image], { degree }) => {
    if (degree !== undefined) return splineWork(image, degree);
    const samples = image.width * image.height * image.channels;
    const { gpu, native } = onePass(bytesOf(image), 4 * samples, gpuTaps * samples, nativeTaps * samples);
    return { gpu: { ...gpu, kernels }, native };
  };
}

/** Work for a result of about the image's size on a spline of this degree. */
export function splineWork(image: WorkImage, degree: number): Work {
  const samples = image.width * image.height * image.channels;
  const [up, down] = [bytesOf(image), 4 * samples];
  // Along both axes, forth and back, once or twice; each sample of the result is made of a square of coefficients.
  const sweeps = 4 * Math.floor(degree / 2);
  const square = (degree + 1) ** 2;
  // A sweep goes from row to row, or column to column: some 32 of them take as long as it takes to begin a kernel.
  const steps = (sweeps * (image.width + image.height)) / 64;
  return {
    gpu: {
      up,
      down,
      // Two kernels for each sweep, two that turn the image, one that looks up; clipping looks at image and result once more.
      kernels: 2 * sweeps + 6 + steps,
      waits: 1,
      moved: up + (2 * sweeps + 8) * down,
      taps: (8 * sweeps + 2 * square) * samples,
    },
    native: { moved: up + 10 * down, taps: (40 * sweeps + 2 * square) * samples },
  };
}

/** The same, with places that come one by one: two numbers of 64 bits for each. */
function placed(work: WorkOf): WorkOf {
  return (images, options) => {
    const { gpu, native } = work(images, options);
    const bytes = 16 * (options.places ?? 0);
    return {
      gpu: { ...gpu, up: gpu.up + bytes, moved: gpu.moved + bytes },
      native: { ...native, moved: native.moved + bytes },
    };
  };
}

/** What the operations of `transform` have to do. */
export const transformWork: Readonly<Record<string, WorkOf>> = {
  "transform.downscaleLocalMean": sums(2, 8, 4),
  "transform.integralImage": ([image]) => {
    const pixels = image.width * image.height;
    const [up, down] = [bytesOf(image), 8 * pixels];
    return {
      // Sums along the rows, those of strips, those down the columns; they become doubles here.
      gpu: { up, down: 2 * down, kernels: 4, waits: 1, moved: 2 * up + 4 * down, taps: 12 * pixels },
      native: { moved: up + 2 * down, taps: 2 * pixels },
    };
  },
  "transform.pyramidExpand": sums(2, 40, 32),
  "transform.pyramidReduce": sums(2, 16, 8),
  "transform.rescale": sums(2, 16, 8),
  "transform.resize": sums(2, 16, 8),
  "transform.rotate": sums(1, 12, 24),
  "transform.warp": placed(sums(1, 12, 24)),
  "transform.warpPolar": sums(1, 16, 24),
};
