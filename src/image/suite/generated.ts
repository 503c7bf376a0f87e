import { type DType, Image, SAMPLE_ARRAYS } from "../image.ts";

/** One set of options on images of one dtype and many sizes. */
export interface GeneratedCase {
  readonly operation: string;
  /** Unique within the operation. */
  readonly name: string;
  /** Makes the arguments before the options, one list per size; the same ones whenever it is called. */
  readonly inputs: () => Generator<readonly (Image | number | null)[]>;
  readonly options: Readonly<Record<string, unknown>>;
}

type Options = Readonly<Record<string, unknown>>;

const DTYPES: readonly DType[] = ["uint8", "uint16", "int32", "float32", "float64"];

/** Height and width: single pixels and lines, odd ones, ones around the widths of vectors and workgroups. */
const SIZES: readonly (readonly [number, number])[] = [
  [1, 1],
  [1, 2],
  [2, 1],
  [1, 43],
  [67, 1],
  [2, 2],
  [3, 5],
  [16, 16],
  [17, 33],
  [67, 43],
  [5, 131],
];

/** Images of one value: where in the range of the dtype it lies. */
const CONSTANTS: readonly number[] = [0, 0.5, 1 - 2 ** -33];
const CONSTANT_SIZE: readonly [number, number] = [7, 9];

/** The same cases at every run: options × dtypes, for all operations. */
export function generatedCases(): GeneratedCase[] {
  return [
    ...cases("color.gray2rgb", [{}], (random, dtype, size) => [samples(random, dtype, size, 1)]),
    ...cases("color.rgb2gray", [{}], (random, dtype, size) => [samples(random, dtype, size, 3)]),
    ...cases(
      "filters.gaussian",
      [
        {},
        { sigma: 2.3 },
        { sigma: [0, 5], mode: "wrap" },
        { sigma: [3, 0.6], mode: "mirror", truncate: 2.5 },
        { sigma: 1.7, preserveRange: true },
      ],
      (random, dtype, size) => [samples(random, dtype, size, 1)],
    ),
    ...cases(
      "filters.gaussian",
      [
        { sigma: 1.2, channelAxis: 2 },
        { sigma: [4, 1], channelAxis: -1, mode: "reflect" },
        { sigma: 2, channelAxis: -1, mode: "constant", cval: 0.4 },
      ],
      (random, dtype, size) => [samples(random, dtype, size, 2 + (size[1] % 3))],
    ),
    ...cases(
      "filters.sobel",
      [
        {},
        { axis: 0 },
        { axis: 1 },
        { mode: "constant", cval: -0.3 },
        { mode: "mirror" },
        { mode: "wrap", axis: 0 },
        { mode: "nearest" },
      ],
      (random, dtype, size) => [samples(random, dtype, size, 1)],
    ),
    ...cases("filters.thresholdOtsu", [{}, { nbins: 2 }, { nbins: 77 }], (random, dtype, size) => [
      samples(random, dtype, size, 1),
    ]),
    ...cases("util.greater", [{}], (random, dtype, size) => {
      const image = samples(random, dtype, size, 1);
      // A value of the image, as equality is where a comparison goes wrong.
      return [image, image.data[Math.floor(random() * image.data.length)]!];
    }),
    ...cases("util.invert", [{}, { signedFloat: true }], (random, dtype, size) => [
      samples(random, dtype, size, 1 + (size[1] % 4)),
    ]),
    ...cases(
      "measure.label",
      [{}, { connectivity: 1 }, { background: 1 }, { background: 7, connectivity: 1 }],
      (random, dtype, size) => [levels(random, dtype, size, -1, 3)],
    ),
    ...cases(
      "measure.label",
      [{ connectivity: 2 }, { connectivity: 1 }],
      (random, dtype, size) => [levels(random, dtype, size, 0, 2)],
      " mask",
    ),
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
}

/** A seeded generator of numbers from 0 up to 1 (mulberry32, public domain, by T. Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function cases(
  operation: string,
  optionSets: readonly Options[],
  make: (random: () => number, dtype: DType, size: readonly [number, number]) => (Image | number | null)[],
  note = "",
  dtypes: readonly DType[] = DTYPES,
): GeneratedCase[] {
  return optionSets.flatMap((options, set) =>
    dtypes.map((dtype, i) => {
      const name = `generated ${dtype}${note} ${JSON.stringify(options)}`;
      const inputs = function* (): Generator<readonly (Image | number | null)[]> {
        const random = seeded(1000 * set + i);
        for (const size of SIZES) yield make(random, dtype, size);
        for (const value of CONSTANTS) yield make(() => value, dtype, CONSTANT_SIZE);
      };
      return { operation, name, options, inputs };
    }),
  );
}

/** Noise over the whole range of an integer dtype; for floats from -0.5 to 1.5. */
function samples(
  random: () => number,
  dtype: DType,
  [height, width]: readonly [number, number],
  channels: number,
): Image {
  const spans: Record<DType, readonly [number, number]> = {
    uint8: [0, 2 ** 8],
    uint16: [0, 2 ** 16],
    int32: [-(2 ** 31), 2 ** 32],
    float32: [-0.5, 2],
    float64: [-0.5, 2],
  };
  const [least, span] = spans[dtype];
  const data = new SAMPLE_ARRAYS[dtype](height * width * channels);
  const whole = dtype.startsWith("float") ? (value: number): number => value : Math.floor;
  for (let i = 0; i < data.length; i++) data[i] = whole(least + span * random());
  return new Image(data, { width, height, channels });
}

/** Few whole numbers (not below 0 in unsigned dtypes), a random one at each pixel. */
function levels(
  random: () => number,
  dtype: DType,
  [height, width]: readonly [number, number],
  least: number,
  count: number,
): Image {
  const lowest = dtype.startsWith("u") ? Math.max(least, 0) : least;
  const data = new SAMPLE_ARRAYS[dtype](height * width);
  for (let i = 0; i < data.length; i++) data[i] = lowest + Math.floor(random() * count);
  return new Image(data, { width, height });
}
