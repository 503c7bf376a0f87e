import { histogramWork } from "./histogram.ts";
import { measureWork } from "./measure.ts";
import { bytesOf, onePass, type WorkOf } from "./work.ts";

/** What the operations of `segmentation` have to do. */
export const segmentationWork: Readonly<Record<string, WorkOf>> = {
  "segmentation.clearBorder": (images, options) => {
    const [image] = images;
    const pixels = image.width * image.height;
    const bytes = bytesOf(image);
    const { gpu, native } = measureWork["measure.label"]!(images, options);
    return {
      // The regions, those that touch the border, and what is left.
      gpu: { ...gpu, down: bytes, kernels: gpu.kernels + 2, moved: gpu.moved + 2 * bytes + 12 * pixels },
      native: { ...native, moved: native.moved + 2 * bytes },
    };
  },
  "segmentation.expandLabels": ([labels], { window: [rows, columns] = [3, 3] }) => {
    const pixels = labels.width * labels.height;
    const bytes = bytesOf(labels);
    return {
      gpu: {
        up: bytes,
        down: bytes,
        kernels: 2,
        waits: 1,
        moved: 3 * bytes + 8 * pixels,
        taps: 2 * (rows + columns) * pixels,
      },
      native: { moved: 2 * bytes + 8 * pixels, taps: 20 * pixels },
    };
  },
  "segmentation.findBoundaries": ([labels]) => {
    const pixels = labels.width * labels.height;
    return onePass(bytesOf(labels), pixels, 8 * pixels, 4 * pixels);
  },
  "segmentation.markBoundaries": ([image, labels = image]) => {
    const pixels = image.width * image.height;
    const [up, down] = [bytesOf(image) + bytesOf(labels), 12 * pixels];
    return {
      gpu: { up, down, kernels: 2, waits: 1, moved: up + down + 2 * pixels, taps: 16 * pixels },
      native: { moved: up + down, taps: 10 * pixels },
    };
  },
  "segmentation.relabelSequential": (images, options) => {
    const [labels] = images;
    const pixels = labels.width * labels.height;
    const { gpu, native } = histogramWork(images, options);
    // What levels become is looked up in a table, after they were waited for.
    const moved = bytesOf(labels) + 4 * pixels;
    return {
      gpu: {
        up: gpu.up,
        down: gpu.down + 4 * pixels,
        kernels: gpu.kernels + 1,
        waits: gpu.waits + 1,
        moved: gpu.moved + moved,
        taps: gpu.taps + 2 * pixels,
      },
      native: { moved: native.moved + moved, taps: native.taps + 4 * pixels },
    };
  },
  "segmentation.watershed": ([image, markers]) => {
    const pixels = image.width * image.height;
    const up = bytesOf(image) + (markers ? bytesOf(markers) : 0);
    // Of regions some 32 pixels across: a dozen rounds for levels and steps each, and a hundred for who reached whom, after which pixels that
    // are settled only say so.
    return {
      gpu: { up, down: 4 * pixels, kernels: 160, waits: 12, moved: up + 1000 * pixels, taps: 2000 * pixels },
      native: { moved: up + 60 * pixels, taps: 600 * pixels },
    };
  },
};
