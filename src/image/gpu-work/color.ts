import { bytesOf, onePass, type WorkOf } from "./work.ts";

/** What the operations of `color` have to do. */
export const colorWork: Readonly<Record<string, WorkOf>> = {
  "color.rgb2gray": ([image]) => {
    const pixels = image.width * image.height;
    const [up, down] = [bytesOf(image), 4 * pixels];
    return onePass(up, down, 1.5 * pixels, 16 * pixels);
  },
  "color.gray2rgb": ([image]) => onePass(bytesOf(image), 3 * bytesOf(image), 0, 0),
  "color.rgba2rgb": conversion(0),
  "color.rgb2hsv": conversion(12),
  "color.hsv2rgb": conversion(8),
  "color.rgb2xyz": conversion(40),
  "color.xyz2rgb": conversion(40),
  "color.rgb2lab": conversion(80),
  "color.lab2rgb": conversion(48),
  "color.label2rgb": ([labels, under]) => {
    const pixels = labels.width * labels.height;
    const up = bytesOf(labels) + (under ? bytesOf(under) : 0);
    const down = 12 * pixels;
    // Labels of 32 bits are searched for their extremes before.
    const waits = labels.dtype === "int32" ? 2 : 1;
    return {
      gpu: { up, down, kernels: 3 + 2 * waits, waits, moved: waits * up + 8 * pixels + down, taps: 12 * pixels },
      native: { moved: 2 * up + down, taps: (under ? 64 : 32) * pixels },
    };
  },
};

/** Three floats of each pixel, whose arithmetic is that of so many taps. */
function conversion(taps: number): WorkOf {
  return ([image]) => {
    const pixels = image.width * image.height;
    return onePass(bytesOf(image), 12 * pixels, taps * pixels, taps * pixels);
  };
}
