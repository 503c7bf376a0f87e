import type { ImageErrorCode } from "../../../src/image/index.ts";

/** A call that must be refused: with an `ImageError` of this code and message. */
export type Refusal = readonly [title: string, call: () => unknown, code: ImageErrorCode, message: RegExp];
