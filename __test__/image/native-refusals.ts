import type { Expectations } from "./conformance.ts";

/** Cases of the suite that kernels of the CPU do not have, and in which words they are refused. */
export const NATIVE_REFUSALS: NonNullable<Expectations["refuses"]> = [
  {
    titles: /transform\.integrate /,
    reason: /does not implement this function/,
  },
  {
    titles: /filters\.thresholdLocal .*-uint8 .*"median".*"cval":60.5/,
    reason: /cval 60.5: the median is among samples of uint8/,
  },
  { titles: /(find|mark)Boundaries .*"subpixel"/, reason: /mode "subpixel": the kernel marks pixels only/ },
  {
    titles: /segmentation\.watershed .*"connectivity":(\[\[(0|1,1,0)|[12],"offset")/,
    reason: /neighbours of one's own: the kernel knows those that share an edge or a corner/,
  },
];
