// Measures a machine: how fast its GPU is, and how fast the CPU, for the choice between them.
import type { SpeedProfile } from "./gpu-cost.ts";

/**
 * What is measured, each in seconds and at its best of a few runs. Images are squares; sizes are in pixels of their
 * sides.
 */
export interface Probes {
  /** Bytes up, compared with a number `kernels` times over, and back. */
  readonly compare: (side: number, kernels: number) => number;
  /** Bytes up and back. */
  readonly thereAndBack: (side: number) => number;
  /** Bytes that are there already, back. */
  readonly back: (side: number) => number;
  /** Floats that are there already, blurred `times` times over with a window of {@link BLUR_TAPS}, and back. */
  readonly blur: (side: number, times: number) => number;
  /** Bytes compared with a number by `native`. */
  readonly nativeCompare: (side: number) => number;
  /** Floats blurred by `native`, with the same window. */
  readonly nativeBlur: (side: number) => number;
}

/** The radius of the Gaussian that probes blur with, on both axes. */
export const BLUR_RADIUS = 16;
/** Taps of its two windows. */
export const BLUR_TAPS: number = 2 * (2 * BLUR_RADIUS + 1);

/** Taps that each of two passes costs besides its window: those of the table of work. */
const BLUR_WORK = { gpu: BLUR_TAPS + 16, native: BLUR_TAPS + 8 };
/** Sides from the least that a slow device shows anything at to the least that a fast one does. */
const SIDES = [64, 128, 256, 512, 1024, 2048];
/** Kernels in a row, so that one is long enough for the clock. */
const ROW = 16;
const BLURS = 4;

/**
 * Measures a profile: some milliseconds on a real card. Sizes grow until the work stands out from the time of a round
 * trip, so that a slow device is not kept busy with what a fast one needs.
 */
export function calibrate(probes: Probes): SpeedProfile {
  const roundTrip = probes.compare(16, 1);
  const kernel = excess(probes.compare(16, 1 + ROW), roundTrip) / ROW;
  const [download, upload] = growing(roundTrip, (side) => {
    const back = probes.back(side);
    const whole = probes.thereAndBack(side);
    const bytes = side * side;
    return { seconds: whole, result: [bytes / excess(back, roundTrip), bytes / excess(whole, back)] as const };
  });
  const memory = growing(roundTrip, (side) => {
    const seconds = excess(probes.compare(side, 1 + ROW), probes.compare(side, 1));
    return { seconds, result: (2 * side * side * ROW) / excess(seconds, ROW * kernel) };
  });
  const taps = growing(roundTrip, (side) => {
    const seconds = excess(probes.blur(side, 1 + BLURS), probes.blur(side, 1));
    return { seconds, result: (BLUR_WORK.gpu * side * side * BLURS) / excess(seconds, 2 * BLURS * kernel) };
  });
  const call = probes.nativeCompare(1);
  return {
    gpu: { roundTrip, kernel, upload, download, memory, taps },
    native: {
      call,
      memory: (2 * 1024 ** 2) / excess(probes.nativeCompare(1024), call),
      taps: (BLUR_WORK.native * 128 ** 2) / excess(probes.nativeBlur(128), call),
    },
  };
}

/** The result at the first side whose work takes twice a round trip, or at the last one. */
function growing<T>(roundTrip: number, measure: (side: number) => { seconds: number; result: T }): T {
  let last = measure(SIDES[0]!);
  for (const side of SIDES.slice(1)) {
    if (last.seconds > 2 * roundTrip) break;
    last = measure(side);
  }
  return last.result;
}

/** The part of a time above another one. Where noise hides it, a tenth: that it took any time is certain. */
function excess(whole: number, part: number): number {
  return Math.max(whole - part, whole / 10, 1e-9);
}
