// How far the GPU floods without a heap, and what becomes of calls for which that is not far enough.
import test from "ava";
import { trace } from "../../src/index.ts";
import { backend, gpu, GpuImage, Image, segmentation } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const size = { width: 41, height: 23 };
/** No two alike, with valleys in between. */
const heights = new Image(
  Float32Array.from({ length: 41 * 23 }, (_, i) => Math.sin(i / 7) + Math.cos(i / 97)),
  size,
);
const markers = new Image(
  Uint16Array.from({ length: 41 * 23 }, (_, i) => (i % 131 === 60 ? i : 0)),
  size,
);
const mask = new Image(
  Int32Array.from({ length: 41 * 23 }, (_, i) => (i % 41 < 3 ? 0 : -5)),
  size,
);

if (gpuAvailable()) {
  test("images on the GPU give one there, under a mask that lies there or not", async (t) => {
    const [there, from, within] = [heights, markers, mask].map((image) => GpuImage.from(image));
    for (const options of [{}, { connectivity: 2 }] as const) {
      const expected = segmentation.watershed(heights, markers, { ...options, mask });
      for (const one of [mask, within as unknown as Image]) {
        const found = segmentation.watershed(there!, from as unknown as Image, { ...options, mask: one });
        t.deepEqual((await found.toImage()).data, expected.data);
      }
    }
    const byNumber = segmentation.watershed(heights, 9, { mask });
    const found = segmentation.watershed(there!, 9, { mask });
    t.deepEqual((await found.toImage()).data, byNumber.data);
    const error = t.throws(() => segmentation.watershed(there!, 9, { mask: within as unknown as Image }));
    t.regex(error.message, /wgpu: markers by number: a mask on the GPU is not counted/);
  });

  test.serial("what only a heap tells goes to the next backend, and the trace says why", async (t) => {
    gpu.setChoice("always");
    t.teardown(() => gpu.setChoice("measured"));
    const flat = new Image(new Uint8Array(41 * 23), size);
    const { calls, result } = trace(() => backend("wgpu", () => segmentation.watershed(flat, markers)));
    t.is(calls[0]!.backend, "native");
    const { reason } = calls[0]!.considered.find((one) => one.backend === "wgpu")!;
    t.regex(reason!, /ways of the same heights lead to a pixel from several markers/);
    t.deepEqual(result.data, segmentation.watershed(flat, markers, { backend: "default" }).data);
    const later = await backend("wgpu", () => segmentation.watershed.async(flat, markers));
    t.deepEqual(later.data, result.data);
    const wide = new Image(
      Float64Array.from(mask.data, (sample) => -sample),
      size,
    );
    const alone = trace(() => backend("wgpu", () => segmentation.watershed(heights, markers, { mask: wide })));
    t.is(alone.calls[0]!.backend, "wgpu");
  });
}
