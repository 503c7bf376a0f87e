// Whether a call on images in main memory is worth its way to the GPU and back.
import { WORK, type WorkImage, type WorkOptions } from "./gpu-work/index.ts";

/** What a GPU, with its driver and this library's engine, does how fast. */
export interface GpuSpeed {
  /** Seconds from handing one small kernel over to having its result. */
  readonly roundTrip: number;
  /** Seconds that each further kernel adds, whatever its size. */
  readonly kernel: number;
  /** Bytes per second from main memory. */
  readonly upload: number;
  /** Bytes per second to main memory, into fresh memory. */
  readonly download: number;
  /** Bytes per second that kernels read and write. */
  readonly memory: number;
  /** Taps of a Gaussian's window per second. */
  readonly taps: number;
}

/** What backend `native` does how fast, on one thread. */
interface NativeSpeed {
  /** Seconds of a call on one pixel. */
  readonly call: number;
  /** Bytes per second that kernels read and write, results into fresh memory. */
  readonly memory: number;
  /** Taps of a Gaussian's window per second. */
  readonly taps: number;
}

/** The speeds of one machine. */
export interface SpeedProfile {
  readonly gpu: GpuSpeed;
  readonly native: NativeSpeed;
}

/** How long a call will take, in seconds, kernels being compiled already. */
interface Prediction {
  /** With upload and read-back. */
  readonly gpu: number;
  readonly native: number;
}

/**
 * How long an operation takes on either side. Pure: the same arguments, the same answer.
 *
 * @param operation the public name: `"filters.gaussian"`.
 * @param images those that the call takes; the first one gives the size.
 * @returns `undefined` for an operation whose work is unknown.
 */
export function predict(
  { gpu, native }: SpeedProfile,
  operation: string,
  images: readonly [WorkImage, ...WorkImage[]],
  options: WorkOptions = {},
): Prediction | undefined {
  const work = WORK.get(operation)?.(images, options);
  if (work === undefined) return undefined;
  const { up, down, kernels, waits, moved, taps } = work.gpu;
  return {
    gpu:
      waits * gpu.roundTrip +
      Math.max(kernels - waits, 0) * gpu.kernel +
      up / gpu.upload +
      down / gpu.download +
      moved / gpu.memory +
      taps / gpu.taps,
    native: native.call + work.native.moved / native.memory + work.native.taps / native.taps,
  };
}

/** Why a call stays in main memory: `"64×64: about 0.9 ms on the GPU, 0.05 ms native"`. */
export function slowerOnGpu({ width, height }: WorkImage, { gpu, native }: Prediction): string {
  return `${height}×${width}: about ${milliseconds(gpu)} ms on the GPU, ${milliseconds(native)} ms native`;
}

/** Two digits: it is a guess. */
function milliseconds(seconds: number): number {
  return Number((1000 * seconds).toPrecision(2));
}
