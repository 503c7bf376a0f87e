import test from "ava";
import type { DType } from "../../src/image/index.ts";
import { comparable } from "../../src/image/suite/comparable.ts";
import { copyOfArgument, imagesOf } from "../../src/image/suite/copy.ts";
import { difference, imageScale, type Tolerance, toleranceOf } from "../../src/image/suite/difference.ts";
import { type GeneratedCase, generatedCases } from "../../src/image/suite/generated/index.ts";
import type { Size } from "../../src/image/suite/generated/images.ts";
import { OPERATIONS, type Run, runOn, TOLERANCES } from "./conformance.ts";
import { gpuAvailable } from "./gpu-available.ts";
import { GPU_REFUSALS } from "./gpu-refusals.ts";

/** Operations whose generated images are always of one size. */
const ONE_SIZE: ReadonlySet<string> = new Set(["filters.thresholdMinimum", "filters.thresholdMultiotsu"]);

/** Operations that take the reference seconds: at so many pixels across. */
const SLOW: Readonly<Record<string, number>> = { "filters.frangi": 3, "filters.gabor": 3 };

/**
 * Which options to take, where not the first. About the centre of mass nearly all of a long image's odd moments cancels, and of what is
 * left even the order of the sum changes the last digits.
 */
const CHOSEN: Readonly<Record<string, number>> = { "measure.momentsCentral": 1 };

/**
 * Declares a test for each operation, at a size that the suite has no time for: its first options on images of `dtype`, or of
 * another that it takes, on `native` and the GPU against the reference.
 */
export function longImages(dtype: DType, size: Size): void {
  const gpu = gpuAvailable();
  for (const operation of Object.keys(OPERATIONS).filter((each) => !ONE_SIZE.has(each))) {
    const all = generatedCases.filter((generated) => generated.operation === operation);
    const suited = all.filter(({ name }) => name.startsWith(`generated ${dtype}`));
    const generated = suited[CHOSEN[operation] ?? 0] ?? all[0]!;
    const [height, width] = size.map((side) => (side === Math.max(...size) ? side : (SLOW[operation] ?? side)));
    test(`${operation} of ${height} × ${width}, ${generated.name}`, async (t) => {
      const inputs = generated.inputsAt([height!, width!]);
      t.true(imagesOf(inputs).some((image) => Math.max(image.height, image.width) >= Math.max(...size)));
      const answer = await runOn("default")(operation, [...inputs.map(copyOfArgument), generated.options]);
      const problemOf = async (run: Run, tolerance: Tolerance): Promise<string | null> => {
        const actual = await run(operation, [...inputs, generated.options]);
        const expected = comparable(answer);
        const scale = imageScale(generated.operation, inputs, generated.options, expected);
        return difference(actual, expected, toleranceOf(operation, answer, tolerance), scale);
      };
      if (!NOT_NATIVE.has(operation)) t.is(await problemOf(runOn("native"), TOLERANCES.native), null, "native");
      if (gpu) t.is(await problemOf(mayRefuse(generated, answer), TOLERANCES.wgpu), null, "wgpu");
    });
  }
}

/** What `native` does not have. */
const NOT_NATIVE: ReadonlySet<string> = new Set(["transform.integrate"]);

/** The GPU, which gives the right answer to what it may refuse and does. */
function mayRefuse({ operation, name }: GeneratedCase, answer: unknown): Run {
  const reasons = GPU_REFUSALS.filter(({ titles }) => titles.test(`wgpu: ${operation} ${name}`));
  return async (...call) => {
    try {
      return await runOn("wgpu")(...call);
    } catch (error) {
      if (reasons.some(({ reason }) => reason.test((error as Error).message))) return answer;
      throw error;
    }
  };
}
