// Times of kernels on the GPU: what is timed, and that nothing is outside.
import test from "ava";
import { filters, gpu, GpuError, GpuImage, Image, util } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

if (gpuAvailable()) {
  const image = new Image(new Float32Array(64 * 48).fill(0.5), { width: 64, height: 48 });

  test.serial("each kernel that the body records, in order", (t) => {
    using there = GpuImage.from(image);
    using early = filters.sobel(there);
    let mask: GpuImage | undefined;
    const times = gpu.kernelTimes(() => {
      mask = util.greater(filters.gaussian(there, { sigma: 1 }), 0.25);
    });
    t.deepEqual(
      times.map(({ kernel, bytes }) => [kernel, bytes]),
      [
        ["filters.gaussian/down", 8 * 64 * 48],
        ["filters.gaussian/across", 8 * 64 * 48],
        ["util.greater", 5 * 64 * 48],
      ],
    );
    t.true(times.every(({ nanoseconds }) => nanoseconds >= 0 && nanoseconds < 10e9));
    t.true(mask!.toImageSync().data.every((value) => value === 1));
    t.true(early.toImageSync().data.every((value) => value === 0));
    t.deepEqual(
      gpu.kernelTimes(() => {}),
      [],
    );
  });

  test.serial("what is no function is refused, and the next one is timed", (t) => {
    const refused = { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT", message: /^gpu\.kernelTimes: body is / };
    for (const body of [undefined, {}, "filters.sobel"] as never[]) t.throws(() => gpu.kernelTimes(body), refused);
    t.is(gpu.kernelTimes(() => {}).length, 0);
  });

  test.serial("within itself it is refused, and what the body throws comes through and ends it", (t) => {
    using there = GpuImage.from(image);
    const error = t.throws(() => gpu.kernelTimes(() => void gpu.kernelTimes(() => {})), { instanceOf: GpuError });
    t.is(error?.code, "ERR_GPU_ARGUMENT");
    t.is(error?.message, "gpu.kernelTimes: kernels are being timed already");
    t.throws(
      () =>
        gpu.kernelTimes(() => {
          filters.sobel(there);
          throw new RangeError("mine");
        }),
      { instanceOf: RangeError, message: "mine" },
    );
    t.is(gpu.kernelTimes(() => filters.sobel(there).dispose()).length, 1);
  });
}
