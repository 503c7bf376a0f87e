import { readdirSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { type DType, Image, SAMPLE_ARRAYS } from "../../src/image/image.ts";
import { copyOf } from "../../src/image/suite/copy.ts";
import type { Argument } from "../../src/image/suite/generated/cases.ts";

/** What scikit-image answered to one call. */
export interface GoldenCase {
  /** `"filters.gaussian"`. */
  readonly operation: string;
  /** Unique within the operation. */
  readonly name: string;
  /** Arguments before the options; each case has images of its own. */
  readonly inputs: readonly Argument[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Columns of a table by name, each an image of one row. */
  readonly expected: Image | number | readonly number[] | Readonly<Record<string, Image>>;
}

interface Recording {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly {
    readonly inputs: readonly (string | Exclude<Argument, Image>)[];
    readonly options: Readonly<Record<string, unknown>>;
    readonly expected:
      | number
      | readonly number[]
      | { readonly array: number }
      | { readonly columns: Readonly<Record<string, number>> };
  }[];
}

/** What scripts/goldens/record.py wrote. */
const FOLDER = new URL("./golden/", import.meta.url);

/** scikit-image's named colours: red, green and blue of each. */
export const colorNames = readJson("color-names.json") as Readonly<Record<string, readonly number[]>>;

/** All recorded cases. */
export function goldenCases(): GoldenCase[] {
  const inputs = new Map<string, Image>();
  const input = (name: string): Image => {
    if (!inputs.has(name)) inputs.set(name, readArrays(`inputs/${name}`)[0]!);
    return copyOf(inputs.get(name)!);
  };
  const files = readdirSync(new URL("operations/", FOLDER)).filter((file) => file.endsWith(".json"));
  return files.toSorted().flatMap((file) => {
    const operation = file.slice(0, -".json".length);
    const { cases } = readJson(`operations/${file}`) as Recording;
    const hasArrays = cases.some(({ expected }) => typeof expected === "object" && !Array.isArray(expected));
    const arrays = hasArrays ? readArrays(`operations/${operation}`) : [];
    return cases.map(({ inputs: names, options, expected }) => ({
      operation,
      name: [
        ...names.map((name) => (typeof name === "string" ? name : JSON.stringify(name))),
        JSON.stringify(options),
      ].join(" "),
      inputs: names.map((name) => (typeof name === "string" ? input(name) : isNames(name) ? name.map(input) : name)),
      options: mapped(options, (value) => (isInput(value) ? input(value.input) : value)),
      expected:
        typeof expected === "number"
          ? expected
          : "array" in expected
            ? arrays[expected.array]!
            : "columns" in expected
              ? mapped(expected.columns, (at) => arrays[at]!)
              : expected,
    }));
  });
}

/** Whether an argument is a list of images, by the names of inputs. */
function isNames(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

/** Whether an option is an image, by the name of an input. */
function isInput(value: unknown): value is { readonly input: string } {
  return typeof value === "object" && value !== null && "input" in value;
}

function mapped<T, U>(record: Readonly<Record<string, T>>, to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"));
}

/** Reads NumPy arrays (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html) that follow each other. */
function readArrays(file: string): Image[] {
  const bytes = gunzipSync(readFileSync(new URL(`${file}.npy.gz`, FOLDER)));
  const images: Image[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + 10 + bytes.readUInt16LE(at + 8);
    const header = bytes.toString("latin1", at + 10, start);
    const [, typeCode] = /'descr': '[<|](\w+)'/.exec(header) ?? [];
    const [, dimensions] = /'shape': \(([\d, ]+)\)/.exec(header) ?? [];
    const dtype = DTYPES[typeCode ?? ""];
    if (!dtype || !dimensions) throw new Error(`cannot read the array at ${at} of ${file}: ${header}`);
    const [height, width, channels = 1] = dimensions.split(",").filter(Boolean).map(Number) as [
      number,
      number,
      number?,
    ];
    const constructor = SAMPLE_ARRAYS[dtype];
    const length = height * width * channels;
    at = start + length * constructor.BYTES_PER_ELEMENT;
    const { buffer } = new Uint8Array(bytes.subarray(start, at));
    images.push(new Image(new constructor(buffer), { width, height, channels }));
  }
  return images;
}

const DTYPES: Readonly<Record<string, DType>> = {
  u1: "uint8",
  u2: "uint16",
  i4: "int32",
  f4: "float32",
  f8: "float64",
};
