import { Image } from "../image.ts";

/** An image over samples of its own. */
export function copyOf(image: Image): Image {
  return new Image(image.data.slice(), image);
}
