import { cases, type GeneratedCase } from "./cases.ts";
import { samples } from "./images.ts";

/** Cases of the operations of `util`. */
export const utilCases: readonly GeneratedCase[] = [
  ...cases("util.greater", [{}], (random, dtype, size) => {
    const image = samples(random, dtype, size, 1);
    // A value of the image, as equality is where a comparison goes wrong.
    return [image, image.data[Math.floor(random() * image.data.length)]!];
  }),
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
