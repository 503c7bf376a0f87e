import test from "ava";
import { feature, Image } from "../../src/image/index.ts";

/** A bright box on a slope, with sharp edges and flat ground. */
function box(width: number, height: number): Image {
  const data = Float64Array.from({ length: width * height }, (_, i) => {
    const [row, column] = [Math.floor(i / width), i % width];
    return row > 5 && row < 14 && column > 8 && column < 20 ? 0.9 : column / 200;
  });
  return new Image(data, { width, height });
}

function mirrored<I extends Image>(image: I): I {
  const { data, width } = image;
  return new Image(
    data.map((_: number, i: number) => data[i + width - 1 - 2 * (i % width)]!),
    image,
  ) as I;
}

for (const backend of ["default", "native"]) {
  test(`${backend}: a mirrored image has mirrored edges, also where gradients are equal`, (t) => {
    for (const sigma of [0, 1, 2]) {
      const image = box(31, 23);
      const edges = feature.canny(image, { sigma, backend });
      t.true(edges.data.includes(1));
      t.deepEqual(feature.canny(mirrored(image), { sigma, backend }).data, mirrored(edges).data);
    }
  });

  test(`${backend}: what a mask leaves out does not matter`, (t) => {
    const image = box(31, 23);
    const mask = new Image(
      Uint8Array.from({ length: 31 * 23 }, (_, i) => (i % 31 < 24 ? 3 : 0)),
      { width: 31, height: 23 },
    );
    const spoilt = new Image(
      image.data.map((sample: number, i: number) => (mask.data[i] ? sample : NaN)),
      image,
    );
    const edges = feature.canny(spoilt, { mask, backend });
    t.deepEqual(edges, feature.canny(image, { mask, backend }));
    t.true(edges.data.includes(1));
    t.false(feature.canny(spoilt, { backend }).data.every((edge: number, i: number) => edge === edges.data[i]));
  });

  test(`${backend}: a step of more than the threshold is an edge, one of less is none`, (t) => {
    // SciPy's Sobel filter weighs neighbours by 1, 2 and 1: a step of 0.1 has a gradient of 0.4 without a Gaussian.
    const step = (height: number): Image =>
      new Image(
        Float32Array.from({ length: 100 }, (_, i) => (i % 10 < 5 ? 0 : height)),
        { width: 10, height: 10 },
      );
    const found = (height: number): boolean =>
      feature.canny(step(height), { sigma: 0, mode: "nearest", backend }).data.includes(1);
    t.true(found(0.051));
    t.false(found(0.049));
  });
}
