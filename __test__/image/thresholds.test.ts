import test from "ava";
import { filters, Image } from "../../src/image/index.ts";

const row = (...samples: number[]): Image => new Image(Int32Array.from(samples), { width: samples.length, height: 1 });
const floats = (...samples: number[]): Image =>
  new Image(Float64Array.from(samples), { width: samples.length, height: 1 });

test("a constant image is its own threshold, infinite or not", (t) => {
  const { thresholdIsodata, thresholdLi, thresholdMean, thresholdOtsu, thresholdTriangle, thresholdYen } = filters;
  for (const backend of ["default", "native"]) {
    for (const value of [0.5, -3, Infinity, -Infinity]) {
      for (const Samples of [Float32Array, Float64Array]) {
        const image = new Image(new Samples(6).fill(value), { width: 3, height: 2 });
        // Otsu and Li answer so in scikit-image 0.26 too; NaN is not equal to itself, and refused.
        t.is(thresholdIsodata(image, { backend }), value);
        t.is(thresholdLi(image, { backend }), value);
        t.is(thresholdMean(image, { backend }), value);
        t.is(thresholdOtsu(image, { backend }), value);
        t.is(thresholdTriangle(image, { backend }), value);
        t.is(thresholdYen(image, { backend }), value);
      }
    }
  }
});

test("levels may lie as far apart as 32 bits let them: those between weigh nothing, but can be thresholds", (t) => {
  // scikit-image would list the 2³² levels between.
  const [low, high] = [-(2 ** 31), 2 ** 31 - 1];
  const image = row(low, low + 5, high);
  t.is(filters.thresholdOtsu(image), low + 5);
  t.is(filters.thresholdYen(image), low);
  t.deepEqual(filters.thresholdMultiotsu(image), [low, low + 5]);
  t.is(filters.thresholdIsodata(image), 0);
  t.is(filters.thresholdMean(image), (low + low + 5 + high) / 3);
  t.true(filters.thresholdLi(image) > low + 5 && filters.thresholdLi(image) < high);
  // The peak is at the low end: the furthest bin below the line is the empty one beside it.
  t.is(filters.thresholdTriangle(row(low, low, low, high)), low + 1);
});

test("Li's method leaves out what is not finite", (t) => {
  for (const backend of ["default", "native"]) {
    const li = (...samples: number[]): number => filters.thresholdLi(floats(...samples), { backend });
    const plain = li(1, 2, 3, 9);
    t.is(li(1, NaN, 2, 3, Infinity, 9, -Infinity, NaN), plain);
    t.is(li(Infinity, -Infinity, NaN), 0);
    t.is(li(4, Infinity), 4);
    t.is(li(NaN, NaN), NaN);
  }
});

test("more classes part what fewer left together", (t) => {
  const image = row(0, 0, 1, 50, 51, 51, 100, 101, 200, 201);
  t.deepEqual(filters.thresholdMultiotsu(image, { classes: 2 }), [filters.thresholdOtsu(image)]);
  t.deepEqual(filters.thresholdMultiotsu(image, { classes: 4 }), [1, 51, 101]);
  // As many classes as values, and no choice.
  t.deepEqual(filters.thresholdMultiotsu(row(5, 9, 5, 70)), [5, 9]);
});

test("windows with a NaN have none of it beyond them", (t) => {
  const samples = Float32Array.from({ length: 15 * 17 }, (_, i) => (i * 7) % 11);
  samples[7 * 17 + 8] = NaN;
  const image = new Image(samples, { width: 17, height: 15 });
  for (const backend of ["default", "native"]) {
    for (const thresholds of [
      filters.thresholdLocal(image, { blockSize: [3, 5], method: "mean", backend }),
      filters.thresholdNiblack(image, { windowSize: [3, 5], backend }),
      filters.thresholdSauvola(image, { windowSize: [3, 5], backend }),
    ]) {
      const rows = new Set<number>();
      const columns = new Set<number>();
      thresholds.data.forEach((value: number, i: number) => {
        if (Number.isNaN(value)) {
          rows.add(Math.floor(i / 17));
          columns.add(i % 17);
        }
      });
      t.deepEqual(
        [[...rows], [...columns]],
        [
          [6, 7, 8],
          [6, 7, 8, 9, 10],
        ],
        backend,
      );
    }
  }
});

test("a flat image deviates by nothing, however large its samples", (t) => {
  const image = new Image(new Float64Array(99).fill(1e8 + 0.1), { width: 11, height: 9 });
  for (const backend of ["default", "native"]) {
    const { data } = filters.thresholdNiblack(image, { k: 5, backend });
    t.true(data.every((value: number) => value === 1e8 + 0.1));
  }
});

test("Li's method says where it goes, and begins where a function of the samples says; as scikit-image answered", (t) => {
  const image = floats(41, 3, 4, 60, 10, 11, 3, 12, 40);
  for (const backend of ["default", "native"]) {
    const seen: number[] = [];
    const threshold = filters.thresholdLi(image, { backend, iterCallback: (at) => seen.push(at) });
    t.is(seen.at(-1), threshold);
    t.deepEqual(
      seen.map((at) => at.toFixed(9)),
      ["20.444444444", "19.899488743", "19.899488743"],
    );
    let given: number[] = [];
    const upper = (samples: Float64Array): number => {
      given = [...samples];
      return given[7]!;
    };
    seen.length = 0;
    filters.thresholdLi(image, { backend, initialGuess: upper, iterCallback: (at) => seen.push(at) });
    t.is(seen[0], 38 + 3);
    t.deepEqual(given, [0, 0, 1, 7, 8, 9, 37, 38, 57]);
    // The least sample, as a quantile of an image that is mostly background: nothing is below it, so it stays.
    seen.length = 0;
    t.is(
      filters.thresholdLi(image, { backend, initialGuess: ([least]) => least!, iterCallback: (at) => seen.push(at) }),
      3,
    );
    t.deepEqual(seen, [3]);
  }
});

test("a local threshold of one's own sees windows row by row, and is what others are where it does the same", (t) => {
  const image = new Image(
    Uint8Array.from({ length: 42 }, (_, i) => (i * 89) % 251),
    { width: 7, height: 6 },
  );
  const options = { blockSize: [3, 5] as const, mode: "constant" as const, cval: 9.5, offset: 2 };
  const own = (param: (window: Float64Array) => number): Image =>
    filters.thresholdLocal(image, { ...options, method: "generic", param });
  const median = filters.thresholdLocal(image, { ...options, method: "median" });
  t.deepEqual(
    own((window) => window.sort()[7]!),
    median,
  );
  // The left neighbour but one in the row above.
  t.is(own(([first]) => first!).data[16], image.data[16 - 7 - 2]! - 2);
  t.is(own(([first]) => first!).data[0], 9.5 - 2);
  t.true(own(() => Number.NaN).data.every(Number.isNaN));
});

test("nothing is above an infinite threshold, and all above its negative, but an infinity itself; as scikit-image answered", (t) => {
  const image = floats(3, -7, Infinity, 0, -Infinity);
  for (const backend of ["default", "native"]) {
    const above = (low: number, high: number, of: Image = image): number[] => [
      ...filters.applyHysteresisThreshold(of, low, high, { backend }).data,
    ];
    t.deepEqual(above(0, Infinity), [0, 0, 0, 0, 0]);
    t.deepEqual(above(-Infinity, -Infinity), [1, 1, 1, 1, 0]);
    t.deepEqual(above(-Infinity, 9), [1, 1, 1, 1, 0]);
    const bytes = new Image(Uint8Array.of(0, 9, 255, 0), { width: 4, height: 1 });
    t.deepEqual(above(-Infinity, 200, bytes), [1, 1, 1, 1]);
    t.deepEqual(above(5, Infinity, bytes), [0, 0, 0, 0]);
  }
});
