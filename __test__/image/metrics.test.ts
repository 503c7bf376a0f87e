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
  });
}
