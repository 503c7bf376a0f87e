// However many threads share the rows of an image, results are the same to the last bit.
import { spawnSync } from "node:child_process";
import test from "ava";
import {
  backend,
  color,
  cpu,
  exposure,
  feature,
  filters,
  type Image,
  morphology,
  transform,
} from "../../src/image/index.ts";
import { positive, samples, seeded } from "../../src/image/suite/generated/images.ts";
import { TYPESCRIPT } from "../typescript.ts";

/** Large enough for every kernel below to be cut into bands, and not a multiple of their number. */
const SIZE = [1013, 771] as const;
const gray = samples(seeded(1), "uint8", SIZE, 1);
const rgb = samples(seeded(2), "uint8", SIZE, 3);
const floats = samples(seeded(3), "float32", SIZE, 1);

const calls: Record<string, () => Image | Image[]> = {
  "color.rgb2gray": () => color.rgb2gray(rgb),
  "color.rgb2lab": () => color.rgb2lab(rgb),
  "exposure.adjustGamma": () => exposure.adjustGamma(positive(seeded(4), "float32", SIZE, 1), { gamma: 0.7 }),
  "feature.cornerHarris": () => feature.cornerHarris(gray),
  "feature.structureTensor": () => feature.structureTensor(floats, { sigma: 2.5 }),
  "feature.hessianMatrix": () => feature.hessianMatrix(gray),
  "feature.hessianMatrix by derivatives": () => feature.hessianMatrix(floats, { useGaussianDerivatives: true }),
  "filters.gaussian": () => filters.gaussian(rgb, { sigma: [1.5, 0.5], channelAxis: -1 }),
  "filters.gaussian, wider than the image": () => filters.gaussian(gray, { sigma: [300, 1] }),
  "filters.differenceOfGaussians": () => filters.differenceOfGaussians(gray, 1),
  "filters.unsharpMask": () => filters.unsharpMask(floats),
  "filters.sobel": () => filters.sobel(gray),
  "filters.farid": () => filters.farid(floats, { axis: 0 }),
  "filters.laplace": () => filters.laplace(gray),
  "filters.median": () => filters.median(gray),
  "filters.median of a disk": () => filters.median(gray, { footprint: morphology.disk(3) }),
  "filters.median of floats": () => filters.median(floats, { footprint: morphology.diamond(1) }),
  "morphology.dilation": () => morphology.dilation(gray),
  "morphology.erosion by a rectangle": () =>
    morphology.erosion(gray, { footprint: morphology.footprintRectangle([4, 7]) }),
  "morphology.opening by a disk": () => morphology.opening(floats, { footprint: morphology.disk(4) }),
  "transform.resize": () => transform.resize(rgb, [700, 500]),
  "transform.resize, spline": () => transform.resize(rgb, [700, 500], { order: 2 }),
  "transform.pyramidReduce": () => transform.pyramidReduce(floats),
  "transform.rotate": () => transform.rotate(gray, 30, { cval: 2 }),
  "transform.rotate, cubic": () => transform.rotate(floats, -7, { order: 3 }),
  "transform.rotate, spline": () => transform.rotate(floats, -7, { order: 5 }),
  "transform.rotate, nearest": () => transform.rotate(gray, 5, { order: 0 }),
};

for (const [name, call] of Object.entries(calls)) {
  test.serial(`${name} is the same on 1, 2 and 5 threads`, (t) => {
    const on = (count: number) => {
      cpu.setThreads(count);
      return Buffer.concat([backend("native", call)].flat().map(({ data }) => Buffer.from(data.buffer)));
    };
    const alone = on(1);
    for (const count of [2, 5]) t.is(Buffer.compare(on(count), alone), 0, `${count} threads`);
  });
}

test.serial("the number of threads is what was set", (t) => {
  cpu.setThreads(3);
  t.is(cpu.threads(), 3);
  for (const wrong of [0, -1, 1.5, 257, Number.NaN, "2", undefined]) {
    const error = t.throws(() => cpu.setThreads(wrong as number), { code: "ERR_IMAGE_OPTION" });
    t.regex(error.message, /^cpu\.setThreads: count is .+; expected a whole number from 1 to 256$/);
  }
  t.is(cpu.threads(), 3);
});

test("the environment says how many, and nonsense in it is a warning", (t) => {
  const script = `
    import { cpu } from "./src/image/index.ts";
    process.on("warning", ({ name, code, message }) => name === "TagswitchWarning" && console.log(code, message));
    const before = cpu.threads();
    cpu.setThreads(2);
    console.log(before, cpu.threads());`;
  const run = (setting: string) => {
    const env = { ...process.env, TAGSWITCH_CPU_THREADS: setting };
    const options = { encoding: "utf8", env } as const;
    return spawnSync(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", script], options).stdout;
  };
  t.is(run("7"), "7 2\n");
  for (const nonsense of ["many", "0", "1.5", "1000"]) {
    const [counts, warning] = run(nonsense).split("\n");
    t.regex(counts ?? "", /^\d+ 2$/);
    const given = `environment variable TAGSWITCH_CPU_THREADS is ignored: it is "${nonsense}"`;
    t.is(warning, `TAGSWITCH_ENVIRONMENT ${given}; expected a whole number from 1 to 256`);
  }
});
