import type { GpuChain, GpuSubject, GpuWorkload } from "../../bench/index.ts";
import type * as Library from "../../image/index.ts";

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
  const making = (run: () => Library.GpuImage) => (): void => void made.push(run());
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

/** Of what makes an image: something to run, whose image is disposed of later. */
type Making = (run: () => Library.GpuImage) => () => void;

function workloadsOf(
  { color, filters, GpuImage, Image, measure, util }: typeof Library,
  side: number,
  making: Making,
): GpuWorkload[] {
  const size = { width: side, height: side };
  const there = (data: Uint8Array | Uint16Array | Float32Array, channels = 1): Library.GpuImage =>
    GpuImage.from(new Image(data, { ...size, channels }));
  const height = surface(side);
  const floats = there(height);
  const bytes = there(Uint8Array.from(height, (value) => 255 * value));
  const words = there(Uint16Array.from(height, (value) => 65_535 * value));
  const interleaved = (channels: number): Library.GpuImage =>
    there(
      Uint8Array.from({ length: channels * side * side }, (_, i) => 255 * height[Math.floor(i / channels)]!),
      channels,
    );
  const [rgb, rgba] = [interleaved(3), interleaved(4)];
  const mask = there(Uint8Array.from(height, (value) => (value > 0.5 ? 1 : 0)));
  const labels = measure.label(mask);
  const { hsv2rgb, lab2rgb, rgb2hsv, rgb2lab, rgb2xyz, xyz2rgb } = color;
  const conversions: Readonly<Record<string, (image: Library.GpuImage) => Library.GpuImage>> = {
    hsv2rgb,
    lab2rgb,
    rgb2hsv,
    rgb2lab,
    rgb2xyz,
    xyz2rgb,
  };
  const workload = (operation: string, input: string, run: () => void): GpuWorkload => ({
    operation,
    input,
    side,
    run,
  });
  return [
    workload(
      "color.rgb2gray",
      "3 × uint8",
      making(() => color.rgb2gray(rgb)),
    ),
    workload(
      "color.gray2rgb",
      "uint8",
      making(() => color.gray2rgb(bytes)),
    ),
    ...Object.entries(conversions).map(([name, convert]) =>
      workload(
        `color.${name}`,
        "3 × uint8",
        making(() => convert(rgb)),
      ),
    ),
    workload(
      "color.rgba2rgb",
      "4 × uint8",
      making(() => color.rgba2rgb(rgba)),
    ),
    workload(
      "util.imgAsFloat",
      "uint8",
      making(() => util.imgAsFloat(bytes)),
    ),
    workload(
      "filters.gaussian",
      "float32, sigma 1",
      making(() => filters.gaussian(floats, { sigma: 1 })),
    ),
    workload(
      "filters.sobel",
      "float32",
      making(() => filters.sobel(floats)),
    ),
    workload("filters.thresholdMean", "uint8", () => void filters.thresholdMean(bytes)),
    workload("filters.thresholdOtsu", "uint8", () => void filters.thresholdOtsu(bytes)),
    workload("filters.thresholdOtsu", "uint16", () => void filters.thresholdOtsu(words)),
    workload("filters.thresholdOtsu", "float32", () => void filters.thresholdOtsu(floats)),
    workload(
      "util.greater",
      "float32",
      making(() => util.greater(floats, 0.5)),
    ),
    workload(
      "util.invert",
      "float32",
      making(() => util.invert(floats)),
    ),
    workload(
      "measure.label",
      "uint8",
      making(() => measure.label(mask)),
    ),
    workload(
      "color.label2rgb",
      "int32 from label, 3 × uint8",
      making(() => color.label2rgb(labels, rgb)),
    ),
    workload(
      "color.label2rgb",
      "uint8",
      making(() => color.label2rgb(bytes)),
    ),
  ];
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

/** Hills and valleys from 0 to 1, some tens of pixels wide, the same on every machine. */
function surface(side: number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    return 0.5 + 0.25 * (Math.sin(x / 9) + Math.sin(y / 7 + x / 31));
  });
}
