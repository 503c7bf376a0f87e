import { checkSamples, type Image, type Samples } from "../../image.ts";
import { blackTophat } from "../../morphology/black-tophat.ts";
import { closing } from "../../morphology/closing.ts";
import { convexHullImage, resolveConvexHullImage } from "../../morphology/convex-hull-image.ts";
import { distanceTransformEdt, resolveDistanceTransformEdt } from "../../morphology/distance-transform-edt.ts";
import { dilation } from "../../morphology/dilation.ts";
import { erosion } from "../../morphology/erosion.ts";
import { resolveMorphology } from "../../morphology/gray-options.ts";
import { opening } from "../../morphology/opening.ts";
import { removeSmallHoles } from "../../morphology/remove-small-holes.ts";
import { removeSmallObjects } from "../../morphology/remove-small-objects.ts";
import { resolveSmall } from "../../morphology/small-options.ts";
import { whiteTophat } from "../../morphology/white-tophat.ts";
import { destination, destinations } from "../../out.ts";
import type { Steps } from "../steps.ts";
import { sizeOf } from "../addon-call.ts";
import { implement, kernel } from "./implement.ts";

const ON_GREY = { blackTophat, closing, dilation, erosion, opening, whiteTophat };

for (const [name, operation] of Object.entries(ON_GREY)) {
  const title = `morphology.${name}`;
  implement(operation, function* (image, options) {
    checkSamples(image);
    const { footprint, ...rest } = resolveMorphology(title, image, options);
    const out = destination(title, options, image.dtype, image);
    const checked = { sides: [footprint.height, footprint.width] as const, cells: footprint.cells, ...rest };
    yield* kernel(title, (addon) => addon.cpuMorphology(name, image.data, ...sizeOf(image), checked, out.data));
    return out;
  });
}

/** What regions are made of: their resolver refuses floats. */
type Integers = Exclude<Samples, Float32Array | Float64Array>;

implement(removeSmallObjects, function* (image, options) {
  checkSamples(image);
  const operation = "morphology.removeSmallObjects";
  const { keptSize, connectivity } = resolveSmall(operation, "minSize", image, options);
  const out = destination(operation, options, image.dtype, image);
  const data = image.data as Integers;
  yield* kernel(operation, (addon) =>
    addon.cpuRemoveSmallObjects(data, ...sizeOf(image), keptSize, connectivity, out.data as Integers),
  );
  return out;
});

implement(removeSmallHoles, function* (image, options) {
  checkSamples(image);
  const operation = "morphology.removeSmallHoles";
  const { keptSize, connectivity } = resolveSmall(operation, "areaThreshold", image, options);
  const out = destination(operation, options, "uint8", { width: image.width, height: image.height });
  const data = image.data as Integers;
  yield* kernel(operation, (addon) =>
    addon.cpuRemoveSmallHoles(data, ...sizeOf(image), keptSize, connectivity, out.data),
  );
  return out;
});

implement(convexHullImage, function* (image, options) {
  checkSamples(image);
  const { offsetCoordinates, includeBorders } = resolveConvexHullImage(image, options);
  const { data, width, height } = image;
  const out = destination("morphology.convexHullImage", options, "uint8", { width, height });
  yield* kernel("morphology.convexHullImage", (addon) =>
    addon.cpuConvexHullImage(data, ...sizeOf(image), offsetCoordinates, includeBorders, out.data),
  );
  return out;
});

implement(distanceTransformEdt, function* (image, options) {
  checkSamples(image);
  const operation = "morphology.distanceTransformEdt";
  const { sampling, returnDistances, returnIndices, dtype } = resolveDistanceTransformEdt(image, options);
  const { data, width, height } = image;
  const measured = (distances: Image<Float32Array | Float64Array>): Steps<void> =>
    kernel(operation, (addon) => addon.cpuDistanceTransformEdt(data, ...sizeOf(image), ...sampling, distances.data));
  const found = (indices: Image<Int32Array>): Steps<void> =>
    kernel(operation, (addon) => addon.cpuNearestBackground(data, ...sizeOf(image), ...sampling, indices.data));
  const [distances, indices] = [
    { dtype, width, height },
    { dtype: "int32", width, height, channels: 2 },
  ] as const;
  if (returnDistances && returnIndices) {
    const out = destinations(operation, options, { distances, indices });
    yield* measured(out.distances);
    yield* found(out.indices);
    return out;
  }
  if (returnDistances) {
    const out = destination(operation, options, dtype, distances);
    yield* measured(out);
    return out;
  }
  const out = destination(operation, options, "int32", indices);
  yield* found(out);
  return out;
});
