import test from "ava";
import { Image, morphology } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const line = (...samples: number[]): Image =>
  new Image(Float32Array.from(samples), { width: samples.length, height: 1 });

for (const backend of ["default", "native", ...(gpuAvailable() ? ["wgpu"] : [])]) {
  test(`${backend}: NaN is passed over, unless there is nothing else`, (t) => {
    const image = line(Number.NaN, Number.NaN, Number.NaN, 5, Number.NaN, -2, Infinity);
    t.deepEqual([...morphology.erosion(image, { backend }).data], [Number.NaN, Number.NaN, 5, 5, -2, -2, -2]);
    t.deepEqual(
      [...morphology.dilation(image, { backend }).data],
      [Number.NaN, Number.NaN, 5, 5, 5, Infinity, Infinity],
    );
    // What is not a number stays none; the tophats of it are none either.
    t.deepEqual([...morphology.whiteTophat(line(Number.NaN, 1, 3, 1), { backend }).data], [Number.NaN, 0, 2, 0]);
  });
}
