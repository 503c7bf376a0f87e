import { GpuError, type GpuErrorCode, ImageError, type ImageErrorCode } from "../errors.ts";
import type { Image } from "../image.ts";

/**
 * Calls the addon. What it refuses, errors with an `ERR_IMAGE_…` code, becomes an `ImageError`.
 *
 * @param what begins the message: the operation, or the file.
 */
export function callAddon<T>(what: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw imageError(what, error);
  }
}

/** Height, width and channels, as kernels take them: one by one, as the addon reads numbers in less time than an object's properties. */
export function sizeOf(
  image: Pick<Image, "height" | "width" | "channels">,
): [height: number, width: number, channels: number] {
  return [image.height, image.width, image.channels];
}

/** The addon's error as an `ImageError`; any other value as it is. */
export function imageError(what: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!code.startsWith("ERR_IMAGE_")) return error;
  return new ImageError(code as ImageErrorCode, `${what}: ${(error as Error).message}`, { cause: error });
}

/** Calls the addon's GPU side. What it refuses becomes a `GpuError`, or an `ImageError` where the image is at fault. */
export function callGpu<T>(operation: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw gpuError(operation, error);
  }
}

/** As {@link callGpu}, for what answers later. */
export async function callGpuAsync<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw gpuError(operation, error);
  }
}

/** The addon's error by its code; any other value as it is. */
function gpuError(operation: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // The binding's own words for an argument that is not what it takes.
  if (code === "InvalidArg" || code.endsWith("Expected")) {
    return new GpuError("ERR_GPU_ARGUMENT", operation, `${operation}: ${(error as Error).message}`, { cause: error });
  }
  if (!code.startsWith("ERR_GPU_")) return imageError(operation, error);
  const { message } = error as Error;
  // Every backend refuses such samples, and with this code.
  if (code === "ERR_GPU_VALUE") return new ImageError("ERR_IMAGE_VALUE", message, { cause: error });
  // Messages begin with what failed, which for a chain is more than was called.
  const failed = /^([\w.+]+(?: → [\w.+]+)*)(?:\/\w+)?: /.exec(message)?.[1] ?? operation;
  return new GpuError(code as GpuErrorCode, failed, message, { cause: error });
}
