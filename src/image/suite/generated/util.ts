import { cases, type GeneratedCase } from "./cases.ts";
import { samples } from "./images.ts";

/** Cases of the operations of `util`. */
export const utilCases: readonly GeneratedCase[] = [
  ...cases("util.greater", [{}], (random, dtype, size) => {
    const image = samples(random, dtype, size, 1);
    // A value of the image, as equality is where a comparison goes wrong.
    return [image, image.data[Math.floor(random() * image.data.length)]!];
  }),
  ...(["uint8", "uint16", "int32", "float32"] as const).flatMap((thresholds) =>
    cases(
      "util.greater",
      [{}],
      (random, dtype, size) => {
        const [image, limits] = [samples(random, dtype, size, 1), samples(random, thresholds, size, 1)];
        // Every other one is the sample, as far as the dtype has it.
        for (let i = 0; i < limits.data.length; i += 2) limits.data[i] = image.data[i]!;
        return [image, limits];
      },
      ` than ${thresholds}`,
    ),
  ),
  ...["util.imgAsFloat", "util.imgAsUbyte", "util.imgAsUint"].flatMap((operation) =>
    cases(operation, [{}], (random, dtype, size) => {
      const image = samples(random, dtype, size, 1 + (size[1] % 4));
      if (dtype.startsWith("float")) image.data.forEach((sample, i) => (image.data[i] = sample - 0.5));
      return [image];
    }),
  ),
  ...cases(
    "util.randomNoise",
    [
      { rng: 0 },
      { rng: 2 ** 53 - 1, mean: 0.1, var: 0.5, clip: false },
      { rng: 7, mode: "speckle" },
      { rng: 8, mode: "s&p", amount: 0.4, saltVsPepper: 0.3 },
    ],
    (random, dtype, size) => [samples(random, dtype, size, 1 + (size[1] % 4))],
  ),
  ...cases("util.invert", [{}, { signedFloat: true }], (random, dtype, size) => [
    samples(random, dtype, size, 1 + (size[1] % 4)),
  ]),
];
