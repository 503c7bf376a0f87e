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
