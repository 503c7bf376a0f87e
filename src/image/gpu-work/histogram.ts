import { bytesOf, samplesOf, type WorkOf } from "./work.ts";

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

/** As a histogram of integers, of every level; floats are sorted for that by a bitonic network, of which a workgroup does 512 at a time. */
export const levelWork: WorkOf = (images, options) => {
  const work = histogramWork(images, options);
  const [image] = images;
  if (image.dtype !== "float32") return work;
  const { lists = 1 } = options;
  const bits = Math.max(9, Math.ceil(Math.log2(samplesOf(image) / lists)));
  const far = ((bits - 9) * (bits - 8)) / 2;
  const [keys, passes] = [lists * 2 ** bits, far + bits - 8];
  return {
    gpu: {
      up: bytesOf(image),
      down: 4 * keys,
      kernels: lists * (passes + (lists > 1 ? 3 : 2)),
      waits: lists,
      moved: (lists > 1 ? lists + 1 : 1) * bytesOf(image) + 8 * keys * (passes + 1),
      taps: keys * ((bits * (bits + 1)) / 2),
    },
    native: { ...work.native, taps: NATIVE_SORT * samplesOf(image) * bits },
  };
};

/** What sorting a sample takes, for each time that the samples can be halved. */
const NATIVE_SORT = 30;
