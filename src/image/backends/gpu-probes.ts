// The measurements behind the choice between GPU and CPU: straight on the addon, so that no trace has them.
import { addon } from "../../addon.ts";
import { BLUR_RADIUS, type Probes } from "../gpu-calibration.ts";
import { callGpu } from "./addon-call.ts";

type Handle = ReturnType<typeof addon.gpuUpload>;

/** Runs of one measurement, after one that compiles kernels and allocates. */
const RUNS = 3;
/** Seconds after which the runs so far must do. */
const ENOUGH = 0.02;

const BLUR = {
  sigma: [BLUR_RADIUS / 4, BLUR_RADIUS / 4],
  radius: [BLUR_RADIUS, BLUR_RADIUS],
  mode: "nearest",
  cval: 0,
  preserveRange: true,
} as const;

/**
 * Probes of the process's device, which they make.
 *
 * @param software whether an adapter that computes on the CPU will do.
 */
export function probes(software: boolean): Probes {
  const upload = (data: Uint8Array | Float32Array, side: number): Handle =>
    addon.gpuUpload(data, { width: side, height: side, channels: 1 }, software);
  /** Runs a row of kernels, each on what the last one made, brings the end back and frees all. */
  const row = (start: Handle, length: number, step: (from: Handle) => Handle, out: Uint8Array | Float32Array): void => {
    const made: Handle[] = [];
    try {
      for (let i = 0; i < length; i++) made.push(step(made.at(-1) ?? start));
      addon.gpuDownload(made.at(-1) ?? start, out);
    } finally {
      for (const handle of made) addon.gpuDispose(handle);
    }
  };
  const greater = (from: Handle): Handle => addon.gpuGreater(from, 0);
  const blurred = (from: Handle): Handle => addon.gpuGaussian(from, BLUR);
  /** With an image that is there already. */
  const resident = (data: Uint8Array | Float32Array, side: number, run: (image: Handle) => void): number => {
    const image = upload(data, side);
    try {
      return best(() => run(image));
    } finally {
      addon.gpuDispose(image);
    }
  };
  const fromUpload = (side: number, kernels: number): number => {
    const data = new Uint8Array(side * side).fill(1);
    // A kernel is to be measured, as often as there are steps.
    const fusion = addon.gpuSetFusion(false);
    try {
      return best(() => {
        const image = upload(data, side);
        try {
          row(image, kernels, greater, new Uint8Array(side * side));
        } finally {
          addon.gpuDispose(image);
        }
      });
    } finally {
      addon.gpuSetFusion(fusion);
    }
  };
  const measured = (run: () => number): number => callGpu("gpu.calibrate", run);
  return {
    compare: (side, kernels) => measured(() => fromUpload(side, kernels)),
    thereAndBack: (side) => measured(() => fromUpload(side, 0)),
    back: (side) =>
      measured(() =>
        resident(new Uint8Array(side * side).fill(1), side, (image) =>
          row(image, 0, greater, new Uint8Array(side * side)),
        ),
      ),
    blur: (side, times) =>
      measured(() =>
        resident(new Float32Array(side * side).fill(1), side, (image) =>
          row(image, times, blurred, new Float32Array(side * side)),
        ),
      ),
    nativeCompare: (side) => {
      const data = new Uint8Array(side * side).fill(1);
      return best(() => addon.cpuGreater(data, side, side, 1, 0, new Uint8Array(side * side)));
    },
    nativeBlur: (side) => {
      const data = new Float32Array(side * side).fill(1);
      return best(() => addon.cpuGaussian(data, side, side, 1, BLUR, new Float32Array(side * side)));
    },
  };
}

/** The shortest of some runs, in seconds. */
function best(run: () => void): number {
  run();
  let [shortest, all] = [Infinity, 0];
  for (let i = 0; i < RUNS && all < ENOUGH; i++) {
    const start = performance.now();
    run();
    const seconds = (performance.now() - start) / 1000;
    [shortest, all] = [Math.min(shortest, seconds), all + seconds];
  }
  return shortest;
}
