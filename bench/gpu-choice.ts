// How often the choice between GPU and CPU is right here: `npx tsx bench/gpu-choice.ts`, 60 calls on images in main memory,
// both ways, beside what was predicted. Ends with code 1 below 54.
import { probes } from "../src/image/backends/gpu-probes.ts";
import { calibrate } from "../src/image/gpu-calibration.ts";
import { predict } from "../src/image/gpu-cost.ts";
import type { WorkOptions } from "../src/image/gpu-work/index.ts";
import { color, filters, gpu, Image, measure, util } from "../src/image/index.ts";
import { seeded } from "../src/image/suite/generated/images.ts";

interface Call {
  readonly operation: string;
  readonly note: string;
  readonly images: readonly [Image, ...Image[]];
  readonly options?: WorkOptions;
  readonly run: (backend: string) => unknown;
}

const SIDES = [32, 128, 384, 1024];
const NEEDED = 0.9;

/** The best of a few runs after one that compiles, in seconds. */
function seconds(run: () => unknown): number {
  run();
  let [best, all] = [Infinity, 0];
  for (let i = 0; i < 50 && all < 0.1; i++) {
    const start = performance.now();
    run();
    const took = (performance.now() - start) / 1000;
    [best, all] = [Math.min(best, took), all + took];
  }
  return best;
}

function callsOf(side: number): Call[] {
  const random = seeded(side);
  const size = { width: side, height: side };
  const bytes = new Image(
    Uint8Array.from({ length: side * side }, () => 256 * random()),
    size,
  );
  const words = new Image(
    Uint16Array.from(bytes.data, (value) => value * 257),
    size,
  );
  const floats = new Image(
    Float32Array.from(bytes.data, (value) => value / 255),
    size,
  );
  const mask = new Image(
    bytes.data.map((value) => Number(value > 128)),
    size,
  );
  const labels = new Image(
    Int32Array.from(bytes.data, (value) => value % 9),
    size,
  );
  const photo = new Image(
    Uint8Array.from({ length: 3 * side * side }, () => 256 * random()),
    { ...size, channels: 3 },
  );
  const blur = (image: Image, sigma: number): Call => ({
    operation: "filters.gaussian",
    note: `${image.dtype} × ${image.channels}, sigma ${sigma}`,
    images: [image],
    options: { radius: [4 * sigma, 4 * sigma] },
    run: (backend) => filters.gaussian(image, { sigma, backend, ...(image.channels > 1 && { channelAxis: 2 }) }),
  });
  const plain = (operation: string, image: Image, run: Call["run"]): Call => ({
    operation,
    note: image.dtype,
    images: [image],
    run,
  });
  return [
    blur(bytes, 1),
    blur(floats, 2),
    blur(floats, 6),
    blur(photo, 1),
    plain("color.rgb2gray", photo, (backend) => color.rgb2gray(photo, { backend })),
    plain("filters.sobel", bytes, (backend) => filters.sobel(bytes, { backend })),
    plain("filters.sobel", floats, (backend) => filters.sobel(floats, { backend })),
    plain("filters.thresholdOtsu", bytes, (backend) => filters.thresholdOtsu(bytes, { backend })),
    plain("filters.thresholdOtsu", words, (backend) => filters.thresholdOtsu(words, { backend })),
    plain("filters.thresholdOtsu", floats, (backend) => filters.thresholdOtsu(floats, { backend })),
    plain("util.greater", bytes, (backend) => util.greater(bytes, 128, { backend })),
    plain("util.greater", floats, (backend) => util.greater(floats, 0.5, { backend })),
    plain("measure.label", mask, (backend) => measure.label(mask, { backend })),
    plain("color.label2rgb", labels, (backend) => color.label2rgb(labels, null, { backend })),
    {
      operation: "color.label2rgb",
      note: "over uint8 × 3",
      images: [labels, photo],
      run: (backend) => color.label2rgb(labels, photo, { backend }),
    },
  ];
}

const started = performance.now();
const profile = calibrate(probes(true));
const calibration = performance.now() - started;
const milliseconds = (value: number): number => Number((1000 * value).toPrecision(3));
const rows = SIDES.flatMap(callsOf).map(({ operation, note, images, options, run }) => {
  const guess = predict(profile, operation, images, options)!;
  const real = { gpu: seconds(() => run("wgpu")), native: seconds(() => run("native")) };
  return {
    call: `${operation} ${note}`,
    side: images[0].width,
    "gpu, guessed": milliseconds(guess.gpu),
    "gpu, ms": milliseconds(real.gpu),
    "native, guessed": milliseconds(guess.native),
    "native, ms": milliseconds(real.native),
    right: guess.gpu < guess.native === real.gpu < real.native,
  };
});
const right = rows.filter((row) => row.right).length;
const { name, driver } = gpu.adapter();
const won = rows.filter((row) => row["gpu, ms"] < row["native, ms"]).length;
console.log(`${name}, ${driver}; measured in ${calibration.toFixed(0)} ms:`, profile);
console.table(rows);
console.log(`right: ${right} of ${rows.length}; faster on the GPU: ${won}`);
if (right < NEEDED * rows.length) process.exitCode = 1;
