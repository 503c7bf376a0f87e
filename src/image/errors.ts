/** Stable codes of the image library's errors. */
export type ImageErrorCode =
  | "ERR_IMAGE_DTYPE"
  | "ERR_IMAGE_SHAPE"
  | "ERR_IMAGE_VALUE"
  | "ERR_IMAGE_BUFFER"
  | "ERR_IMAGE_OPTION"
  | "ERR_IMAGE_LIMIT"
  | "ERR_IMAGE_FORMAT"
  | "ERR_IMAGE_FILE";

/** Bad input to an image operation: what was given, what would be accepted. */
export class ImageError extends Error {
  override readonly name = "ImageError";
  readonly code: ImageErrorCode;

  constructor(code: ImageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Stable codes of what can go wrong on the GPU. */
export type GpuErrorCode =
  /** There is no adapter, or none that may be used. */
  | "ERR_GPU_NO_ADAPTER"
  /** There is only a software adapter, and nobody asked for one. */
  | "ERR_GPU_SOFTWARE_ADAPTER"
  /** An environment variable says nothing useful. */
  | "ERR_GPU_SETTING"
  /** The device is gone, and the image with it. */
  | "ERR_GPU_DEVICE_LOST"
  | "ERR_GPU_OUT_OF_MEMORY"
  /** The driver refused a kernel. */
  | "ERR_GPU_VALIDATION"
  /** A user's kernel is no WGSL, or no kernel on images. */
  | "ERR_GPU_SHADER"
  /** The image is larger than the adapter takes. */
  | "ERR_GPU_LIMIT"
  /** The GPU has no such samples. */
  | "ERR_GPU_DTYPE"
  /** The image was disposed of. */
  | "ERR_GPU_DISPOSED"
  | "ERR_GPU_ARGUMENT"
  /** Other backends can do it, this one cannot. */
  | "ERR_GPU_UNSUPPORTED"
  /** A defect of the engine. */
  | "ERR_GPU_INTERNAL";

/** A place in a shader, line and column from 1. */
export interface ShaderLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A failure on the GPU. */
export class GpuError extends Error {
  override readonly name = "GpuError";
  readonly code: GpuErrorCode;
  /** What was to be done: an operation such as `"filters.gaussian"`, several that ran together, or `"gpu…"`. */
  readonly operation: string;

  /** Of `ERR_GPU_SHADER`: where the shader is wrong, unless that is nowhere in particular. */
  readonly location: ShaderLocation | undefined;

  constructor(
    code: GpuErrorCode,
    operation: string,
    message: string,
    options?: ErrorOptions & { location?: ShaderLocation },
  ) {
    super(message, options);
    this.code = code;
    this.operation = operation;
    this.location = options?.location;
  }
}
