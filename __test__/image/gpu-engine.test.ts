// What users may ask of the engine, and set.
import test from "ava";
import { filters, gpu, GpuError, GpuImage, Image } from "../../src/image/index.ts";
import { gpuAvailable } from "./gpu-available.ts";

const image = new Image(new Float32Array(12), { width: 4, height: 3 });

test("a pool limit that is no number of bytes", (t) => {
  for (const bytes of [-1, 0.5, Number.NaN, Infinity, "1" as unknown as number]) {
    t.throws(() => gpu.setPoolLimit(bytes), { instanceOf: GpuError, code: "ERR_GPU_ARGUMENT" }, String(bytes));
  }
});

if (gpuAvailable()) {
  test.serial("there are no figures before the first use, and asking for the adapter is none", (t) => {
    const adapter = gpu.adapter();
    t.true(adapter.name !== "" && adapter.largestImage > 1 << 20);
    t.is(gpu.stats(), undefined);
  });

  test.serial("a chain is handed over once, when its end is brought back", (t) => {
    const start = GpuImage.from(image);
    const { submissions, dispatches } = gpu.stats()!;
    const end = filters.sobel(filters.gaussian(filters.gaussian(start)));
    t.is(gpu.stats()!.submissions, submissions);
    t.true(gpu.stats()!.dispatches >= dispatches + 3);
    end.toImageSync();
    t.is(gpu.stats()!.submissions, submissions + 1);
    t.is(gpu.stats()!.downloadedBytes, 48);
  });

  test.serial("what the pool keeps is used again, and can be given back", (t) => {
    gpu.setPoolLimit(2 ** 20);
    for (let i = 0; i < 3; i++) GpuImage.from(image).dispose();
    const { poolHits, poolLimit, pooledBytes } = gpu.stats()!;
    t.true(poolHits > 0 && pooledBytes > 0);
    t.is(poolLimit, 2 ** 20);
    const { poolEvictions } = gpu.stats()!;
    gpu.setPoolLimit(0);
    t.is(gpu.stats()!.pooledBytes, 0);
    t.true(gpu.stats()!.poolEvictions > poolEvictions);
  });
}
