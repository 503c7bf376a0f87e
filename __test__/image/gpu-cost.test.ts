// Which calls the GPU is expected to win, on devices whose speeds are given here.
import test from "ava";
import { type GpuSpeed, predict, slowerOnGpu } from "../../src/image/gpu-cost.ts";
import type { WorkImage, WorkOptions } from "../../src/image/gpu-work/index.ts";
import { system } from "../../src/image/index.ts";

/** One thread of a present-day processor. */
const native = { call: 3e-6, memory: 2e10, taps: 1.6e10 };

/** Made up, of the order that is usual: memory shared with the CPU; a card behind PCIe 4; one behind PCIe 5. */
const DEVICES = {
  integrated: { roundTrip: 1.5e-4, kernel: 8e-6, upload: 8e9, download: 6e9, memory: 4e10, taps: 6e10 },
  midRange: { roundTrip: 1e-4, kernel: 5e-6, upload: 1.1e10, download: 9e9, memory: 4e11, taps: 8e11 },
  dataCentre: { roundTrip: 6e-5, kernel: 3e-6, upload: 2.2e10, download: 1.8e10, memory: 3e12, taps: 3e12 },
} satisfies Record<string, GpuSpeed>;

const square = (side: number, dtype: WorkImage["dtype"] = "float32", channels = 1): WorkImage => ({
  width: side,
  height: side,
  channels,
  dtype,
});

const SIDES = Array.from({ length: 14 }, (_, i) => 2 ** (i + 1));

/** The sides of square images, powers of two from 2 to 16384, from which on the GPU is faster; `undefined` if from none. */
function flip(gpu: GpuSpeed, operation: string, dtype?: WorkImage["dtype"], options?: WorkOptions): number | undefined {
  const won = SIDES.map((side) => {
    const { gpu: there, native: here } = predict({ gpu, native }, operation, [square(side, dtype)], options)!;
    return there < here;
  });
  const first = won.indexOf(true);
  if (first === -1) return undefined;
  // Once it pays it goes on paying.
  return won.slice(first).every(Boolean) ? SIDES[first] : Number.NaN;
}

test("a faster device pays from a smaller image on", (t) => {
  const wide = { radius: [24, 24] } as const;
  const sides = Object.values(DEVICES).map((gpu) => flip(gpu, "filters.gaussian", "float32", wide));
  t.deepEqual(sides, [256, 128, 128]);
  const narrow = Object.values(DEVICES).map((gpu) => flip(gpu, "filters.gaussian", "float32", { radius: [4, 4] }));
  t.deepEqual(narrow, [1024, 512, 256]);
  const labels = Object.values(DEVICES).map((gpu) => flip(gpu, "measure.label", "uint8"));
  t.deepEqual(labels, [256, 256, 128]);
});

test("a wider window pays from a smaller image on", (t) => {
  for (const [name, gpu] of Object.entries(DEVICES)) {
    const sides = [2, 8, 32, 128].map(
      (radius) => flip(gpu, "filters.gaussian", "float32", { radius: [radius, radius] }) ?? Infinity,
    );
    t.deepEqual(
      sides,
      sides.toSorted((a, b) => b - a),
      name,
    );
    t.true(sides.at(-1)! < sides[0]!, name);
  }
});

test("splines cost on either side, and pay from a smaller image on; places are brought there", (t) => {
  const profile = { gpu: DEVICES.midRange, native };
  const cost = (options: WorkOptions): { gpu: number; native: number } =>
    predict(profile, "transform.warp", [square(512)], options)!;
  const costs = [cost({}), cost({ degree: 3 }), cost({ degree: 5 })];
  for (const side of ["gpu", "native"] as const) {
    const each = costs.map((one) => one[side]);
    t.deepEqual(
      each,
      each.toSorted((a, b) => a - b),
    );
    t.true(each[0]! < each[2]!);
  }
  const pays = (options: WorkOptions): number =>
    flip(DEVICES.midRange, "transform.warp", "float32", options) ?? Infinity;
  t.true(pays({ degree: 3 }) <= pays({}));
  t.true(cost({ places: 512 * 512 }).gpu > cost({}).gpu + (16 * 512 * 512) / DEVICES.midRange.upload);
});

test("what is less work than moving the image never pays where moving is slow", (t) => {
  t.is(flip(DEVICES.integrated, "util.greater", "uint8"), undefined);
  t.is(flip(DEVICES.midRange, "util.greater", "float32"), undefined);
  t.not(flip(DEVICES.dataCentre, "filters.gaussian", "uint8"), undefined);
});

test("nothing pays at 16 × 16, nor on a device that computes on the CPU", (t) => {
  const software = { roundTrip: 6e-5, kernel: 1e-5, upload: 1e10, download: 6e9, memory: 9e8, taps: 1.2e8 };
  for (const operation of operations()) {
    for (const [name, gpu] of Object.entries(DEVICES)) {
      const { gpu: there, native: here } = predict({ gpu, native }, operation, [square(16)])!;
      t.true(there > here, `${operation}, ${name}`);
    }
    t.is(flip(software, operation), undefined, operation);
  }
});

test("a second image, more channels and more waits cost", (t) => {
  const profile = { gpu: DEVICES.midRange, native };
  const time = (operation: string, ...images: [WorkImage, ...WorkImage[]]): number =>
    predict(profile, operation, images)!.gpu;
  t.true(
    time("color.label2rgb", square(64, "uint8"), square(64, "uint8", 3)) > time("color.label2rgb", square(64, "uint8")),
  );
  t.true(time("filters.gaussian", square(512, "uint8", 3)) > 2 * time("filters.gaussian", square(512, "uint8")) - 1e-4);
  t.true(
    time("filters.thresholdOtsu", square(8, "float32")) > time("filters.thresholdOtsu", square(8, "uint8")) + 9e-5,
  );
});

test("the reason has the numbers", (t) => {
  const image = { ...square(64), height: 48 };
  t.is(
    slowerOnGpu(image, { gpu: 0.000_912_3, native: 0.000_049_6 }),
    "48×64: about 0.91 ms on the GPU, 0.05 ms native",
  );
  t.is(slowerOnGpu(image, { gpu: 0.1234, native: 0.000_001_23 }), "48×64: about 120 ms on the GPU, 0.0012 ms native");
});

test("there is a cost for every operation that wgpu has, and for no other", (t) => {
  const profile = { gpu: DEVICES.midRange, native };
  t.true(operations().length >= 7);
  for (const operation of operations()) {
    const { gpu, native: here } = predict(profile, operation, [square(100, "uint8")])!;
    t.true(gpu > 0 && here > 0 && Number.isFinite(gpu + here), operation);
  }
  t.is(predict(profile, "filters.nonesuch", [square(4)]), undefined);
  t.is(predict(profile, "constructor", [square(4)]), undefined);
});

function operations(): string[] {
  const implemented = system
    .describe()
    .functions.filter(({ backends }) => backends.some((one) => one.backend === "wgpu"));
  return implemented.map(({ name }) => name);
}
