import { afterExtrema, bytesOf, onePass, samplesOf, type WorkOf } from "./work.ts";

/** What the operations of `util` have to do. */
export const utilWork: Readonly<Record<string, WorkOf>> = {
  "util.greater": ([image, thresholds]) => {
    const samples = samplesOf(image);
    return onePass(bytesOf(image) + (thresholds ? bytesOf(thresholds) : 0), samples, 0, 0);
  },
  "util.imgAsFloat": ([image]) => onePass(bytesOf(image), 4 * samplesOf(image), 0, 0),
  "util.imgAsUbyte": unsigned(1),
  "util.imgAsUint": unsigned(2),
  "util.invert": ([image]) => onePass(bytesOf(image), bytesOf(image), 0, 0),
  "util.randomNoise": ([image]) => {
    if (image.dtype === "int32" || image.dtype === "float32") return afterExtrema(image, 4, 40, 120);
    const samples = samplesOf(image);
    return onePass(bytesOf(image), 4 * samples, 40 * samples, 120 * samples);
  },
};

/** Integers of so many bytes; all but bytes are searched for their extremes before. */
function unsigned(bytes: number): WorkOf {
  return ([image]) => {
    const samples = samplesOf(image);
    const [up, down] = [bytesOf(image), bytes * samples];
    if (image.dtype === "uint8") return onePass(up, down, 0, samples);
    const moved = 2 * up + down;
    return {
      gpu: { up, down, kernels: 2, waits: 2, moved, taps: samples },
      native: { moved, taps: 6 * samples },
    };
  };
}
