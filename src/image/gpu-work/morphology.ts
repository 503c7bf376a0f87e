import { bytesOf, type WorkOf } from "./work.ts";

/** What the operations of `morphology` have to do. */
export const morphologyWork: Readonly<Record<string, WorkOf>> = {
  "morphology.blackTophat": onGrey(2),
  "morphology.closing": onGrey(2),
  "morphology.convexHullImage": ([image]) => {
    const pixels = image.width * image.height;
    const [up, ends] = [bytesOf(image), 16 * image.height];
    return {
      // The ends of rows, which are waited for, and what lies between those of the hull.
      gpu: {
        up: up + ends / 2,
        down: pixels + ends / 2,
        kernels: 2,
        waits: 2,
        moved: up + ends + pixels,
        taps: pixels,
      },
      // Rows are looked at from both ends, as far as the first pixel that counts.
      native: { moved: up / 2 + pixels, taps: pixels / 2 },
    };
  },
  "morphology.dilation": onGrey(1),
  "morphology.distanceTransformEdt": ([image]) => {
    const pixels = image.width * image.height;
    const up = bytesOf(image);
    return {
      gpu: {
        up,
        down: 4 * pixels,
        kernels: 3,
        waits: 1,
        moved: up + 13 * pixels,
        // Of its column a few bits, of its row the pixels as far as the nearest background, some twenty.
        taps: 30 * pixels,
      },
      native: { moved: up + 12 * pixels, taps: 20 * pixels },
    };
  },
  "morphology.erosion": onGrey(1),
  "morphology.opening": onGrey(2),
  "morphology.removeSmallHoles": small,
  "morphology.removeSmallObjects": small,
  "morphology.whiteTophat": onGrey(2),
};

/** An operation of so many erosions and dilations. */
function onGrey(passes: number): WorkOf {
  return ([image], { footprint = { height: 3, width: 3, count: 5 } }) => {
    const pixels = image.width * image.height;
    const bytes = bytesOf(image);
    const { height, width, count } = footprint;
    // A rectangle goes along the rows, then down the columns.
    const rectangle = count === height * width && height > 1 && width > 1;
    const kernels = rectangle ? 2 * passes : passes;
    const cells = rectangle ? height + width : count;
    return {
      gpu: { up: bytes, down: bytes, kernels, waits: 1, moved: 2 * kernels * bytes, taps: 2 * passes * cells * pixels },
      // Many samples at once.
      native: { moved: 2 * passes * bytes, taps: 0.2 * passes * (height + Math.log2(width) + 2) * pixels },
    };
  };
}

/** The work of `measure.label` on a mask, and then of counting. */
function small([image]: Parameters<WorkOf>[0]): ReturnType<WorkOf> {
  const pixels = image.width * image.height;
  const up = bytesOf(image);
  return {
    gpu: { up, down: pixels, kernels: 11, waits: 1, moved: 2 * up + 70 * pixels, taps: 60 * pixels },
    native: { moved: 4 * up + 4 * pixels, taps: 60 * pixels },
  };
}
