// Do the backends agree? Each step of one is compared with what another makes of the same inputs, so that what differs in
// the last bits at one step is not held against the next.
import { backend, type Image } from "tagswitch/image";
import type { BackendRun } from "./backend-run.ts";
import type { Step } from "./steps.ts";

/** How far one step of a backend is from the reference. */
export interface Comparison {
  readonly backend: string;
  readonly step: string;
  /** Largest error, relative to the largest value; for whole numbers and the threshold any difference counts. */
  readonly error: number;
  /** The largest error that is accepted; 0: every value must be the same. */
  readonly tolerance: number;
  readonly agrees: boolean;
}

/** Relative errors that the backends promise where results are not whole numbers. */
const TOLERANCES: Readonly<Record<string, number>> = { native: 1e-5, wgpu: 1e-4 };

/** Compares every step of `run` with what `reference` makes of the inputs that it had. */
export function compare(
  run: BackendRun & { backend: string },
  reference: string,
  steps: readonly Step[],
  onStep: (step: string) => void,
): Comparison[] {
  const { values } = run;
  const promised = Math.max(TOLERANCES[run.backend] ?? 1e-4, TOLERANCES[reference] ?? 0);
  return steps.map((step): Comparison => {
    onStep(step.function);
    const expected = backend(reference, () => step.run(values)) as Image | number;
    const actual = values[step.makes];
    const isWhole = typeof expected === "number" || expected.data instanceof Int32Array || expected.dtype === "uint8";
    const tolerance = isWhole ? 0 : promised;
    const error =
      typeof expected === "number"
        ? difference([actual as number], [expected], 0)
        : differenceOf(actual as Image, expected, values.smooth);
    return { backend: run.backend, step: step.function, error, tolerance, agrees: error <= tolerance };
  });
}

function differenceOf(actual: Image, expected: Image, smooth: Image): number {
  if (actual.shape.join() !== expected.shape.join()) return Infinity;
  // Errors are relative to the brightest pixel of the blurred photograph: an edge is a difference of such values.
  return difference(actual.data, expected.data, largest(smooth.data));
}

/** The largest difference, over the largest magnitude in `expected` or `scale`, whichever is larger. */
function difference(actual: ArrayLike<number>, expected: ArrayLike<number>, scale: number): number {
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const distance = Math.abs(actual[i]! - expected[i]!);
    if (distance > most) most = distance;
    else if (Number.isNaN(distance) && !Object.is(actual[i], expected[i])) return Infinity;
  }
  return most === 0 ? 0 : most / Math.max(scale, largest(expected));
}

function largest(values: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}
