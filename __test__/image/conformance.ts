import test from "ava";
import { copyOfArgument, imagesOf, sizesOf } from "../../src/image/suite/copy.ts";
import { comparable } from "../../src/image/suite/comparable.ts";
import { difference, imageScale, type Tolerance, toleranceOf } from "../../src/image/suite/difference.ts";
import { generatedCases } from "../../src/image/suite/generated/index.ts";
import { functions } from "../../src/image/suite/index.ts";
import { goldenCases } from "./golden.ts";

/** Calls an operation on the backend under test: `args` are its images and other arguments, then its options. */
export type Run = (operation: string, args: readonly unknown[]) => unknown;

/** What is expected of a backend. */
export interface Expectations {
  /** Largest error, relative to the larger of the value and the scale of the image. Integer results are exact. */
  readonly tolerance: Tolerance;
  /** Also compare with the reference on generated images. Default true; the reference itself has no use for it. */
  readonly generated?: boolean;
  /**
   * Cases that the backend refuses, in words that match `reason`: what it answers all the same must be right, and it
   * must refuse at least one of each title. A pattern that matches no title is an error.
   */
  readonly refuses?: readonly { readonly titles: RegExp; readonly reason: RegExp }[];
}

/** How near the backends come to the reference and to scikit-image. */
export const TOLERANCES: { readonly native: Tolerance; readonly wgpu: Tolerance } = {
  // It computes in 32 bits unless the input has 64; the design asks for 1e-5, the kernels keep ten times closer.
  native: { float32: 1e-6, float64: 1e-14 },
  // Every step is rounded to 32 bits, and drivers may be off in the last places.
  wgpu: 1e-4,
};

const REFUSED = Symbol("refused");

type Operation = (...args: unknown[]) => unknown;

/** Every operation of the library by its name. */
export const OPERATIONS: Readonly<Record<string, Operation>> = functions as Record<string, Operation>;

/** Calls operations as users do, with `{ backend }` among the options. */
export function runOn(backend: string): Run {
  return (operation, args) => {
    const options = args.at(-1) as object;
    return OPERATIONS[operation]!(...args.slice(0, -1), { ...options, backend });
  };
}

/**
 * Declares the tests that a backend must pass: scikit-image's recorded answers, and the reference's on generated images.
 *
 * Titles are `<backend>: <operation> <inputs> <options>` and `<backend>: <operation> generated <dtype> <options>`.
 */
export function conformance(backend: string, run: Run, expectations: Expectations): void {
  const { tolerance, generated = true, refuses = [] } = expectations;
  const unused = new Set(refuses);
  const declare = (operation: string, name: string, check: (run: Run) => AsyncIterable<string>): void => {
    const title = `${backend}: ${operation} ${name}`;
    const refusal = refuses.find(({ titles }) => titles.test(title));
    if (refusal) unused.delete(refusal);
    test(refusal ? `${title} is refused` : title, async (t) => {
      let refused = 0;
      const careful: Run = async (...call) => {
        try {
          return await run(...call);
        } catch (error) {
          if (!refusal || !(error instanceof Error && refusal.reason.test(error.message))) throw error;
          refused++;
          return REFUSED;
        }
      };
      for await (const problem of check(careful)) t.fail(problem);
      t.is(refused > 0, refusal !== undefined);
    });
  };

  for (const { operation, name, inputs, options, expected } of goldenCases()) {
    declare(operation, name, async function* (ask) {
      const actual = await ask(operation, [...inputs.map(copyOfArgument), options]);
      if (actual === REFUSED) return;
      const right = comparable(expected);
      const allowed = toleranceOf(operation, expected, tolerance);
      const problem = difference(actual, right, allowed, imageScale(operation, inputs, options, right));
      if (problem) yield problem;
    });
  }
  for (const { operation, name, inputs: lists, options } of generated ? generatedCases : []) {
    declare(operation, name, async function* (ask) {
      for (const inputs of lists()) {
        const before = inputs.map(copyOfArgument);
        const actual = await ask(operation, [...inputs, options]);
        if (actual === REFUSED) continue; // before the reference takes its time for it
        const answer = await runOn("default")(operation, [...before, options]);
        const expected = comparable(answer);
        const allowed = toleranceOf(operation, answer, tolerance);
        const size = sizesOf(inputs);
        const problem = difference(actual, expected, allowed, imageScale(operation, inputs, options, expected));
        if (problem) yield `${size}: ${problem}`;
        const copies = imagesOf(before);
        for (const [i, image] of imagesOf(inputs).entries()) {
          const change = difference(image, copies[i]!, 0, 1);
          if (change) yield `${size}: changed its image ${i}: ${change}`;
        }
      }
    });
  }
  for (const { titles } of unused)
    throw new Error(`${backend}: no case is called ${titles}; remove the pattern from refuses`);
}
