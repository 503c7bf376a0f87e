import type { GpuChain, GpuSubject } from "../../bench/index.ts";
import type * as Library from "../../image/index.ts";
import { type Making, surface, workloadsOf } from "./gpu-workloads.ts";

/** Width and height of what is copied and transferred, of 32-bit floats: 67 MB, more than most caches hold. */
const LARGE = 4096;

const COPY = `
struct Params { width: u32, height: u32 }
@group(0) @binding(0) var<storage, read> params: Params;
@group(0) @binding(1) var<storage, read> source: array<f32>;
@group(0) @binding(2) var<storage, read_write> copy: array<f32>;
@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < params.width) {
    let i = id.y * params.width + id.x;
    copy[i] = source[i];
  }
}`;

/**
 * All GPU operations of the image library on images of these sides, with what belongs to measuring them.
 *
 * @throws GpuError without an adapter that works.
 */
export function gpuSubject(library: typeof Library, sides: readonly number[]): GpuSubject {
  const { gpu, gpuKernel, GpuImage, Image } = library;
  const { name, driver, deviceType, backend } = gpu.adapter();
  const floats = new Image(new Float32Array(LARGE * LARGE).fill(0.5), { width: LARGE, height: LARGE });
  const pixel = GpuImage.from(new Image(new Uint8Array(1), { width: 1, height: 1 }));
  const large = GpuImage.from(floats);
  const copyKernel = gpuKernel({ name: "bench.copy", wgsl: COPY, inputs: ["float32"], output: "float32" });
  // What nobody holds any more is not computed: results live until their kernels are timed.
  const made: Library.GpuImage[] = [];
  const making: Making = (run) => () => {
    const result = run();
    const parts = Array.isArray(result) ? result : [result, ...Object.values(Object(result) as object)];
    made.push(...parts.filter((part) => part instanceof GpuImage));
  };
  return {
    adapter: { name, driver, deviceType, backend },
    kernelTimes(body) {
      try {
        return gpu.kernelTimes(body);
      } finally {
        for (const image of made.splice(0)) image.dispose();
      }
    },
    workloads: sides.flatMap((side) => workloadsOf(library, side, making)),
    chain: chainOf(library, Math.max(...sides), making),
    copy: making(() => copyKernel(large)),
    transfers: {
      bytes: floats.data.byteLength,
      upload: () => {
        using there = GpuImage.from(floats);
        // Uploads go ahead of whatever is waited for next, while their image is in use.
        pixel.toImageSync();
        void there;
      },
      readBack: () => void large.toImageSync(),
    },
  };
}

/** A mask of a colour photograph's dark parts. */
function chainOf({ color, gpu, GpuImage, Image, util }: typeof Library, side: number, making: Making): GpuChain {
  const height = surface(side);
  const data = Uint8Array.from({ length: 3 * side * side }, (_, i) => 255 * height[Math.floor(i / 3)]!);
  const rgb = GpuImage.from(new Image(data, { width: side, height: side, channels: 3 }));
  const mask = making(() => {
    using gray = color.rgb2gray(rgb);
    using inverted = util.invert(gray);
    return util.greater(inverted, 0.5);
  });
  const switched = (on: boolean) => (): void => {
    gpu.setFusion(on);
    mask();
    gpu.setFusion(true);
  };
  return {
    chain: "color.rgb2gray+util.invert+util.greater",
    operations: 3,
    input: "3 × uint8",
    side,
    fused: switched(true),
    unfused: switched(false),
  };
}
