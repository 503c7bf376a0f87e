import { pathToFileURL } from "node:url";
import type { Image } from "../../../src/image/image.ts";
import { requirePeer, versionOf } from "../install.ts";
import { numbers, type Toolbox } from "./index.ts";

interface ImageJs {
  readonly Image: new (width: number, height: number, options: object) => RawImage;
  readonly [name: string]: unknown;
}

interface RawImage {
  getRawImage(): { data: Uint8Array };
}

const MODELS: Record<number, string> = { 1: "GREY", 3: "RGB", 4: "RGBA" };

/** Plain JavaScript. Images are of 8 or 16 bits; `IJS` is the library, `mask` one of its masks. */
export async function open(): Promise<Toolbox> {
  const IJS = (await import(pathToFileURL(requirePeer.resolve("image-js")).href)) as ImageJs;
  const isImage = (value: unknown): value is RawImage =>
    typeof value === "object" && value !== null && "getRawImage" in value;
  return {
    version: versionOf("image-js"),
    names: { IJS },
    take: ({ data, width, height, channels, dtype }: Image) =>
      new IJS.Image(width, height, { data, colorModel: MODELS[channels], bitDepth: dtype === "uint8" ? 8 : 16 }),
    samples: (result) => numbers(isImage(result) ? result.getRawImage().data : result),
  };
}
