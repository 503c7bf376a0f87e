// Measuring a machine: on devices of known speed, and what is kept of it.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "ava";
import { BLUR_TAPS, calibrate, type Probes } from "../../src/image/gpu-calibration.ts";
import { cacheDirectory, readCalibration, writeCalibration } from "../../src/image/gpu-calibration-file.ts";
import type { SpeedProfile } from "../../src/image/gpu-cost.ts";

const REAL: SpeedProfile = {
  gpu: { roundTrip: 1e-4, kernel: 5e-6, upload: 1e10, download: 8e9, memory: 4e11, taps: 8e11 },
  native: { call: 1e-6, memory: 2e10, taps: 1.6e10 },
};
const SLOW: SpeedProfile = {
  gpu: { roundTrip: 6e-5, kernel: 1e-5, upload: 1e10, download: 6e9, memory: 9e8, taps: 1.2e8 },
  native: REAL.native,
};

/** Probes of a device without noise, and the seconds that it was kept busy. */
function device({ gpu, native }: SpeedProfile): { probes: Probes; busy: () => number } {
  let busy = 0;
  const take = (seconds: number): number => {
    busy += seconds;
    return seconds;
  };
  const moved = (side: number): number => side * side * (1 / gpu.upload + 1 / gpu.download);
  const start = gpu.roundTrip - moved(16) - 512 / gpu.memory;
  const kernels = (count: number): number => Math.max(count - 1, 0) * gpu.kernel;
  const blurred = (side: number, taps: number, speed: number): number => ((BLUR_TAPS + taps) * side * side) / speed;
  const probes: Probes = {
    compare: (side, count) => take(start + moved(side) + kernels(count) + (count * 2 * side * side) / gpu.memory),
    thereAndBack: (side) => take(start + moved(side)),
    back: (side) => take(start + (side * side) / gpu.download),
    blur: (side, times) =>
      take(start + (4 * side * side) / gpu.download + kernels(2 * times) + times * blurred(side, 16, gpu.taps)),
    nativeCompare: (side) => take(native.call + (2 * side * side) / native.memory),
    nativeBlur: (side) => take(native.call + blurred(side, 8, native.taps)),
  };
  return { probes, busy: () => busy };
}

for (const [name, real] of [
  ["a card", REAL],
  ["a slow device", SLOW],
] as const) {
  test(`the speeds of ${name} are found`, (t) => {
    const { probes, busy } = device(real);
    const found = calibrate(probes);
    for (const side of ["gpu", "native"] as const) {
      for (const [speed, value] of Object.entries(real[side])) {
        const measured = (found[side] as unknown as Record<string, number>)[speed]!;
        t.true(measured / value > 0.7 && measured / value < 1.5, `${speed}: ${measured}, not ${value}`);
      }
    }
    // Each once; in earnest each is run four times.
    t.true(busy() < 0.025, `${busy()} s`);
  });
}

test("a clock that tells nothing apart still gives speeds", (t) => {
  const same = (): number => 1e-4;
  const nothing = (): number => 0;
  for (const read of [same, nothing]) {
    const profile = calibrate({
      compare: read,
      thereAndBack: read,
      back: read,
      blur: read,
      nativeCompare: read,
      nativeBlur: read,
    });
    for (const speed of [...Object.values(profile.gpu).slice(1), ...Object.values(profile.native).slice(1)]) {
      t.true(Number.isFinite(speed) && speed > 0);
    }
  }
});

const key = { adapter: "Card", driver: "driver 1.2", backend: "vulkan", processor: "CPU", version: "0.1.0" };

function folder(t: { teardown: (end: () => void) => void }): string {
  const made = mkdtempSync(join(tmpdir(), "tagswitch-calibration-"));
  t.teardown(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test("what was measured is kept, for one adapter, driver, processor and version", (t) => {
  const directory = join(folder(t), "not", "there", "yet");
  t.is(readCalibration(key, directory), undefined);
  writeCalibration(key, REAL, directory);
  t.deepEqual(readCalibration(key, directory), REAL);
  for (const name of Object.keys(key)) t.is(readCalibration({ ...key, [name]: "other" }, directory), undefined);
  writeCalibration(key, SLOW, directory);
  t.deepEqual(readCalibration(key, directory), SLOW);
  // Written beside and put in place: nothing unfinished stays.
  t.is(readdirSync(directory).length, 1);
});

test("a damaged file counts as none, and is replaced", (t) => {
  const directory = folder(t);
  writeCalibration(key, REAL, directory);
  const file = join(directory, readdirSync(directory)[0]!);
  const whole = readFileSync(file, "utf8");
  const kept = JSON.parse(whole) as { key: object; profile: SpeedProfile };
  const damaged = [
    "",
    whole.slice(0, 40),
    "null",
    "[]",
    JSON.stringify({ key }),
    JSON.stringify({ ...kept, key: { ...key, driver: "another with the same name" } }),
    JSON.stringify({ ...kept, profile: { ...REAL, gpu: { ...REAL.gpu, upload: 0 } } }),
    JSON.stringify({ ...kept, profile: { ...REAL, gpu: { ...REAL.gpu, upload: "fast" } } }),
    JSON.stringify({ ...kept, profile: { gpu: REAL.gpu } }),
  ];
  for (const text of damaged) {
    writeFileSync(file, text);
    t.is(readCalibration(key, directory), undefined, text);
  }
  writeCalibration(key, REAL, directory);
  t.deepEqual(readCalibration(key, directory), REAL);
});

test("where nothing can be written, nothing is thrown", (t) => {
  const directory = folder(t);
  const file = join(directory, "file");
  writeFileSync(file, "");
  t.notThrows(() => writeCalibration(key, REAL, join(file, "below")));
  writeCalibration(key, REAL, directory);
  const kept = readdirSync(directory).find((name) => name.startsWith("gpu-"));
  rmSync(join(directory, kept!));
  mkdirSync(join(directory, kept!));
  t.notThrows(() => writeCalibration(key, REAL, directory));
  t.deepEqual(readdirSync(directory).toSorted(), ["file", kept!].toSorted());
});

test("the folder is the user's cache", (t) => {
  const given = resolve("/var/caches");
  t.is(cacheDirectory({ XDG_CACHE_HOME: given }, "linux"), join(given, "tagswitch"));
  t.is(cacheDirectory({ LOCALAPPDATA: given }, "win32"), join(given, "tagswitch"));
  t.regex(cacheDirectory({ XDG_CACHE_HOME: "relative" }, "linux"), /\.cache[\\/]tagswitch$/);
  t.regex(cacheDirectory({}, "darwin"), /Caches[\\/]tagswitch$/);
});
