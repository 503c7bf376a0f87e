import type { Image } from "../../../src/image/image.ts";
import { requirePeer } from "../install.ts";
import { numbers, type Toolbox } from "./index.ts";

interface Sharp {
  (data: Uint8Array, options: object): Pipeline;
  concurrency(threads: number): void;
  cache(on: boolean): void;
  readonly versions: { readonly sharp: string };
}

interface Pipeline {
  toColourspace(name: string): Pipeline;
  raw(): Pipeline;
  toBuffer(): Promise<Uint8Array>;
}

/** Images are functions that begin a pipeline, `bytes` and `grayBytes` end one. */
export function open(): Toolbox {
  const sharp = requirePeer("sharp") as Sharp;
  sharp.concurrency(1);
  sharp.cache(false);
  return {
    version: sharp.versions.sharp,
    names: {
      bytes: (pipeline: Pipeline) => pipeline.raw().toBuffer(),
      grayBytes: (pipeline: Pipeline) => pipeline.toColourspace("b-w").raw().toBuffer(),
    },
    take:
      ({ data, width, height, channels }: Image) =>
      () =>
        sharp(data as Uint8Array, { raw: { width, height, channels } }),
    samples: numbers,
  };
}
