import { addon } from "../addon.ts";
import { registerConverter } from "../index.ts";
import { callGpu, callGpuAsync } from "./backends/addon-call.ts";
import { GpuError } from "./errors.ts";
import { checkSamples, Image, SAMPLE_ARRAYS, type Shape } from "./image.ts";
import { display, OptionReader } from "./options.ts";

/** The addon's handle of an image on the GPU. */
type Handle = ReturnType<typeof addon.gpuUpload>;

/** The sample types that the GPU has. */
export type GpuDType = "uint8" | "uint16" | "int32" | "float32";

/** Images that were made since {@link collecting} began; `undefined` outside of it. */
let made: GpuImage[] | undefined;

let privateHandle: (image: GpuImage) => Handle;

/**
 * An image in GPU memory: interleaved, row-major samples that never change.
 *
 * Operations on it return at once with another `GpuImage`: the work is recorded, and done together when one is brought
 * back. `dispose()`, or `using`, frees its memory. The garbage collector, which is told how large they are, frees
 * unreachable ones too, but only when the event loop turns: long synchronous loops must dispose of theirs.
 */
export class GpuImage {
  static {
    // The identifier by which backends name this type.
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "tagswitch/image:GpuImage" });
    privateHandle = (image) => {
      if (#handle in image) return image.#handle;
      throw new GpuError("ERR_GPU_ARGUMENT", "gpu", "gpu: an object that GpuImage's constructor did not make");
    };
  }

  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly alpha: boolean;
  readonly dtype: GpuDType;
  readonly #handle: Handle;

  /** For this library's own files: users have {@link GpuImage.from}. */
  constructor(handle: Handle, alpha?: boolean) {
    if (!(handle instanceof addon.GpuImageHandle)) {
      const message = `GpuImage: the constructor was given ${display(handle)}; GpuImage.from(image) makes one of an Image`;
      throw new GpuError("ERR_GPU_ARGUMENT", "gpu", message);
    }
    const { width, height, channels, dtype } = callGpu("gpu", () => addon.gpuHeader(handle));
    this.#handle = handle;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.alpha = alpha ?? (channels === 2 || channels === 4);
    this.dtype = dtype;
    made?.push(this);
  }

  /**
   * Copies an image to the GPU; the image may be changed afterwards. The first call makes the process's device.
   *
   * The environment can choose: `TAGSWITCH_WGPU_ADAPTER` holds a part of an adapter's name, or `none` to forbid the GPU, and
   * `WGPU_BACKEND` one of `vulkan`, `metal` and `dx12`. Both are read once.
   *
   * @param image any dtype but `float64`.
   * @param options `software: false` refuses adapters that compute on the CPU.
   * @throws GpuError `ERR_GPU_DTYPE` for `float64`; `ERR_GPU_NO_ADAPTER`, `ERR_GPU_SOFTWARE_ADAPTER`,
   * `ERR_GPU_SETTING`; `ERR_GPU_LIMIT`, `ERR_GPU_OUT_OF_MEMORY`; `ERR_GPU_ARGUMENT` for anything but an `Image`.
   * ImageError `ERR_IMAGE_BUFFER`, `ERR_IMAGE_OPTION`.
   */
  static from(image: Image, options?: { software?: boolean }): GpuImage {
    const software = new OptionReader("gpu.upload", options, ["software"], false).boolean("software", true);
    if (!(image instanceof Image)) {
      throw new GpuError("ERR_GPU_ARGUMENT", "gpu.upload", `gpu.upload: image is ${display(image)}; expected an Image`);
    }
    checkSamples(image);
    const { data, alpha } = image;
    if (data instanceof Float64Array) {
      const message = "gpu.upload: image is float64; the GPU has uint8, uint16, int32 and float32";
      throw new GpuError("ERR_GPU_DTYPE", "gpu.upload", message);
    }
    return holding(
      callGpu("gpu.upload", () => addon.gpuUpload(data, image, software)),
      alpha,
    );
  }

  /** `[height, width]`, or `[height, width, channels]` for more than one channel. */
  get shape(): Shape {
    return this.channels === 1 ? [this.height, this.width] : [this.height, this.width, this.channels];
  }

  /** Bytes of its samples. */
  get byteLength(): number {
    return this.height * this.width * this.channels * SAMPLE_ARRAYS[this.dtype].BYTES_PER_ELEMENT;
  }

  /**
   * Runs what was recorded and brings the samples back, without blocking the event loop.
   *
   * @throws GpuError `ERR_GPU_DISPOSED`, `ERR_GPU_DEVICE_LOST`, `ERR_GPU_OUT_OF_MEMORY`, `ERR_GPU_VALIDATION`.
   */
  async toImage(): Promise<Image> {
    const data = await callGpuAsync("gpu.download", () => addon.gpuDownloadAsync(privateHandle(this)));
    return new Image(data, this);
  }

  /** As {@link toImage}, but waits. */
  toImageSync(): Image {
    const handle = privateHandle(this);
    const data = new SAMPLE_ARRAYS[this.dtype](this.height * this.width * this.channels);
    callGpu("gpu.download", () => addon.gpuDownload(handle, data));
    return new Image(data, this);
  }

  /** Frees the memory; later uses fail with `ERR_GPU_DISPOSED`. What others are made of it still is. */
  dispose(): void {
    addon.gpuDispose(privateHandle(this));
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Outside of the class: one that names itself is renamed when modules are put together, and users see its name. */
function holding(handle: Handle, alpha: boolean): GpuImage {
  return new GpuImage(handle, alpha);
}

/** The handle of an image, for this library's own files. */
export function handleOf(image: GpuImage): Handle {
  return privateHandle(image);
}

/**
 * The same image with a life of its own, for this library's own files, who dispose of it; `null` for one that was disposed
 * of. Outside of what is collected.
 */
export function shareOf(image: GpuImage): GpuImage | null {
  const handle = addon.gpuShare(privateHandle(image));
  if (handle === null) return null;
  const outer = made;
  made = undefined;
  try {
    return new GpuImage(handle, image.alpha);
  } finally {
    made = outer;
  }
}

/** Runs `body` and tells which images were made meanwhile; when it throws, they are disposed of. */
export function collecting<T>(body: () => T): { readonly result: T; readonly images: ReadonlySet<GpuImage> } {
  const [images, outer]: [GpuImage[], typeof made] = [[], made];
  made = images;
  try {
    return { result: body(), images: new Set(images) };
  } catch (error) {
    for (const image of images) image.dispose();
    throw error;
  } finally {
    made = outer;
    outer?.push(...images);
  }
}

registerConverter({
  from: "tagswitch/image:Image",
  to: "tagswitch/image:GpuImage",
  convert: (image: Image) => GpuImage.from(image),
  bytes: (image: Image) => image.data.byteLength,
  // What was recorded from it holds its memory until it ran.
  dispose: (image: GpuImage) => image.dispose(),
});

registerConverter({
  from: "tagswitch/image:GpuImage",
  to: "tagswitch/image:Image",
  convert: (image: GpuImage) => image.toImageSync(),
  convertAsync: async (image: GpuImage) => image.toImage(),
  bytes: (image: GpuImage) => image.byteLength,
});
