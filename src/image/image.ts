import { ImageError } from "./errors.ts";
import { display } from "./options.ts";

/** The typed arrays that hold samples. */
export type Samples = Uint8Array | Uint16Array | Int32Array | Float32Array | Float64Array;

/** The sample type of an image, by NumPy's name. */
export type DType = "uint8" | "uint16" | "int32" | "float32" | "float64";

/** The geometry of an image: rows, columns and interleaved channels. */
export interface ImageGeometry {
  /** Columns. */
  width: number;
  /** Rows. */
  height: number;
  /** Interleaved samples per pixel; 1 when omitted. */
  channels?: number;
  /** Whether the last channel is opacity; true for 2 and 4 channels when omitted. */
  alpha?: boolean;
}

/** Rows and columns of an image, and its channels if there are several. */
export type Shape =
  | readonly [rows: number, columns: number]
  | readonly [rows: number, columns: number, channels: number];

/** Typed-array constructors by dtype. */
export const SAMPLE_ARRAYS: {
  readonly uint8: Uint8ArrayConstructor;
  readonly uint16: Uint16ArrayConstructor;
  readonly int32: Int32ArrayConstructor;
  readonly float32: Float32ArrayConstructor;
  readonly float64: Float64ArrayConstructor;
} = { uint8: Uint8Array, uint16: Uint16Array, int32: Int32Array, float32: Float32Array, float64: Float64Array };

let knownMemory: (image: Image) => ArrayBufferLike | undefined;

/**
 * An image in main memory: interleaved, row-major samples over the caller's buffer (no copy).
 *
 * Masks and binary images are `Uint8Array` of 0 and 1; labels are `Int32Array` with background 0.
 */
export class Image<S extends Samples = Samples> {
  static {
    // The identifier by which backends name this type.
    Object.defineProperty(this, Symbol.for("tagswitch.type"), { value: "tagswitch/image:Image" });
  }

  static {
    knownMemory = (image) => (#memory in image && image.#samples === image.data ? image.#memory : undefined);
  }

  readonly data: S;
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly alpha: boolean;
  /** What `data` is unless somebody has put another array in its place, and the memory of it. */
  readonly #samples: S;
  readonly #memory: ArrayBufferLike;

  /**
   * @param data `height × width × channels` samples; the image is a view on their memory. That of a subclass, such as
   * Node's `Buffer`, is seen as the plain typed array: its own methods differ (the `slice` of a `Buffer` copies nothing).
   * @throws ImageError `ERR_IMAGE_DTYPE`, `ERR_IMAGE_SHAPE` or `ERR_IMAGE_BUFFER`.
   */
  constructor(data: S, geometry: ImageGeometry) {
    if (typeof geometry !== "object" || geometry === null) {
      throw new ImageError("ERR_IMAGE_SHAPE", `image geometry is ${display(geometry)}; expected { width, height }`);
    }
    const { width, height, channels = 1, alpha = channels === 2 || channels === 4 } = geometry;
    checkCount("width", width);
    checkCount("height", height);
    checkCount("channels", channels);
    if (typeof alpha !== "boolean") {
      throw new ImageError("ERR_IMAGE_SHAPE", `image alpha is ${display(alpha)}; expected true or false`);
    }
    const { prototype } = SAMPLE_ARRAYS[dtypeOf(data)];
    if (!ArrayBuffer.isView(data)) {
      throw new ImageError("ERR_IMAGE_DTYPE", `image data is ${describe(data)} without memory`);
    }
    const memory = data.buffer;
    checkMemory(data, memory, { width, height, channels });
    this.data = Object.getPrototypeOf(data) === prototype ? data : (plain(data) as S);
    this.#samples = this.data;
    this.#memory = memory;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.alpha = alpha;
  }

  /** `[height, width]`, or `[height, width, channels]` for more than one channel. */
  get shape(): Shape {
    return this.channels === 1 ? [this.height, this.width] : [this.height, this.width, this.channels];
  }

  /** The sample type. */
  get dtype(): DType {
    return dtypeOf(this.data);
  }
}

/** A zeroed image of the given geometry and dtype. */
export function zeros<D extends DType>(
  dtype: D,
  geometry: ImageGeometry,
): Image<InstanceType<(typeof SAMPLE_ARRAYS)[D]>> {
  const { width, height, channels = 1 } = geometry;
  const data = new SAMPLE_ARRAYS[dtype](height * width * channels) as InstanceType<(typeof SAMPLE_ARRAYS)[D]>;
  return new Image(data, geometry);
}

/** The dtype of a typed array, or an `ERR_IMAGE_DTYPE` error. */
export function dtypeOf(data: Samples): DType {
  if (data instanceof Uint8Array) return "uint8";
  if (data instanceof Float32Array) return "float32";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Float64Array) return "float64";
  throw new ImageError(
    "ERR_IMAGE_DTYPE",
    `image data is ${describe(data)}; expected a Uint8Array, Uint16Array, Int32Array, Float32Array or Float64Array`,
  );
}

/** The same memory, as a typed array of no subclass. */
function plain(data: Samples): Samples {
  const { buffer, byteOffset, length } = data;
  return new SAMPLE_ARRAYS[dtypeOf(data)](buffer as ArrayBuffer, byteOffset, length);
}

/**
 * Checks that an image still holds what its constructor saw, as a buffer can be detached or shrunk later.
 * Every operation calls it once before it reads.
 *
 * @throws ImageError `ERR_IMAGE_BUFFER`; `ERR_IMAGE_DTYPE` for no image, and for an object that only has an image's prototype.
 */
export function checkSamples(image: Image): void {
  // Calls of several images come here as long as one of them is there.
  const given = image as Image | null | undefined;
  if (given === null || given === undefined) {
    throw new ImageError("ERR_IMAGE_DTYPE", `an argument is ${given}; expected an Image`);
  }
  dtypeOf(image.data);
  checkMemory(image.data, memoryOf(image), image);
}

/** The memory that an image lies in. Its array, which takes 50 ns to say so, is asked only where it is not known. */
export function memoryOf(image: Image): ArrayBufferLike {
  return knownMemory(image) ?? image.data.buffer;
}

function checkCount(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new ImageError("ERR_IMAGE_SHAPE", `image ${name} is ${display(value)}; expected a whole number of at least 1`);
}

function checkMemory(
  data: Samples,
  memory: ArrayBufferLike,
  { width, height, channels }: Pick<Image, "width" | "height" | "channels">,
): void {
  if (typeof SharedArrayBuffer !== "undefined" && memory instanceof SharedArrayBuffer) {
    throw new ImageError(
      "ERR_IMAGE_BUFFER",
      "image data lies in a SharedArrayBuffer, which other threads may write to; copy it first",
    );
  }
  const expected = height * width * channels;
  if (data.length === expected) return;
  const why = data.length === 0 && data.byteLength === 0 ? " (is its buffer detached?)" : "";
  throw new ImageError(
    "ERR_IMAGE_BUFFER",
    `image data holds ${data.length} samples${why}; shape ${height} × ${width} × ${channels} needs ${expected}`,
  );
}

function describe(value: unknown): string {
  if (value === null || typeof value !== "object") return display(value);
  return `a ${value.constructor?.name ?? "plain object"}`;
}
