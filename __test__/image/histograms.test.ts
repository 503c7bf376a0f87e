import test from "ava";
import { exposure, Image } from "../../src/image/index.ts";
import { type DType, SAMPLE_ARRAYS } from "../../src/image/image.ts";
import { samples, seeded, type Size } from "../../src/image/suite/generated/images.ts";

for (const backend of ["default", "native"]) {
  test(`${backend}: the histograms of channels lie one after the other, in the same bins`, (t) => {
    const colors = new Image(Uint8Array.of(5, 7, 5, 8, 6, 8), { width: 3, height: 1, channels: 2 });
    const together = exposure.histogram(colors, { backend });
    t.deepEqual(together.binCenters, Float64Array.of(5, 6, 7, 8));
    t.deepEqual(together.counts, Float64Array.of(2, 1, 1, 2));
    const apart = exposure.histogram(colors, { channelAxis: 2, backend });
    t.deepEqual(apart.binCenters, together.binCenters);
    t.deepEqual(apart.counts, Float64Array.of(2, 1, 0, 0, 0, 0, 1, 2));
    const { counts } = exposure.histogram(colors, { channelAxis: -1, normalize: true, backend });
    t.deepEqual(counts, Float64Array.of(2 / 3, 1 / 3, 0, 0, 0, 0, 1 / 3, 2 / 3));
  });

  test(`${backend}: an integer dtype has its limit where the reference has levels beyond`, (t) => {
    const image = new Image(Uint8Array.of(1, 2, 3), { width: 3, height: 1 });
    const reference = new Image(Float64Array.of(-70.5, 20.75, 1e9), { width: 1, height: 3 });
    const cut = exposure.matchHistograms(image, reference, { channelAxis: 2, backend });
    t.deepEqual(cut.data, Uint8Array.of(0, 20, 255));
    t.deepEqual(exposure.matchHistograms(image, reference, { backend }).data, Float32Array.of(-70.5, 20.75, 1e9));
  });

  test(`${backend}: tiles are of 14-bit levels, whatever dtype these come from`, (t) => {
    const bytes = Uint8Array.from({ length: 41 * 37 }, (_, i) => (i * i) % 251);
    const geometry = { width: 41, height: 37 };
    const options = { kernelSize: [9, 12], clipLimit: 0.05, backend } as const;
    const equalized = exposure.equalizeAdapthist(new Image(bytes, geometry), options);
    for (const data of [Uint16Array.from(bytes, (v) => v * 257), Float32Array.from(bytes, (v) => v / 255)]) {
      t.deepEqual(exposure.equalizeAdapthist(new Image(data, geometry), options).data, equalized.data);
    }
    t.is(Math.min(...equalized.data), 0);
    t.is(Math.max(...equalized.data), 1);
  });
}

/** An image that nothing is wrong with under the mask, with what may be outside; a mask of so many pixels, whose other samples are any. */
function masked(random: () => number, dtype: DType, size: Size, share: number, maskDtype: DType): [Image, Image] {
  const image = samples(random, dtype, size, 1);
  const mask = new Image(new SAMPLE_ARRAYS[maskDtype](image.data.length), image);
  const isFloat = dtype.startsWith("float");
  image.data.forEach((_, i) => {
    // Of unsigned bytes some levels occur only outside.
    if (dtype === "uint8") image.data[i]! &= 0xfb;
    mask.data[i] = i === image.data.length >> 1 || random() < share ? 1 + 200 * random() : 0;
    if (mask.data[i] === 0 && dtype === "uint8") image.data[i]! |= 4;
    if (mask.data[i] === 0 && isFloat && i % 3 === 0) image.data[i] = [NaN, Infinity, -Infinity, 7, -7][i % 5]!;
  });
  if (maskDtype.startsWith("float")) mask.data[image.data.length >> 1] = NaN;
  return [image, mask];
}

test("native: shares under a mask are those of the reference to the last bit", async (t) => {
  const random = seeded(11);
  const dtypes: DType[] = ["uint8", "uint16", "int32", "float32", "float64"];
  const sizes: Size[] = [
    [1, 1],
    [1, 43],
    [5, 7],
    [67, 43],
  ];
  for (const dtype of dtypes) {
    for (const size of sizes) {
      for (const [share, maskDtype, nbins] of [
        [0, "uint8", 1],
        [0.1, "float64", 100],
        [0.6, "int32", 256],
        [1, "uint16", 2],
      ] as const) {
        const [image, mask] = masked(random, dtype, size, share, maskDtype);
        const expected = exposure.equalizeHist(image, { mask, nbins, backend: "default" });
        const found = exposure.equalizeHist(image, { mask, nbins, backend: "native" });
        t.deepEqual(found, expected, `${dtype} ${size.join(" × ")} ${share} ${nbins}`);
        t.deepEqual(await exposure.equalizeHist.async(image, { mask, nbins, backend: "native" }), expected);
      }
    }
  }
});

for (const backend of ["default", "native"]) {
  test(`${backend}: a mask that leaves nothing, or that lies where the result goes, is refused`, (t) => {
    const image = samples(seeded(3), "float32", [3, 5], 1);
    const nothing = new Image(new Uint8Array(15), image);
    t.throws(() => exposure.equalizeHist(image, { mask: nothing, backend }), {
      code: "ERR_IMAGE_VALUE",
      message: "exposure.equalizeHist: mask is 0 everywhere; expected other samples",
    });
    const mask = samples(seeded(4), "float32", [3, 5], 1);
    t.throws(() => exposure.equalizeHist(image, { mask, out: mask, backend }), { code: "ERR_IMAGE_BUFFER" });
    t.deepEqual(mask, samples(seeded(4), "float32", [3, 5], 1));
  });
}

test("native: shares at the ends of a float's range are those of the reference", (t) => {
  for (const [data, nbins] of [
    [Float32Array.of(2e38, 3e38), 2],
    [Float32Array.of(-3e38, -1e38, 0), 4],
    [Float64Array.of(0, 1e-310, 2e-310), 2],
  ] as const) {
    const image = new Image(data, { width: data.length, height: 1 });
    const expected = exposure.equalizeHist(image, { nbins, backend: "default" });
    t.false(expected.data.some(Number.isNaN));
    t.deepEqual(exposure.equalizeHist(image, { nbins, backend: "native" }), expected);
  }
});
