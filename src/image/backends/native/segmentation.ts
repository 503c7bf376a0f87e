import { checkSamples, Image } from "../../image.ts";
import { bytesOf } from "../../mask.ts";
import { clearBorder, resolveClearBorder } from "../../segmentation/clear-border.ts";
import { expandLabels, resolveExpandLabels } from "../../segmentation/expand-labels.ts";
import { findBoundaries, resolveFindBoundaries } from "../../segmentation/find-boundaries.ts";
import { markBoundaries, resolveMarkBoundaries } from "../../segmentation/mark-boundaries.ts";
import {
  newLabels,
  relabelSequential,
  requireNoNegative,
  resolveRelabelSequential,
} from "../../segmentation/relabel-sequential.ts";
import { markersOf, resolveWatershed, watershed } from "../../segmentation/watershed.ts";
import { destination } from "../../out.ts";
import { attempt } from "../attempt.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

/** What labels lie in, once a resolver has refused floats. */
type Integers = Uint8Array | Uint16Array | Int32Array;

const NO_SUBPIXELS = 'mode "subpixel": the kernel marks pixels only';

implement(clearBorder, function* (labels, options) {
  checkSamples(labels);
  const { bufferSize, bgval, mask } = resolveClearBorder(labels, options);
  const out = destination("segmentation.clearBorder", options, labels.dtype, labels);
  const size = Math.min(bufferSize, labels.width, labels.height) + 1;
  yield* kernel("segmentation.clearBorder", (addon) =>
    addon.cpuClearBorder(labels.data, ...sizeOf(labels), size, bgval, bytesOf(mask), out.data),
  );
  return out;
});

implement(expandLabels, function* (labels, options) {
  checkSamples(labels);
  const { distance, spacing } = resolveExpandLabels(labels, options);
  const out = destination("segmentation.expandLabels", options, labels.dtype, labels);
  yield* kernel("segmentation.expandLabels", (addon) =>
    addon.cpuExpandLabels(labels.data as Integers, ...sizeOf(labels), distance, ...spacing, out.data as Integers),
  );
  return out;
});

implement(
  findBoundaries,
  function* (labels, options) {
    checkSamples(labels);
    const resolved = resolveFindBoundaries(labels, options);
    const out = destination("segmentation.findBoundaries", options, "uint8", {
      width: labels.width,
      height: labels.height,
    });
    yield* kernel("segmentation.findBoundaries", (addon) =>
      addon.cpuFindBoundaries(labels.data as Integers, ...sizeOf(labels), resolved, out.data),
    );
    return out;
  },
  { shouldRun: (_, _labels, options) => options?.mode !== "subpixel" || NO_SUBPIXELS },
);

implement(
  markBoundaries,
  function* (image, labels, options) {
    checkSamples(image);
    checkSamples(labels);
    const {
      color,
      outlineColor,
      mode,
      backgroundLabel: background,
      dtype,
    } = resolveMarkBoundaries(image, labels, options);
    const { width, height } = image;
    const out = destination("segmentation.markBoundaries", options, dtype, { width, height, channels: 3 });
    const boundaries = { connectivity: 1, mode, background };
    yield* kernel("segmentation.markBoundaries", (addon) =>
      addon.cpuMarkBoundaries(
        image.data,
        labels.data as Integers,
        ...sizeOf(image),
        boundaries,
        color,
        outlineColor,
        out.data,
      ),
    );
    return out;
  },
  { shouldRun: (_, _image, _labels, options) => options?.mode !== "subpixel" || NO_SUBPIXELS },
);

implement(relabelSequential, function* (labels, options) {
  checkSamples(labels);
  const { offset } = resolveRelabelSequential(labels, options);
  const out = new Int32Array(labels.data.length);
  const inValues = yield* kernel("segmentation.relabelSequential", (addon) =>
    addon.cpuRelabelSequential(labels.data as Integers, ...sizeOf(labels), offset, out),
  );
  requireNoNegative(inValues);
  const relabeled = new Image(out, { width: labels.width, height: labels.height });
  return { relabeled, inValues, outValues: newLabels(inValues, offset) };
});

implement(
  watershed,
  function* (image, markers, options) {
    checkSamples(image);
    const resolved = resolveWatershed(image, markers, options);
    const given = markersOf(image, markers, resolved.mask);
    const mask = bytesOf(resolved.mask);
    const out = destination("segmentation.watershed", options, "int32", { width: image.width, height: image.height });
    const labels = out.data;
    if (given) labels.set(given);
    else labels.fill(0);
    const operation = "segmentation.watershed";
    const checked = { ...resolved, connectivity: resolved.connectivity as 1 | 2 };
    if (!given) {
      yield* kernel(operation, (addon) =>
        addon.cpuLocalMinima(image.data, ...sizeOf(image), checked.connectivity, mask, labels),
      );
    }
    yield* kernel(operation, (addon) => addon.cpuWatershed(image.data, ...sizeOf(image), checked, mask, labels));
    return out;
  },
  {
    shouldRun: (_, image, markers, options) =>
      typeof attempt(() => resolveWatershed(image, markers, options))?.connectivity !== "object" ||
      "neighbours of one's own: the kernel knows those that share an edge or a corner",
  },
);
