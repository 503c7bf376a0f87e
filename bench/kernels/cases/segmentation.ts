import type { Case } from "../case.ts";

export const SEGMENTATION: readonly Case[] = [
  {
    function: "segmentation.clearBorder",
    of: "labels",
    calls: {
      tagswitch: "segmentation.clearBorder(labels, { out })",
      "scikit-image": "segmentation.clear_border(labels)",
    },
  },
  {
    function: "segmentation.expandLabels",
    of: "labels, by 3 pixels",
    calls: {
      tagswitch: "segmentation.expandLabels(labels, { distance: 3, out })",
      "scikit-image": "segmentation.expand_labels(labels, 3)",
    },
  },
  {
    function: "segmentation.findBoundaries",
    of: "labels",
    calls: {
      tagswitch: "segmentation.findBoundaries(labels, { out })",
      "scikit-image": "segmentation.find_boundaries(labels)",
    },
  },
  {
    function: "segmentation.markBoundaries",
    of: "labels over 3 × uint8",
    calls: {
      tagswitch: "segmentation.markBoundaries(rgb8, labels, { out })",
      "scikit-image": "segmentation.mark_boundaries(rgb8, labels)",
    },
  },
  {
    function: "segmentation.relabelSequential",
    of: "labels, some gone",
    calls: {
      tagswitch: { run: "segmentation.relabelSequential(sparse)", result: "result.relabeled" },
      "scikit-image": { run: "segmentation.relabel_sequential(sparse)", result: "result[0]" },
    },
  },
  {
    function: "segmentation.watershed",
    of: "uint8, a marker every 32 pixels",
    regions: true,
    calls: {
      tagswitch: "segmentation.watershed(gray8, markers, { out })",
      "opencv-js": {
        prepare: "cv.cvtColor(gray8, a, cv.COLOR_GRAY2BGR)",
        run: "(markers.copyTo(out), cv.watershed(a, out), out)",
      },
      "scikit-image": "segmentation.watershed(gray8, markers)",
      opencv: {
        prepare: "bgr = cv2.cvtColor(gray8, cv2.COLOR_GRAY2BGR)",
        run: "cv2.watershed(bgr, markers.copy())",
      },
    },
  },
];
