import type { DType, Image, Samples } from "../../../src/image/image.ts";
import { requirePeer, versionOf } from "../install.ts";
import { numbers, type Toolbox } from "./index.ts";

interface Vips {
  readonly Image: {
    newFromMemory(data: Samples, width: number, height: number, bands: number, format: string): VipsImage;
  };
  readonly Cache: { max(operations: number): void };
  concurrency(threads: number): void;
}

interface VipsImage {
  writeToMemory(): Samples;
  delete(): void;
}

const FORMATS: Record<DType, string> = {
  uint8: "uchar",
  uint16: "ushort",
  int32: "int",
  float32: "float",
  float64: "double",
};

/** libvips in WebAssembly. It computes when a result is written: `pixels` does that. */
export async function open(): Promise<Toolbox> {
  const load = requirePeer("wasm-vips") as (options: object) => Promise<Vips>;
  const vips = await load({ dynamicLibraries: [] });
  vips.concurrency(1);
  // Answers that it remembers of the call before are no measurements.
  vips.Cache.max(0);
  return {
    version: versionOf("wasm-vips"),
    names: {
      vips,
      pixels: (image: VipsImage) => {
        const samples = image.writeToMemory();
        image.delete();
        return samples;
      },
    },
    take: ({ data, width, height, channels, dtype }: Image) =>
      vips.Image.newFromMemory(data, width, height, channels, FORMATS[dtype]),
    release: (image) => (image as VipsImage).delete(),
    samples: numbers,
  };
}
