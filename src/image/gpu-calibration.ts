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
/** The least is enough for a slow device, the largest for a fast one. */
const SIDES = [64, 256, 1024] as const;
/** Seconds that a measurement at a larger side should not exceed. */
const LONGEST = 0.005;
/** Kernels in a row, so that one is long enough for the clock. */
const ROW = 16;
const BLURS = 4;

/**
 * Measures a profile. A slow device is not kept busy with images of the size that a fast one needs before its work stands
 * out from the time of a round trip.
 */
export function calibrate(probes: Probes): SpeedProfile {
  const roundTrip = probes.compare(16, 1);
  const kernel = excess(probes.compare(16, 1 + ROW), roundTrip) / ROW;
  const [download, upload] = growing(roundTrip, (side) => {
    const back = probes.back(side);
    const whole = probes.thereAndBack(side);
    const bytes = side * side;
    const seconds = excess(whole, roundTrip);
    return { seconds, result: [bytes / excess(back, roundTrip), bytes / excess(whole, back)] as const };
  });
  const memory = growing(roundTrip, (side) => {
    const row = excess(probes.compare(side, 1 + ROW), probes.compare(side, 1));
    const seconds = excess(row, ROW * kernel);
    return { seconds, result: (2 * side * side * ROW) / seconds };
  });
  const taps = growing(roundTrip, (side) => {
    const blurs = excess(probes.blur(side, 1 + BLURS), probes.blur(side, 1));
    const seconds = excess(blurs, 2 * BLURS * kernel);
    return { seconds, result: (BLUR_WORK.gpu * side * side * BLURS) / seconds };
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

/**
 * The result at the least side, where that is work enough; else at the largest one whose work, going by the least, keeps
 * within bounds.
 */
function growing<T>(roundTrip: number, measure: (side: number) => { seconds: number; result: T }): T {
  const [least, ...larger] = SIDES;
  const { seconds, result } = measure(least);
  if (seconds > 2 * roundTrip) return result;
  const fitting = larger.findLast((side) => seconds * (side / least) ** 2 < LONGEST);
  return fitting === undefined ? result : measure(fitting).result;
}

/** The part of a time above another one. Where noise hides it, a tenth: that it took any time is certain. */
function excess(whole: number, part: number): number {
  return Math.max(whole - part, whole / 10, 1e-9);
}
