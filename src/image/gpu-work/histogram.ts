import { bytesOf, type WorkOf } from "./work.ts";

/** A histogram is counted, all channels together, or each by itself, which is a kernel and a wait more. */
export const histogramWork: WorkOf = ([image], { lists = 1 }) => {
  const samples = image.width * image.height * image.channels;
  const up = bytesOf(image);
  const bins = { uint8: 256, uint16: 65_536, int32: 65_536, float32: 256, float64: 256 }[image.dtype];
  // Bytes and 16-bit samples are their own bins; others are searched for their extremes before.
  const bounded = image.dtype === "uint8" || image.dtype === "uint16";
  return {
    gpu: {
      up,
      down: 4 * bins * lists,
      kernels: (bounded ? 2 : 4) + (lists > 1 ? 3 * lists - 2 : 0),
      waits: (bounded ? 0 : 1) + lists,
      moved: (bounded ? up : 2 * up) + (lists > 1 ? (lists + 1) * up : 0),
      taps: (bounded ? 2 : 12) * samples,
    },
    native: { moved: bounded ? up : 2 * up, taps: (bounded ? 5 : 50) * samples + 2 * bins },
  };
};
