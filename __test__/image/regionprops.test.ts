// What tables cannot hold, and how regions are handed out. The numbers are held by scikit-image's recorded ones.
import test from "ava";
import { Image, measure } from "../../src/image/index.ts";

const labels = new Image(Int32Array.of(7, 7, 7, 0, 7, 0, 7, 2, 7, 7, 7, 2), { width: 4, height: 3 });
const intensity = new Image(
  Float32Array.from({ length: 12 }, (_, i) => i / 2),
  labels,
);

for (const backend of ["default", "native"]) {
  test(`${backend}: regions ascend by label, with masks, pixels and intensities of their own`, (t) => {
    const [two, seven, ...more] = measure.regionprops(labels, intensity, { backend });
    t.deepEqual(more, []);
    t.deepEqual([two!.label, seven!.label], [2, 7]);
    t.deepEqual(two!.bbox, [1, 3, 3, 4]);
    t.deepEqual(two!.coords, [
      [1, 3],
      [2, 3],
    ]);
    t.deepEqual([...seven!.image.data], [1, 1, 1, 1, 0, 1, 1, 1, 1]);
    t.deepEqual(seven!.image.shape, [3, 3]);
    t.deepEqual([seven!.areaFilled, seven!.areaConvex, seven!.eulerNumber], [9, 9, 0]);
    t.deepEqual([...seven!.imageIntensity.data], [0, 0.5, 1, 2, 0, 3, 4, 4.5, 5]);
    t.is(seven!.imageIntensity.dtype, "float32");
    t.is(seven!.centroid[1], 1);
  });

  test(`${backend}: spacing and offset move pixels and every centroid, not the box`, (t) => {
    const [two] = measure.regionprops(labels, intensity, { spacing: [2, 0.5], offset: [10, -1], backend });
    t.deepEqual(two!.bbox, [1, 3, 3, 4]);
    t.deepEqual(two!.coords, [
      [11, 2],
      [12, 2],
    ]);
    t.deepEqual(two!.coordsScaled, [
      [12, 0.5],
      [14, 0.5],
    ]);
    t.deepEqual(two!.centroid, [13, 0.5]);
    t.deepEqual(two!.centroidLocal, [1, 0]);
    const [upper, lower] = [intensity.data[7]!, intensity.data[11]!];
    t.deepEqual(two!.centroidWeightedLocal, [(2 * lower) / (upper + lower), 0]);
    t.deepEqual(two!.centroidWeighted, [12 + (2 * lower) / (upper + lower), 0.5]);
    t.is(two!.intensityMedian, (upper + lower) / 2);
  });

  test(`${backend}: functions measure masks and intensities, in an object of regions and in columns of tables`, (t) => {
    const holes = (image: Image<Uint8Array>): number => image.data.filter((inside) => !inside).length;
    const range = (_image: Image, { data }: Image): number[] => [Math.min(...data), Math.max(...data)];
    const options = { extraProperties: [holes, range], backend };
    const [two, seven] = measure.regionprops(labels, intensity, options);
    t.deepEqual({ ...two!.extraProperties }, { holes: 0, range: [3.5, 5.5] });
    t.deepEqual({ ...seven!.extraProperties }, { holes: 1, range: [0, 5] });
    const table = measure.regionpropsTable(labels, intensity, { ...options, properties: ["area"], separator: ":" });
    t.deepEqual(Object.entries(table), [
      ["area", Float64Array.of(2, 8)],
      ["holes", Float64Array.of(0, 1)],
      ["range:0", Float64Array.of(3.5, 0)],
      ["range:1", Float64Array.of(5.5, 5)],
    ]);
    const none = new Image(new Int32Array(12), labels);
    const columns = Object.keys(measure.regionpropsTable(none, intensity, options));
    t.deepEqual(columns, ["label", "bbox-0", "bbox-1", "bbox-2", "bbox-3", "holes", "range-0", "range-1"]);
  });

  test(`${backend}: functions of regions are called when they are read, those of tables give each region the same shape`, (t) => {
    const pixels = (image: Image): number[] => Array.from(image.data);
    const fails = (_image: Image): number => {
      throw new RangeError("of its own");
    };
    const [two] = measure.regionprops(labels, null, { extraProperties: [pixels, fails], backend });
    t.deepEqual(two!.extraProperties["pixels"], [1, 1]);
    t.throws(() => two!.extraProperties["fails"], { instanceOf: RangeError, message: "of its own" });
    t.throws(() => measure.regionpropsTable(labels, null, { extraProperties: [pixels], backend }), {
      code: "ERR_IMAGE_OPTION",
      message:
        /pixels gives \[1, 1, 1, 1, … 9 in all\] for region 7; expected a number, or arrays of numbers of the same/,
    });
  });

  test(`${backend}: intensities of several channels, in a region for each and in columns of tables`, (t) => {
    const both = new Image(
      Float32Array.from({ length: 24 }, (_, i) => (i % 2 === 0 ? i / 4 : 100 - i)),
      { width: 4, height: 3, channels: 2 },
    );
    const least = (_image: Image, { data }: Image): number => Math.min(...data);
    const ends = (_image: Image, { data }: Image): number[] => [data.at(0)!, data.at(-1)!];
    const options = { extraProperties: [least, ends], spacing: [2, 1], backend } as const;
    const [two] = measure.regionprops(labels, both, options);
    const [alone] = measure.regionprops(labels, intensity, options);
    const [first, second, ...more] = two!.channels;
    t.deepEqual(more, []);
    t.deepEqual([...two!.imageIntensity.data], [3.5, 85, 5.5, 77]);
    t.deepEqual([...second!.imageIntensity.data], [85, 77]);
    t.deepEqual(
      [first!, second!].map((region) => [region.intensityMean, region.intensityMedian, region.intensityMin]),
      [
        [4.5, 4.5, 3.5],
        [81, 81, 77],
      ],
    );
    t.deepEqual(first!.momentsWeightedNormalized, alone!.momentsWeightedNormalized);
    t.deepEqual(first!.centroidWeighted, alone!.centroidWeighted);
    t.is(alone!.channels[0], alone);
    t.deepEqual(
      { ...two!.extraProperties },
      {
        least: [3.5, 77],
        ends: [
          [3.5, 85],
          [5.5, 77],
        ],
      },
    );
    const table = measure.regionpropsTable(labels, both, { ...options, properties: ["area", "intensityMax"] });
    t.deepEqual(
      Object.entries(table).map(([name, column]) => [name, column[0]]),
      [
        ["area", 4],
        ["intensityMax-0", 5.5],
        ["intensityMax-1", 85],
        ["least-0", 3.5],
        ["least-1", 77],
        ["ends-0-0", 3.5],
        ["ends-0-1", 85],
        ["ends-1-0", 5.5],
        ["ends-1-1", 77],
      ],
    );
    const none = measure.regionpropsTable(new Image(new Int32Array(12), labels), both, options);
    t.deepEqual(Object.keys(none).slice(5), ["least-0", "least-1", "ends-0-0", "ends-0-1", "ends-1-0", "ends-1-1"]);
  });

  test(`${backend}: a table without regions has its columns all the same`, (t) => {
    const none = new Image(new Int32Array(4), { width: 2, height: 2 });
    t.deepEqual(measure.regionprops(none, null, { backend }), []);
    const table = measure.regionpropsTable(none, null, { properties: ["label", "centroid"], backend });
    t.deepEqual(table, { label: new Int32Array(), "centroid-0": new Float64Array(), "centroid-1": new Float64Array() });
  });
}

test("a region that is symmetric has no mixed moment, not even of rounding: its orientation does not turn over", (t) => {
  for (let stem = 2; stem < 20; stem++) {
    const data = new Uint8Array(23 * (3 + stem));
    for (const [i] of data.entries()) data[i] = i < 23 * 3 || Math.abs((i % 23) - 11) < 3 ? 1 : 0;
    const [shape] = measure.regionprops(new Image(data, { width: 23, height: 3 + stem }));
    const { momentsCentral, orientation } = shape!;
    t.is(momentsCentral[1]![1], 0);
    t.true(orientation === Math.PI / 2 || orientation === 0, `${stem}: ${orientation}`);
  }
});

test("the invariants of a region are the same after a quarter turn, and in a mirror but for the last one's sign", (t) => {
  const shape = ["11100", "10010", "11000", "10000"].map((row) => Array.from(row, Number));
  const of = (rows: number[][]): number[] =>
    measure.momentsHu(new Image(Uint8Array.from(rows.flat()), { width: rows[0]!.length, height: rows.length }));
  const hu = of(shape);
  const turned = of(shape[0]!.map((_, c) => shape.map((row) => row[c]!).toReversed()));
  const mirrored = of(shape.map((row) => row.toReversed()));
  for (const [i, invariant] of hu.entries()) {
    t.true(Math.abs(turned[i]! - invariant) <= 1e-9 * Math.abs(invariant), `${i}`);
    t.true(Math.abs(mirrored[i]! - invariant * (i === 6 ? -1 : 1)) <= 1e-9 * Math.abs(invariant), `${i}`);
  }
});
