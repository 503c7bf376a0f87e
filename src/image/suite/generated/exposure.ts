import { cases, type GeneratedCase } from "./cases.ts";
import { positive, samples } from "./images.ts";

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
  ...cases("exposure.equalizeHist", [{}, { nbins: 1 }, { nbins: 100 }], (random, dtype, size) => [
    samples(random, dtype, size, 1),
  ]),
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
];
