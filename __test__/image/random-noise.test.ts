import test from "ava";
import { GpuImage, Image, util } from "../../src/image/index.ts";
import { samples, seeded } from "../../src/image/suite/generated/images.ts";
import { philox } from "../../src/image/util/philox.ts";
import { gpuAvailable } from "./gpu-available.ts";

const gray = new Image(new Float32Array(10_000).fill(0.5), { width: 100, height: 100 });

test("the generator gives its authors' known answers", (t) => {
  const most = 2 ** 32 - 1;
  t.deepEqual(philox([0, 0, 0, 0], [0, 0]), [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
  t.deepEqual(philox([most, most, most, most], [most, most]), [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
});

for (const backend of ["default", "native", ...(gpuAvailable() ? ["wgpu"] : [])]) {
  test(`${backend}: a seed gives the same noise, another one or none another`, (t) => {
    const noise = (rng: number | null = null): Image => util.randomNoise(gray, { backend, rng });
    t.deepEqual(noise(3), noise(3));
    t.notDeepEqual(noise(3), noise(4));
    t.notDeepEqual(noise(), noise());
    t.notDeepEqual(noise(), util.randomNoise(gray, { backend }));
  });

  test(`${backend}: the share of salt and of pepper`, (t) => {
    const { data } = util.randomNoise(gray, { mode: "s&p", amount: 0.4, saltVsPepper: 0.75, rng: 1, backend });
    const share = (value: number): number => data.filter((sample: number) => sample === value).length / data.length;
    t.true(Math.abs(share(1) - 0.3) < 0.02);
    t.true(Math.abs(share(0) - 0.1) < 0.02);
  });
}

test("a variance for each sample is that sample's", (t) => {
  const localVars = new Image(
    Float32Array.from(gray.data, (_, i) => (i < 5000 ? 1e-4 : 4)),
    gray,
  );
  const { data } = util.randomNoise(gray, { mode: "localvar", localVars, rng: 5, clip: false });
  const [mild, strong] = [data.subarray(0, 5000), data.subarray(5000)].map(momentsOf);
  t.true(Math.abs(mild!.mean - 0.5) < 1e-3 && Math.abs(mild!.variance - 1e-4) < 1e-5);
  t.true(Math.abs(strong!.mean - 0.5) < 0.1 && Math.abs(strong!.variance - 4) < 0.4);
  // Without an image that is what "gaussian" does.
  for (const backend of ["default", "native"]) {
    t.deepEqual(
      util.randomNoise(gray, { mode: "localvar", rng: 5, backend }),
      util.randomNoise(gray, { rng: 5, backend }),
    );
  }
});

test("native: variances of samples, from any dtype, are the reference's", (t) => {
  for (const dtype of ["uint8", "uint16", "int32", "float32", "float64"] as const) {
    const image = samples(seeded(2), dtype, [67, 43], 3);
    const localVars = samples(seeded(1), dtype, [67, 43], 3);
    localVars.data.forEach((variance, i) => (localVars.data[i] = Math.max(variance, dtype.startsWith("f") ? 1e-3 : 1)));
    for (const clip of [true, false]) {
      const options = { mode: "localvar", localVars, rng: 2 ** 40 + 5, clip } as const;
      const expected = util.randomNoise(image, { ...options, backend: "default" }).data;
      const { data } = util.randomNoise(image, { ...options, backend: "native" });
      const greatest = Math.max(...Array.from(expected, (sample: number) => Math.abs(sample)));
      const allowed = (dtype === "float64" ? 1e-14 : 1e-6) * greatest;
      t.true(
        data.every((sample: number, i: number) => Math.abs(sample - expected[i]!) <= allowed),
        dtype,
      );
    }
  }
});

if (gpuAvailable()) {
  test("wgpu: variances of samples, from any dtype; quanta are left to others", (t) => {
    const there = GpuImage.from(gray);
    for (const dtype of ["uint8", "float32", "float64"] as const) {
      const localVars = samples(seeded(1), dtype, [100, 100], 1);
      for (const [i, variance] of localVars.data.entries())
        localVars.data[i] = Math.max(variance, dtype === "uint8" ? 1 : 1e-3);
      const options = { mode: "localvar", localVars, rng: 2 ** 40 + 5, clip: false } as const;
      const expected = util.randomNoise(gray, options).data;
      const { data } = util.randomNoise(there, options).toImageSync();
      const greatest = Math.max(...Array.from(expected, (sample) => Math.abs(sample)));
      t.true(data.every((sample, i) => Math.abs(sample - expected[i]!) < 1e-5 * greatest));
    }
    t.throws(() => util.randomNoise(there, { mode: "poisson" }), { message: /numbers are rejected needs 64 bits/ });
  });
}

test("quanta have their mean for variance, in small numbers and in large ones", (t) => {
  // Levels up to a power of two: so many quanta is white.
  for (const levels of [4, 16, 64, 1024]) {
    const image = new Image(
      Float64Array.from({ length: 40_000 }, (_, i) => (i < levels ? i / (levels - 1) : 0.6)),
      { width: 200, height: 200 },
    );
    const noisy = util.randomNoise(image, { mode: "poisson", rng: levels, clip: false });
    const { mean, variance } = momentsOf(noisy.data.subarray(levels));
    const quanta = 2 ** Math.ceil(Math.log2(new Set(image.data).size));
    t.true(Math.abs(mean - 0.6) < 5 * Math.sqrt(0.6 / quanta / 40_000), `mean ${mean} of ${levels}`);
    t.true(Math.abs(variance / (0.6 / quanta) - 1) < 0.04, `variance ${variance} of ${levels}`);
    t.true(noisy.data.every((sample: number) => Number.isInteger(sample * quanta)));
    t.is(noisy.data[0], 0);
  }
});

test("quanta are shared as Poisson has it, where they are searched for and where they are rejected", (t) => {
  for (const mean of [4, 30]) {
    // 64 levels, so that a sample of mean / 64 has so many quanta.
    const image = new Image(
      Float64Array.from({ length: 60_000 }, (_, i) => (i < 64 ? i / 64 : mean / 64)),
      { width: 300, height: 200 },
    );
    const { data } = util.randomNoise(image, { mode: "poisson", rng: 11, clip: false });
    const counts = Array.from(data.subarray(64), (sample) => Math.round(sample * 64));
    let share = Math.exp(-mean);
    for (let k = 0; k <= 2 * mean; share *= mean / ++k) {
      const found = counts.filter((count) => count === k).length / counts.length;
      t.true(
        Math.abs(found - share) < 5 * Math.sqrt(share / counts.length) + 1e-4,
        `${k} of ${mean}: ${found}, ${share}`,
      );
    }
  }
});

test("quanta of an image with negative samples go from -1 to the greatest", (t) => {
  const image = new Image(
    Float64Array.from({ length: 10_000 }, (_, i) => (i % 2) - 0.5),
    { width: 100, height: 100 },
  );
  const { data } = util.randomNoise(image, { mode: "poisson", rng: 2, clip: false });
  t.true(Math.abs(momentsOf(data).mean) < 0.05);
  // Two quanta are 1.5: what the greatest is above -1.
  t.true(data.every((sample: number) => Number.isInteger(Math.round(((sample + 1) / 0.75) * 1e9) / 1e9)));
});

function momentsOf(noisy: ArrayLike<number>): { mean: number; variance: number } {
  const numbers = Array.from(noisy);
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  return { mean, variance: numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0) / numbers.length };
}
