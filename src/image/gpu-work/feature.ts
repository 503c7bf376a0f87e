import { gaussian } from "./filters.ts";
import { measureWork } from "./measure.ts";
import { morphologyWork } from "./morphology.ts";
import { bytesOf, onePass, type Work, type WorkImage, type WorkOf, type WorkOptions } from "./work.ts";

/** Products of derivatives, a blur of all three, and so many images that are made of them. */
function tensor(image: WorkImage, radius: readonly [row: number, column: number], results: number): Work {
  const pixels = image.width * image.height;
  const blur = gaussian({ ...image, channels: 3, dtype: "float32" }, radius);
  const [up, down] = [bytesOf(image), 4 * results * pixels];
  const kernels = blur.gpu.kernels + 2;
  const moved = blur.gpu.moved + up + 24 * pixels + down;
  return {
    gpu: { up, down, kernels, waits: 1, moved, taps: blur.gpu.taps + 16 * pixels },
    native: { moved: up + down, taps: blur.native.taps + 24 * pixels },
  };
}

/** Three images in, two out. */
function eigenvalues(image: WorkImage): Work {
  const pixels = image.width * image.height;
  return onePass(3 * bytesOf(image), 8 * pixels, 4 * pixels, 8 * pixels);
}

/** A dilation, extremes, and two looks at what equals it; peaks are few. */
function peaks(images: readonly [WorkImage, ...WorkImage[]], { footprint = SQUARE }: WorkOptions): Work {
  const [image] = images;
  const pixels = image.width * image.height;
  const { gpu, native } = morphologyWork["morphology.dilation"]!(images, { footprint });
  return {
    gpu: {
      up: gpu.up,
      down: pixels / 16,
      kernels: gpu.kernels + 4,
      waits: 3,
      moved: gpu.moved + 5 * gpu.up,
      taps: gpu.taps + 30 * pixels,
    },
    native: { moved: native.moved + 2 * gpu.up, taps: native.taps + 2 * pixels },
  };
}

/** A Gaussian, gradients, crests and regions, by integers: a sum of 64 bits is as much as 15 taps, a product 25, a quotient or root 200. */
function canny(images: readonly [WorkImage, ...WorkImage[]], options: WorkOptions): Work {
  const [image] = images;
  const pixels = image.width * image.height;
  const { radius: [rows, columns] = [4, 4] } = options;
  const labels = measureWork["measure.label"]!([{ ...image, dtype: "uint8" }], options);
  const [up, pairs] = [bytesOf(image), rows + columns];
  return {
    gpu: {
      up,
      down: pixels,
      kernels: labels.gpu.kernels + 9,
      waits: 1,
      moved: labels.gpu.moved + up + 120 * pixels,
      taps: labels.gpu.taps + (55 * pairs + 1000) * pixels,
    },
    native: { moved: 2 * up + 4 * pixels, taps: (4 * pairs + 100) * pixels },
  };
}

/** The neighbours of a pixel at a distance of 1. */
const SQUARE = { height: 3, width: 3, count: 9 };

/** What the operations of `feature` have to do. */
export const featureWork: Readonly<Record<string, WorkOf>> = {
  "feature.canny": canny,
  "feature.cornerHarris": ([image], { radius = [4, 4] }) => tensor(image, radius, 1),
  "feature.cornerPeaks": peaks,
  "feature.cornerShiTomasi": ([image], { radius = [4, 4] }) => tensor(image, radius, 1),
  "feature.hessianMatrix": ([image], { radius = [4, 4], wide }) => {
    const pixels = image.width * image.height;
    const one = gaussian(image, radius);
    const [up, down] = [bytesOf(image), 12 * pixels];
    // By derivatives of the Gaussian there are two steps, of two filters and of three.
    const filters = wide === undefined ? 1 : 5;
    const differences = wide === undefined ? 1 : 0;
    const moved = filters * one.gpu.moved + differences * 16 * pixels;
    return {
      gpu: {
        up,
        down,
        kernels: filters * one.gpu.kernels + differences,
        waits: 1,
        moved,
        taps: filters * one.gpu.taps + differences * 8 * pixels,
      },
      native: { moved, taps: filters * one.native.taps + differences * 12 * pixels },
    };
  },
  "feature.hessianMatrixEigvals": ([image]) => eigenvalues(image),
  "feature.peakLocalMax": peaks,
  "feature.structureTensorEigenvalues": ([image]) => eigenvalues(image),
  "feature.structureTensor": ([image], { radius = [4, 4] }) => tensor(image, radius, 3),
};
