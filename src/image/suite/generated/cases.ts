import type { DType, Image } from "../../image.ts";

/** What an operation takes before its options. */
export type Argument = Image | number | null | readonly unknown[];

/** One set of options on images of one dtype and many sizes. */
export interface GeneratedCase {
  readonly operation: string;
  /** Unique within the operation. */
  readonly name: string;
  /** Makes the arguments before the options, one list per size; the same ones whenever it is called. */
  readonly inputs: () => Generator<readonly Argument[]>;
  /** Makes them at one size, if their sizes differ at all. */
  readonly inputsAt: (size: Size) => readonly Argument[];
  readonly options: Readonly<Record<string, unknown>>;
}

import { seeded, type Size } from "./images.ts";

type Options = Readonly<Record<string, unknown>>;

const DTYPES: readonly DType[] = ["uint8", "uint16", "int32", "float32", "float64"];

/** Height and width: single pixels and lines, odd ones, ones around the widths of vectors and workgroups. */
const SIZES: readonly Size[] = [
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
const CONSTANT_SIZE: Size = [7, 9];

/** One operation: option sets × dtypes, each on images of all sizes and of constants that `make` makes. */
export function cases(
  operation: string,
  optionSets: readonly Options[],
  make: (random: () => number, dtype: DType, size: Size) => Argument[],
  note = "",
  dtypes: readonly DType[] = DTYPES,
): GeneratedCase[] {
  return optionSets.flatMap((options, set) =>
    dtypes.map((dtype, i) => {
      const name = `generated ${dtype}${note} ${JSON.stringify(options)}`;
      const inputs = function* (): Generator<readonly Argument[]> {
        const random = seeded(1000 * set + i);
        for (const size of SIZES) yield make(random, dtype, size);
        for (const value of CONSTANTS) yield make(() => value, dtype, CONSTANT_SIZE);
      };
      const inputsAt = (size: Size): readonly Argument[] => make(seeded(1000 * set + i), dtype, size);
      return { operation, name, options, inputs, inputsAt };
    }),
  );
}
