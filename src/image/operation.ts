import type { DispatchableMembers } from "../index.ts";
import type { GpuImage } from "./gpu-image.ts";
import type { Image } from "./image.ts";
import type { ImageElsewhere, KindElsewhere } from "./images-elsewhere.ts";

/**
 * An operation: `F`, which is written for images in main memory, and the same for images on the GPU, where its images
 * stay, and for those of other packages; and each answered by a promise.
 */
export type Operation<F extends (...args: never[]) => unknown> = Anywhere<F> &
  F &
  Omit<DispatchableMembers<F>, "async"> & { readonly async: AnywhereAsync<F> };

type Anywhere<F> = F extends (image: infer First, ...rest: infer Rest) => infer Result
  ? <I extends OrElsewhere<First>>(image: I, ...rest: { [K in keyof Rest]: OrElsewhere<Rest[K]> }) => Beside<I, Result>
  : unknown;

type AnywhereAsync<F> = F extends (image: infer First, ...rest: infer Rest) => infer Result
  ? <I extends OrElsewhere<First>>(
      image: I,
      ...rest: { [K in keyof Rest]: Cancellable<OrElsewhere<Rest[K]>> }
    ) => Promise<Beside<I, Result>>
  : unknown;

/** A parameter that takes an image, or a list of them, wherever they lie; others as they are. */
type OrElsewhere<T> = T extends Image
  ? T | ImageElsewhere
  : T extends readonly Image[]
    ? { readonly [K in keyof T]: T[K] | ImageElsewhere }
    : T;

/** Options, to which a signal may be added. */
type Cancellable<T> = T extends { backend?: string } ? T & { signal?: AbortSignal } : T;

/** A result, a list of them, or an object with some, that lies where the first image does, or those of the first list. */
type Beside<I, Result> = Result extends Image
  ? Kind<OneOf<I>, Result>
  : Result extends Image[]
    ? { [K in keyof Result]: Kind<OneOf<I>, Result[K]> }
    : Result extends readonly unknown[]
      ? Result
      : Extract<Result[keyof Result], Image> extends never
        ? Result
        : { [K in keyof Result]: Result[K] extends Image ? Kind<OneOf<I>, Result[K]> : Result[K] };

/** Doubles, which the GPU has none of, come from there to main memory. */
type Kind<I, Result> = I extends GpuImage
  ? Result extends Image<Float64Array>
    ? Result
    : KindElsewhere<I, Result>
  : KindElsewhere<I, Result>;

/** An element of a list; what is no list as it is. */
type OneOf<I> = I extends readonly (infer Element)[] ? Element : I;
