import { bytesOf, onePass, type WorkOf } from "./work.ts";

/** What the operations of `filters` have to do. */
export const filtersWork: Readonly<Record<string, WorkOf>> = {
  "filters.gaussian": ([image], { radius = [4, 4] }) => {
    const samples = image.width * image.height * image.channels;
    const [up, down] = [bytesOf(image), 4 * samples];
    const passes = radius.filter((one) => one > 0);
    const window = passes.reduce((taps, one) => taps + 2 * one + 1, 0);
    const kernels = Math.max(passes.length, 1);
    return {
      // A pass costs as much as 8 taps besides its window: positions, the tile's edges.
      gpu: {
        up,
        down,
        kernels,
        waits: 1,
        moved: up + down * (2 * kernels - 1),
        taps: (window + 8 * kernels) * samples,
      },
      native: { moved: up + down * (2 * kernels - 1), taps: (window + 4 * kernels) * samples },
    };
  },
  "filters.sobel": ([image]) => {
    const pixels = image.width * image.height;
    return onePass(bytesOf(image), 4 * pixels, 4 * pixels, 16 * pixels);
  },
  "filters.thresholdOtsu": ([image]) => {
    const pixels = image.width * image.height;
    const up = bytesOf(image);
    const bins = { uint8: 256, uint16: 65_536, int32: 65_536, float32: 256, float64: 256 }[image.dtype];
    // Bytes and 16-bit samples are their own bins; others are searched for their extremes before.
    const bounded = image.dtype === "uint8" || image.dtype === "uint16";
    return {
      gpu: {
        up,
        down: 4 * bins,
        kernels: bounded ? 2 : 4,
        waits: bounded ? 1 : 2,
        moved: bounded ? up : 2 * up,
        taps: (bounded ? 2 : 12) * pixels,
      },
      native: { moved: bounded ? up : 2 * up, taps: (bounded ? 5 : 50) * pixels + 2 * bins },
    };
  },
};
