import { Image } from "../image.ts";
import type { Argument } from "./generated/cases.ts";

/** An image over samples of its own. */
export function copyOf(image: Image): Image {
  return new Image(image.data.slice(), image);
}

/** An argument with copies of the images that it is or that are in it. */
export function copyOfArgument(argument: Argument): Argument {
  if (argument instanceof Image) return copyOf(argument);
  if (!Array.isArray(argument)) return argument;
  return argument.map((element: unknown) => (element instanceof Image ? copyOf(element) : element));
}

/** The images among arguments and in lists among them. */
export function imagesOf(inputs: readonly unknown[]): Image[] {
  return inputs.flat().filter((input) => input instanceof Image);
}

/** What arguments are, for messages: the shapes of images. */
export function sizesOf(inputs: readonly unknown[]): string {
  return inputs
    .flat()
    .map((input) => (input instanceof Image ? input.shape.join(" × ") : String(input)))
    .join(", ");
}
