import { histogramWork, levelWork } from "./histogram.ts";
import { measureWork } from "./measure.ts";
import { bytesOf, onePass, type Scale, type Work, type WorkImage, type WorkOf } from "./work.ts";

/** An edge filter with so many taps a pixel, of the image and its mask, if there is one. */
function edges(gpuTaps: number, nativeTaps: number): WorkOf {
  return ([image, mask]) => {
    const pixels = image.width * image.height;
    const found = onePass(bytesOf(image), 4 * pixels, gpuTaps * pixels, nativeTaps * pixels);
    if (mask === undefined) return found;
    const [up, moved] = [found.gpu.up + bytesOf(mask), found.gpu.moved + bytesOf(mask) + 8 * pixels];
    const { gpu, native } = found;
    return {
      gpu: { ...gpu, up, kernels: 2, moved, taps: gpu.taps + 4 * pixels },
      native: { moved: native.moved + bytesOf(mask), taps: native.taps + 4 * pixels },
    };
  };
}

/** A blur with kernels of these radii. */
export function gaussian(image: WorkImage, radius: readonly [row: number, column: number]): Work {
  const samples = image.width * image.height * image.channels;
  const [up, down] = [bytesOf(image), 4 * samples];
  const passes = radius.filter((one) => one > 0);
  const window = passes.reduce((taps, one) => taps + 2 * one + 1, 0);
  const kernels = Math.max(passes.length, 1);
  const moved = up + down * (2 * kernels - 1);
  return {
    // A pass costs as much as 8 taps besides its window: positions, the tile's edges.
    gpu: { up, down, kernels, waits: 1, moved, taps: (window + 8 * kernels) * samples },
    native: { moved, taps: (window + 4 * kernels) * samples },
  };
}

/** A median of so many neighbours. */
function median(image: WorkImage, neighbours: number): Work {
  const pixels = image.width * image.height;
  const bytes = bytesOf(image);
  // Squares of 3 and 5 are sorted; other neighbours are looked at once for each bit, or come and go by their edge.
  const sorted = neighbours === 9 || neighbours === 25;
  const bits = (8 * bytes) / pixels;
  const gpu = neighbours * (sorted ? 4 : 2 * bits);
  const native = sorted ? neighbours : image.dtype === "uint8" ? 30 * Math.sqrt(neighbours) : 8 * neighbours;
  return onePass(bytes, bytes, gpu * pixels, native * pixels);
}

/** A median of levels, which are searched on the GPU however many there are; samples of 32 bits become bytes before, by their extremes. */
function rankMedian(image: WorkImage, neighbours: number): Work {
  const dtype = image.dtype === "uint16" ? "uint16" : "uint8";
  const pixels = image.width * image.height;
  const { gpu, native } = median({ ...image, dtype }, neighbours);
  const taps = neighbours * 2 * (dtype === "uint8" ? 8 : 16) * pixels;
  if (dtype === image.dtype) return { gpu: { ...gpu, taps }, native };
  const up = bytesOf(image);
  const moved = 2 * up + pixels;
  return {
    gpu: { ...gpu, up, kernels: 3, waits: 2, moved: gpu.moved + moved, taps: taps + 2 * pixels },
    native: { moved: native.moved + moved, taps: native.taps + 5 * pixels },
  };
}

/**
 * A threshold by mean and deviation of windows, whose cells the GPU goes through one by one, or of wide ones by their columns; native sums
 * go on from pixel to pixel.
 */
const windowWork: WorkOf = ([image], { window: [rows, columns] = [15, 15] }) => {
  const pixels = image.width * image.height;
  if (Math.max(rows, columns) > 49) {
    const [up, down] = [bytesOf(image), 4 * pixels];
    const moved = 2 * up + 5 * down;
    return {
      gpu: { up, down, kernels: 2, waits: 1, moved, taps: 4 * (rows + columns) * pixels },
      native: { moved: up + down, taps: 30 * pixels },
    };
  }
  return onePass(bytesOf(image), 4 * pixels, 2 * rows * columns * pixels, 30 * pixels);
};

/** Hessians at several scales, by ten passes each of a pair of samples at each distance, and what is made of them. */
const frangi: WorkOf = ([image], { scales = USUAL_SCALES }) => {
  const pixels = image.width * image.height;
  const [up, down] = [bytesOf(image), 4 * pixels];
  const sum = (taps: (scale: Scale) => number): number => scales.reduce((all, scale) => all + taps(scale), 0);
  return {
    gpu: {
      up,
      down,
      kernels: 2 + 12 * scales.length,
      waits: 1,
      moved: up + (12 + 208 * scales.length) * pixels,
      // By integers, as canny's. Pairs whose weights are so little that sums stay as they are are passed over.
      taps: pixels * sum(({ sigma, radius }) => 1200 + 450 * Math.min(radius[0], 9 * sigma[0]) + 100 * radius[0]),
    },
    native: {
      moved: up + 100 * scales.length * pixels,
      taps: pixels * sum(({ radius }) => 150 + 40 * radius[0]),
    },
  };
};

/** Those of `frangi` unless others are asked for. */
const USUAL_SCALES: readonly Scale[] = [
  { sigma: [0.7, 0.7], radius: [28, 28] },
  { sigma: [2.1, 2.1], radius: [17, 17] },
  { sigma: [3.5, 3.5], radius: [28, 28] },
  { sigma: [4.9, 4.9], radius: [40, 40] },
  { sigma: [6.4, 6.4], radius: [51, 51] },
];

/** What the operations of `filters` have to do. */
export const filtersWork: Readonly<Record<string, WorkOf>> = {
  "filters.applyHysteresisThreshold": (images, options) => {
    const [image, ...thresholds] = images;
    const pixels = image.width * image.height;
    const beside = thresholds.reduce((bytes, each) => bytes + bytesOf(each), 0);
    const up = bytesOf(image) + beside;
    const { gpu } = measureWork["measure.label"]!([{ ...image, dtype: "uint8" }], options);
    const [kernels, united] = thresholds.length === 0 ? [4, 0] : [5, beside + 3 * pixels];
    return {
      // Two masks, which images of thresholds have united first, the regions of one, a mark for each of them, and what is left.
      gpu: {
        ...gpu,
        up,
        down: pixels,
        kernels: gpu.kernels + kernels,
        moved: gpu.moved + up + bytesOf(image) + united + 17 * pixels,
      },
      // By images the masks are found in TypeScript.
      native: { moved: up + 3 * pixels, taps: (thresholds.length === 0 ? 20 : 140) * pixels },
    };
  },
  "filters.gaussian": ([image], { radius = [4, 4] }) => gaussian(image, radius),
  "filters.differenceOfGaussians": ([image], { radius = [4, 4], wide = [6, 6] }) => {
    const [low, high] = [gaussian(image, radius), gaussian(image, wide)];
    const { up, down } = low.gpu;
    const kernels = low.gpu.kernels + high.gpu.kernels + 1;
    const moved = low.gpu.moved + high.gpu.moved + 3 * down;
    return {
      gpu: { up, down, kernels, waits: 1, moved, taps: low.gpu.taps + high.gpu.taps },
      native: { moved: low.native.moved + high.native.moved, taps: low.native.taps + high.native.taps },
    };
  },
  "filters.farid": edges(12, 12),
  "filters.frangi": frangi,
  "filters.gabor": ([image], { window: [rows, columns] = [7, 7] }) => {
    const pixels = image.width * image.height;
    // Two parts; native goes by lines where the wave runs along them, which is not looked at here.
    return onePass(bytesOf(image), 8 * pixels, 3 * rows * columns * pixels, 2 * rows * columns * pixels);
  },
  "filters.laplace": edges(3, 3),
  "filters.median": ([image], { neighbours = 9, ranked = false }) =>
    ranked ? rankMedian(image, neighbours) : median(image, neighbours),
  "filters.prewitt": edges(4, 8),
  "filters.scharr": edges(4, 8),
  "filters.sobel": edges(4, 8),
  "filters.thresholdIsodata": histogramWork,
  "filters.thresholdLi": levelWork,
  "filters.thresholdLocal": ([image], { radius = [4, 4], window, neighbours }) => {
    if (window) {
      const { gpu, native } = gaussian(image, [window[0] >> 1, window[1] >> 1]);
      // Native sums go on from pixel to pixel.
      return { gpu, native: { ...native, taps: 12 * image.width * image.height } };
    }
    if (neighbours === undefined) return gaussian(image, radius);
    const { gpu, native } = median(image, neighbours);
    // Medians become floats in a kernel of their own.
    const down = 4 * image.width * image.height;
    return { gpu: { ...gpu, down, kernels: 2, moved: gpu.moved + gpu.down + down }, native };
  },
  "filters.thresholdMean": ([image]) =>
    onePass(bytesOf(image), 0, image.width * image.height, image.width * image.height),
  "filters.thresholdMinimum": histogramWork,
  "filters.thresholdMultiotsu": histogramWork,
  "filters.thresholdNiblack": windowWork,
  "filters.thresholdOtsu": histogramWork,
  "filters.thresholdSauvola": windowWork,
  "filters.thresholdTriangle": histogramWork,
  "filters.thresholdYen": histogramWork,
  "filters.unsharpMask": ([image], { radius = [4, 4] }) => {
    const { gpu, native } = gaussian(image, radius);
    // Before, samples below 0 are looked for where there can be any; after, the image is read again beside the blurred one.
    const moved = 2 * bytesOf(image) + 2 * gpu.down;
    return { gpu: { ...gpu, kernels: gpu.kernels + 2, moved: gpu.moved + moved }, native };
  },
};
