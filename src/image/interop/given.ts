import { ImageError } from "../errors.ts";
import { checkSamples, Image } from "../image.ts";
import { display } from "../options.ts";

/** Refuses what has no members to read. */
export function checkObject(operation: string, name: string, value: unknown, expected: string): void {
  if (typeof value === "object" && value !== null) return;
  throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: ${name} is ${display(value)}; expected ${expected}`);
}

/** Refuses what is no image, or no whole one any longer. */
export function checkImage(operation: string, image: unknown): asserts image is Image {
  if (!(image instanceof Image)) {
    throw new ImageError("ERR_IMAGE_DTYPE", `${operation}: image is ${display(image)}; expected an Image`);
  }
  checkSamples(image);
}
