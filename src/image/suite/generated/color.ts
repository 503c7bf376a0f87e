import { cases, type GeneratedCase } from "./cases.ts";
import { levels, samples } from "./images.ts";

/** Cases of the operations of `color`. */
export const colorCases: readonly GeneratedCase[] = [
  ...cases("color.gray2rgb", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
  ...cases("color.rgb2gray", [{}], (random, dtype, size) => [samples(random, dtype, size, 3)]),
  ...["color.hsv2rgb", "color.rgb2hsv", "color.rgb2xyz", "color.xyz2rgb"].flatMap((operation) =>
    cases(operation, [{}], (random, dtype, size) => [samples(random, dtype, size, 3)]),
  ),
  ...cases("color.rgb2lab", [{}, { illuminant: "D50", observer: "10" }], (random, dtype, size) => [
    samples(random, dtype, size, 3),
  ]),
  ...cases("color.lab2rgb", [{}, { illuminant: "A", observer: "R" }], (random, dtype, size) => {
    const image = samples(random, dtype, size, 3);
    if (dtype.startsWith("float")) image.data.forEach((sample, i) => (image.data[i] = sample * 60));
    return [image];
  }),
  ...cases("color.rgba2rgb", [{}, { background: [0, 0.4, 1] }], (random, dtype, size) => [
    samples(random, dtype, size, 4),
  ]),
  ...cases(
    "color.label2rgb",
    [{}, { alpha: 0.7, bgLabel: 2, bgColor: "navy" }, { kind: "avg" }],
    (random, dtype, size) => [levels(random, "int32", size, -2, 14), samples(random, dtype, size, 1)],
    " grey",
  ),
  ...cases(
    "color.label2rgb",
    [
      {},
      { saturation: 0.3, imageAlpha: 0.8 },
      { saturation: 1, bgColor: null, bgLabel: 3, colors: ["tomato", [0.1, 0.2, 0.3]] },
      { kind: "avg", bgColor: [1, 2, 3], bgLabel: 1 },
    ],
    (random, dtype, size) => [levels(random, "uint16", size, 0, 9), samples(random, dtype, size, 3)],
  ),
  ...cases("color.label2rgb", [{}], (random, dtype, size) => [levels(random, dtype, size, 0, 12), null], " labels", [
    "uint8",
    "uint16",
    "int32",
  ]),
];
