import { bytesOf, onePass, type WorkOf } from "./work.ts";

/** What the operations of `util` have to do. */
export const utilWork: Readonly<Record<string, WorkOf>> = {
  "util.greater": ([image]) => {
    const samples = image.width * image.height * image.channels;
    return onePass(bytesOf(image), samples, 0, 0);
  },
  "util.imgAsFloat": ([image]) => onePass(bytesOf(image), 4 * image.width * image.height * image.channels, 0, 0),
  "util.invert": ([image]) => onePass(bytesOf(image), bytesOf(image), 0, 0),
};
