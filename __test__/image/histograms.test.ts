import test from "ava";
import { exposure, Image } from "../../src/image/index.ts";

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
