import type { GpuImage } from "./gpu-image.ts";

/**
 * Types of images beside `Image`, which operations take and answer in kind. A package that brings one merges it in:
 * `declare module "tagswitch/image" { interface ImagesElsewhere { sharp: Sharp } }`.
 */
export interface ImagesElsewhere {
  wgpu: GpuImage;
}

/** Any of them. */
export type ImageElsewhere = ImagesElsewhere[keyof ImagesElsewhere];

/** The one of these types that `I` is, of each member where it is a union; else `Otherwise`. */
export type KindElsewhere<I, Otherwise> = I extends ImageElsewhere
  ? { [K in keyof ImagesElsewhere]: I extends ImagesElsewhere[K] ? ImagesElsewhere[K] : never }[keyof ImagesElsewhere]
  : Otherwise;
