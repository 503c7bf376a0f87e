import type { DispatchableMembers } from "../index.ts";
import type { GpuImage } from "./gpu-image.ts";
import type { Image } from "./image.ts";

/**
 * An operation: `F`, which is written for images in main memory, and the same for images on the GPU, where its images
 * stay; and either answered by a promise.
 */
export type Operation<F extends (...args: never[]) => unknown> = Anywhere<F> &
  F &
  Omit<DispatchableMembers<F>, "async"> & { readonly async: AnywhereAsync<F> };

type Anywhere<F> = F extends (image: infer First, ...rest: infer Rest) => infer Result
  ? <I extends First | GpuImage>(image: I, ...rest: { [K in keyof Rest]: OrGpu<Rest[K]> }) => Beside<I, Result>
  : unknown;

type AnywhereAsync<F> = F extends (image: infer First, ...rest: infer Rest) => infer Result
  ? <I extends First | GpuImage>(
      image: I,
      ...rest: { [K in keyof Rest]: Cancellable<OrGpu<Rest[K]>> }
    ) => Promise<Beside<I, Result>>
  : unknown;

/** A parameter that takes an image, wherever it lies; others as they are. */
type OrGpu<T> = T extends Image ? T | GpuImage : T;

/** Options, to which a signal may be added. */
type Cancellable<T> = T extends { backend?: string } ? T & { signal?: AbortSignal } : T;

/** A result that lies where the first image does. */
type Beside<I, Result> = Result extends Image ? (I extends GpuImage ? GpuImage : Result) : Result;
