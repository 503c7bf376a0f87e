import { bytesOf, onePass, type WorkOf } from "./work.ts";

/** What the operations of `segmentation` have to do. */
export const segmentationWork: Readonly<Record<string, WorkOf>> = {
  "segmentation.findBoundaries": ([labels]) => {
    const pixels = labels.width * labels.height;
    return onePass(bytesOf(labels), pixels, 8 * pixels, 4 * pixels);
  },
};
