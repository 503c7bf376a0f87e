import { addon } from "../../../addon.ts";
import { handleOf } from "../../gpu-image.ts";
import { eulerNumber, type EulerNumberOptions, resolveEulerNumber } from "../../measure/euler-number.ts";
import { label, type LabelOptions, resolveLabel } from "../../measure/label.ts";
import {
  aboutCentroid,
  moments,
  momentsCentral,
  type MomentsCentralOptions,
  momentsHu,
  type MomentsOptions,
  resolveMoments,
  resolveMomentsCentral,
  resolveMomentsHu,
} from "../../measure/moments.ts";
import { centroidOf, huMoments, normalizedMoments, scaledMoments } from "../../measure/moment-matrix.ts";
import { perimeter, type PerimeterOptions, resolvePerimeter } from "../../measure/perimeter.ts";
import {
  entropyOf,
  resolveShannonEntropy,
  shannonEntropy,
  type ShannonEntropyOptions,
} from "../../measure/shannon-entropy.ts";
import type { DispatchOptions } from "../../system.ts";
import { decide } from "../gpu-choice.ts";
import { orNext } from "./or-next.ts";
import { type Argument, asked, recorded } from "./recorded.ts";
import type { Steps } from "../steps.ts";
import { ask, implementInSteps } from "./steps.ts";

implementInSteps(
  eulerNumber,
  function* (image: Argument, options?: EulerNumberOptions): Steps<unknown> {
    const { connectivity } = resolveEulerNumber(image, options);
    return yield* asked("measure.eulerNumber", [image], (later, gpu) => addon.gpuEulerNumber(gpu, connectivity, later));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  label,
  function* (image: Argument, options?: LabelOptions): Steps<unknown> {
    const operation = "measure.label";
    const { background, connectivity, returnNum } = resolveLabel(image, options);
    const labels = recorded(operation, [image], (gpu) => addon.gpuLabel(gpu, background, connectivity));
    if (!returnNum) return labels;
    const [, num] = yield* ask(operation, (later) => addon.gpuExtrema(handleOf(labels), operation, later));
    return { labels, num };
  },
  { shouldRun: (context, image) => decide(context, [image], 4) },
);

implementInSteps(
  moments,
  function* (image: Argument, options?: MomentsOptions): Steps<unknown> {
    const { order, spacing } = resolveMoments(image, options);
    return scaledMoments(yield* momentsAbout("measure.moments", image, ORIGIN, order), spacing);
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  momentsCentral,
  function* (image: Argument, options?: MomentsCentralOptions): Steps<unknown> {
    const operation = "measure.momentsCentral";
    const { center, order, spacing } = resolveMomentsCentral(image, options);
    if (center !== null) return scaledMoments(yield* momentsAbout(operation, image, center, order), spacing);
    return scaledMoments(yield* centralMoments(operation, image, order), spacing);
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  momentsHu,
  function* (image: Argument, options?: DispatchOptions): Steps<unknown> {
    resolveMomentsHu(image, options);
    // About the centre of mass at once: sums of 32 bits from elsewhere would not do.
    return huMoments(normalizedMoments(yield* centralMoments("measure.momentsHu", image, 3)));
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  perimeter,
  function* (image: Argument, options?: PerimeterOptions): Steps<unknown> {
    const { neighborhood } = resolvePerimeter(image, options);
    return yield* asked("measure.perimeter", [image], (later, gpu) =>
      addon.gpuPerimeter(gpu, neighborhood === 8 ? 2 : 1, later),
    );
  },
  { shouldRun: (context, image) => decide(context, [image], 0) },
);

implementInSteps(
  shannonEntropy,
  orNext(function* (image: Argument, options?: ShannonEntropyOptions): Steps<unknown> {
    const operation = "measure.shannonEntropy";
    const { nats } = resolveShannonEntropy(image, options);
    const { counts } = yield* asked(operation, [image], (later, gpu) =>
      addon.gpuLevelHistogram(gpu, operation, 1, later),
    );
    const samples = image.width * image.height * image.channels;
    // NaN is no level.
    const others = counts.reduce((left, count) => left - count, samples);
    return entropyOf(others > 0 ? [...counts, others] : counts, samples) / nats;
  }),
  { shouldRun: (context, image) => decide(context, [image], 0), defers: true },
);

const ORIGIN = [0, 0] as const;

function* centralMoments(operation: string, image: Argument, order: number): Steps<number[][]> {
  const center = centroidOf(yield* momentsAbout(operation, image, ORIGIN, 1));
  return aboutCentroid(yield* momentsAbout(operation, image, center, order));
}

function* momentsAbout(
  operation: string,
  image: Argument,
  [row, column]: readonly [number, number],
  order: number,
): Steps<number[][]> {
  const sums = yield* asked(operation, [image], (later, gpu) =>
    addon.gpuMoments(operation, gpu, row, column, order, later),
  );
  return Array.from({ length: order + 1 }, (_, p) => [...sums.subarray(p * (order + 1), (p + 1) * (order + 1))]);
}
