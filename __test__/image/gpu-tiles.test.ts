// Images beyond what a kernel can bind, with a limit that makes small images large.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import test from "ava";
import { gpuAvailable } from "./gpu-available.ts";
import { TYPESCRIPT } from "../typescript.ts";

const run = promisify(execFile);
const entry = new URL("../../src/image/index.ts", import.meta.url).href;

/** What a program prints under a limit, with the library's exports at hand. */
async function printed(program: string, limit: string): Promise<string> {
  const source = `
    import { color, exposure, filters, gpu, GpuImage, gpuKernel, Image, measure, segmentation, transform, util, backend } from ${JSON.stringify(entry)};
    import { trace } from ${JSON.stringify(new URL("../../src/index.ts", import.meta.url).href)};
    const samples = Uint8Array.from({ length: 61 * 83 * 3 }, (_, i) => (i * i) % 251);
    const photo = new Image(samples, { width: 61, height: 83, channels: 3 });
    const attempt = (call) => { try { return call(); } catch (error) { return error.code + " " + error.message; } };
    ${program}`;
  const { stdout } = await run(process.execPath, [TYPESCRIPT, "--input-type=module", "-e", source], {
    env: { ...process.env, TAGSWITCH_GPU_BINDING_BYTES: limit },
  });
  return stdout.trim();
}

const CHAIN = `
  const gray = color.rgb2gray(GpuImage.from(photo));
  const blurred = filters.gaussian(gray, { sigma: 1, mode: "wrap" });
  const edges = filters.sobel(blurred);
  const threshold = filters.thresholdOtsu(edges);
  const mask = util.greater(edges, threshold);
  const labels = measure.label(mask);
  const small = transform.resize(blurred, [40, 31]);
  const turned = transform.rotate(mask, 40, { order: 0 });
  const overlay = color.label2rgb(mask, GpuImage.from(photo), { bgLabel: 0 });
  const sum = ({ data }) => Buffer.from(data.buffer).toString("base64");`;

if (gpuAvailable()) {
  test("a chain in tiles gives what it gives at once", async (t) => {
    const program = `${CHAIN}
      console.log(gpu.stats().dispatches);
      const { num } = measure.label(mask, { returnNum: true });
      const numbers = [num, measure.eulerNumber(mask), measure.perimeter(mask), measure.shannonEntropy(mask), threshold];
      const sums = measure.blockReduce(mask, { blockSize: [3, 2] });
      const [extremes, medians] = ["min", "median"].map((func) => measure.blockReduce(blurred, { blockSize: [3, 2], func }));
      const profile = measure.profileLine(blurred, [-2, 70], [90, 1.5], { linewidth: 3 });
      const images = [gray, blurred, edges, mask, labels, small, turned, overlay, extremes, medians, profile];
      console.log([...images.map((image) => image.toImageSync()), sums].map(sum).join(), numbers.join());`;
    const [atOnce, expected] = (await printed(program, "")).split("\n");
    for (const limit of ["4096", "6001"]) {
      const [inTiles, found] = (await printed(program, limit)).split("\n");
      t.true(Number(inTiles) > Number(atOnce), `${inTiles} dispatches`);
      t.is(found, expected);
    }
  });

  test("an image equalized by its own tiles, too", async (t) => {
    const program = `
      const data = Uint8Array.from({ length: 3 * 300 * 301 }, (_, i) => (i * i) % 251);
      const large = GpuImage.from(new Image(data, { width: 300, height: 301, channels: 3 }));
      const equalized = [large, color.rgb2gray(large)].map((image) => exposure.equalizeAdapthist(image).toImageSync());
      console.log(gpu.stats().dispatches);
      const { createHash } = await import("node:crypto");
      console.log(equalized.map(({ data }) => createHash("sha256").update(data).digest("hex")).join());`;
    const [atOnce, expected] = (await printed(program, "")).split("\n");
    const [inTiles, found] = (await printed(program, "140000")).split("\n");
    t.true(Number(inTiles) > Number(atOnce), `${inTiles} dispatches`);
    t.is(found, expected);
  });

  test("what is not cut is refused, and goes to the next backend", async (t) => {
    const program = `
      const gray = color.rgb2gray(photo);
      console.log(gpu.adapter().largestBinding, gpu.adapter().largestImage > 2 ** 20);
      console.log(attempt(() => segmentation.clearBorder(GpuImage.from(gray))));
      console.log(attempt(() => filters.gaussian(GpuImage.from(gray), { sigma: 5 })));
      const wgsl = \`
        @group(0) @binding(0) var<storage, read> source: array<f32>;
        @group(0) @binding(1) var<storage, read_write> result: array<f32>;
        @compute @workgroup_size(8, 8) fn main(@builtin(global_invocation_id) at: vec3<u32>) { result[at.x] = source[at.x]; }\`;
      const own = gpuKernel({ name: "mine.copy", wgsl, output: "float32" });
      console.log(attempt(() => own(GpuImage.from(gray))));
      const larger = { dtype: "float32", geometry: ({ width, height }) => ({ width: 4 * width, height }) };
      const wide = gpuKernel({ name: "mine.wide", wgsl, output: larger });
      const small = new Image(new Float32Array(512), { width: 32, height: 16 });
      console.log(attempt(() => wide(small, { backend: "wgpu" })));
      const { calls } = trace(() => backend("wgpu", () => segmentation.clearBorder(gray)));
      console.log(calls[0].backend, calls[0].considered.find((one) => one.backend === "wgpu").reason);
      const far = new Image(Int32Array.of(0, 1, 2, 999, 7, 8), { width: 2, height: 1, channels: 3 });
      const matched = (one) => exposure.matchHistograms(one, one, { channelAxis: 2 });
      console.log(attempt(() => matched(GpuImage.from(far))).split("\\n").join());
      gpu.setChoice("always");
      const there = trace(() => backend("wgpu", () => matched(far)));
      console.log(there.calls[0].backend, there.result.data.join());`;
    const [limits, cleared, gaussian, own, wide, next, tables, instead] = (await printed(program, "4096")).split("\n");
    t.is(limits, "4096 true");
    t.regex(
      cleared!,
      /^ERR_GPU_LIMIT segmentation.clearBorder: a mark for each region takes 20256 bytes, and a kernel sees 4096 at once/,
    );
    t.regex(gaussian!, /^ERR_GPU_LIMIT filters.gaussian: a row and the 20 before and after it takes \d+ bytes/);
    t.regex(own!, /^ERR_GPU_LIMIT mine.copy: an image takes 20252 bytes/);
    t.regex(wide!, /too large: 8192 bytes at once, and .* takes 4096/);
    t.regex(next!, /^native too large: 20252 bytes at once, and .* takes 4096$/);
    t.regex(tables!, /^ERR_DISPATCH_NO_IMPLEMENTATION .*: 3000 levels in tables: 12000 bytes at once/);
    t.is(instead, "native 0,1,2,999,7,8");
  });

  test("nonsense for a limit is a typed error", async (t) => {
    for (const nonsense of ["0", "-4096", "1e6", "many"]) {
      t.regex(
        await printed("console.log(attempt(() => GpuImage.from(photo)));", nonsense),
        /^ERR_GPU_SETTING .*TAGSWITCH_GPU_BINDING_BYTES is ".*"; expected a number of bytes, at least 1024/,
      );
    }
  });
}
