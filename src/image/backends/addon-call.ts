import { ImageError, type ImageErrorCode } from "../errors.ts";

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

/** The addon's error as an `ImageError`; any other value as it is. */
export function imageError(what: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!code.startsWith("ERR_IMAGE_")) return error;
  return new ImageError(code as ImageErrorCode, `${what}: ${(error as Error).message}`, { cause: error });
}
