import { cases, type GeneratedCase } from "./cases.ts";
import { dense, levels, narrow, positive, samples } from "./images.ts";

/** Options of adjustments, by operation. */
const ADJUSTMENTS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  "exposure.adjustGamma": [{}, { gamma: 2.2 }, { gamma: 0.3, gain: 1.4 }, { gamma: 0, gain: 0.6 }],
  "exposure.adjustLog": [{}, { inv: true }, { gain: 1.3, inv: true }],
  "exposure.adjustSigmoid": [{}, { cutoff: 0.3, gain: 4, inv: true }],
};

/** Cases of the operations of `exposure`. */
export const exposureCases: readonly GeneratedCase[] = [
  ...Object.entries(ADJUSTMENTS).flatMap(([operation, optionSets]) =>
    cases(operation, optionSets, (random, dtype, size) => [positive(random, dtype, size, 1 + (size[1] % 4))]),
  ),
  ...Object.entries(ADJUSTMENTS).flatMap(([operation, optionSets]) =>
    cases(
      operation,
      optionSets,
      (random, dtype, size) => [levels(random, dtype, size, 2 ** 30, 100_000)],
      " of levels",
      ["int32"],
    ),
  ),
  ...cases(
    "exposure.equalizeAdapthist",
    [
      {},
      { kernelSize: [5, 8], clipLimit: 0.1 },
      { kernelSize: 3, clipLimit: 0, nbins: 31 },
      { kernelSize: [40, 20], clipLimit: 0.004, nbins: 700 },
    ],
    (random, dtype, size) => [narrow(random, dtype, size, size[1] % 3 === 0 ? 1 : 3 + (size[1] % 2))],
  ),
  ...cases("exposure.equalizeHist", [{}, { nbins: 1 }, { nbins: 100 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
  ...cases("exposure.histogram", [{}, { nbins: 70, normalize: true }], (random, dtype, size) => [
    dense(random, dtype, size, 1 + (size[1] % 4)),
  ]),
  // Without the range of 32-bit integers, which is refused.
  ...cases(
    "exposure.histogram",
    [{ nbins: 3, sourceRange: "dtype" }],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
    "",
    ["uint8", "uint16", "float32", "float64"],
  ),
  ...cases("exposure.histogram", [{ channelAxis: 2 }, { channelAxis: -1, normalize: true }], (random, dtype, size) => [
    dense(random, dtype, size, 1 + (size[1] % 4)),
  ]),
  ...cases("exposure.matchHistograms", [{}, { channelAxis: 2 }], (random, dtype, size) => [
    samples(random, dtype, size, 1 + (size[1] % 4)),
    samples(random, dtype, [size[1], 7], 1 + (size[1] % 4)),
  ]),
  // Few levels in an image of many, and the other way round.
  ...cases(
    "exposure.matchHistograms",
    [{}],
    (random, dtype, size) => [levels(random, dtype, size, 3, 5), dense(random, dtype, size, 1)],
    " of levels",
  ),
  ...cases(
    "exposure.rescaleIntensity",
    [
      {},
      { inRange: "dtype", outRange: "uint16" },
      { inRange: [0.2, 0.9], outRange: [-3, 5.5] },
      { inRange: [100, 30], outRange: "image" },
      { inRange: "uint12", outRange: "int32" },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases(
    "exposure.rescaleIntensity",
    [{}, { inRange: [-5000, 12_345], outRange: [-3, 5.5] }, { inRange: "uint10", outRange: "uint16" }],
    (random, dtype, size) => [levels(random, dtype, size, -30_000, 70_000)],
    " of levels",
    ["int32"],
  ),
];
