import test from "ava";
import { Image, metrics } from "../../src/image/index.ts";

const image = new Image(
  Uint8Array.from({ length: 144 }, (_, i) => (i * i) % 251),
  { width: 12, height: 12 },
);
const black = new Image(new Uint8Array(144), { width: 12, height: 12 });

for (const backend of ["default", "native"]) {
  test(`${backend}: images that are equal`, (t) => {
    t.is(metrics.meanSquaredError(image, image, { backend }), 0);
    t.is(metrics.normalizedRootMse(image, image, { backend }), 0);
    t.is(metrics.peakSignalNoiseRatio(image, image, { backend }), Infinity);
    t.is(metrics.structuralSimilarity(image, image, { backend }), 1);
  });

  test(`${backend}: a true image that is all 0 has no norm`, (t) => {
    t.is(metrics.normalizedRootMse(black, image, { backend }), Infinity);
    t.is(metrics.normalizedRootMse(black, black, { normalization: "min-max", backend }), NaN);
  });

  test(`${backend}: a NaN in either image is the answer`, (t) => {
    const [first, second] = [0, 1].map((at) => {
      const samples = new Float64Array(144).fill(0.5);
      samples[70] = at === 0 ? NaN : 0.5;
      return new Image(samples, { width: 12, height: 12 });
    }) as [Image, Image];
    for (const pair of [[first, second] as const, [second, first] as const]) {
      t.is(metrics.meanSquaredError(...pair, { backend }), NaN);
      t.is(metrics.peakSignalNoiseRatio(...pair, { backend }), NaN);
      t.is(metrics.structuralSimilarity(...pair, { dataRange: 1, backend }), NaN);
    }
    // Nothing is asked of the range then.
    first.data[3] = 7;
    t.is(metrics.peakSignalNoiseRatio(first, second, { backend }), NaN);
  });
}

test("images of similarity come beside the mean, in the dtypes of intensities", (t) => {
  const floats = new Image(
    Float64Array.from({ length: 81 }, (_, i) => ((i * i) % 23) / 23),
    { width: 9, height: 9 },
  );
  const other = new Image(
    floats.data.map((sample, i) => sample + (i % 4) / 20),
    { width: 9, height: 9 },
  );
  const options = { dataRange: 1, winSize: 9 };
  const { mssim, S, grad } = metrics.structuralSimilarity(other, floats, { ...options, full: true, gradient: true });
  t.true(Math.abs(metrics.structuralSimilarity(other, floats, options) - mssim) < 1e-14);
  // A window as large as the image fits in one place.
  t.is(S.data[40], mssim);
  t.deepEqual([grad.dtype, grad.width], ["float64", 9]);
  const bytes = metrics.structuralSimilarity(image, black, { full: true });
  t.deepEqual(Object.keys(bytes), ["mssim", "S"]);
  t.is(bytes.S.dtype, "float32");
});

test("native makes images of similarity where windows reach beyond the image, and of NaN as the reference does", (t) => {
  const noise = (length: number, step: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => ((i * i * step) % 97) / 97);
  // oxfmt-ignore
  const calls: [width: number, height: number, hole: number, options: object][] = [
    [3, 3, -1, { winSize: 3 }],
    [3, 5, -1, { winSize: 3, gaussianWeights: true, sigma: 6 }],
    [31, 3, -1, { winSize: 3, gaussianWeights: true, sigma: 4, useSampleCovariance: false }],
    [40, 36, 20 * 40 + 17, {}],
    [40, 36, 3, { gaussianWeights: true, useSampleCovariance: false }],
  ];
  for (const [width, height, hole, given] of calls) {
    const [first, second] = [noise(width * height, 3), noise(width * height, 7)];
    if (hole >= 0) second[hole] = NaN;
    const pair = [first, second].map((data) => new Image(data, { width, height })) as [Image, Image];
    const options = { dataRange: 1, ...given };
    const both = { ...options, full: true, gradient: true } as const;
    const [found, expected] = (["native", "default"] as const).map((backend) =>
      metrics.structuralSimilarity(...pair, { ...both, backend }),
    ) as [{ mssim: number; S: Image; grad: Image }, { mssim: number; S: Image; grad: Image }];
    const { mssim } = found;
    t.is(metrics.structuralSimilarity(...pair, { ...options, backend: "native" }), mssim);
    t.is(metrics.structuralSimilarity(...pair, { ...options, full: true, backend: "native" }).mssim, mssim);
    for (const name of ["S", "grad"] as const) {
      const scale = Math.max(...expected[name].data.filter((value) => !Number.isNaN(value)).map(Math.abs));
      const far = found[name].data.findIndex((value, i) => {
        const right = expected[name].data[i]!;
        return Number.isNaN(right) ? !Number.isNaN(value) : !(Math.abs(value - right) <= 1e-12 * scale);
      });
      t.is(far, -1, `${name} of ${width} × ${height}`);
      t.is(found[name].data.some(Number.isNaN), hole >= 0);
      t.false(found[name].data.every(Number.isNaN));
    }
  }
});
