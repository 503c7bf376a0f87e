import { ANY } from "./value-type.ts";
import { hasRest, type Parameter, parameterAt } from "./parameter.ts";
import { accepts } from "./signature.ts";
import type { TypeRegistry } from "./type-registry.ts";

/** What is wrong with a call, as typed-function tells it. */
export type MismatchData =
  | { category: "wrongType"; fn: string; index: number; actual: string[]; expected: string[] }
  | { category: "tooFewArgs"; fn: string; index: number; expected: string[] }
  | { category: "tooManyArgs"; fn: string; index: number; expectedLength: number }
  | { category: "mismatch"; actual: string[] };

/** The error of a call that matches no signature. */
export interface MismatchError extends TypeError {
  data: MismatchData;
}

/** Finds out why arguments match none of the signatures, from left to right. */
export function createMismatchError(
  registry: TypeRegistry,
  name: string,
  args: ArrayLike<unknown>,
  signatures: readonly { readonly params: readonly Parameter[] }[],
): MismatchError {
  const fn = name || "unnamed";
  let left = signatures.map(({ params }) => params);
  for (let index = 0; index < args.length; index++) {
    const matching = left.filter((params) => {
      const parameter = parameterAt(params, index);
      return parameter !== undefined && accepts(parameter, args[index]);
    });
    if (matching.length > 0) {
      left = matching;
      continue;
    }
    const expected = expectedAt(left, index);
    // Nothing is expected where there are too many arguments.
    if (expected.length === 0) continue;
    const actual = registry.namesOf(args[index]);
    const types = `expected: ${expected.join(" or ")}, actual: ${actual.join(" | ")}, index: ${index}`;
    return mismatch(`Unexpected type of argument in function ${fn} (${types})`, {
      category: "wrongType",
      fn,
      index,
      actual,
      expected,
    });
  }
  const index = args.length;
  const lengths = left.map((params) => (hasRest(params) ? Infinity : params.length));
  if (index < Math.min(...lengths)) {
    const expected = expectedAt(left, index);
    const message = `Too few arguments in function ${fn} (expected: ${expected.join(" or ")}, index: ${index})`;
    return mismatch(message, { category: "tooFewArgs", fn, index, expected });
  }
  const expectedLength = Math.max(...lengths);
  if (index > expectedLength) {
    const message = `Too many arguments in function ${fn} (expected: ${expectedLength}, actual: ${index})`;
    return mismatch(message, { category: "tooManyArgs", fn, index, expectedLength });
  }
  const actual = Array.from(args, (value) => registry.namesOf(value).join("|"));
  const message = `Arguments of type "${actual.join(", ")}" do not match any of the defined signatures of function ${fn}.`;
  return mismatch(message, { category: "mismatch", actual });
}

function mismatch(message: string, data: MismatchData): MismatchError {
  return Object.assign(new TypeError(message), { data });
}

/** The names of all types that some signature takes at a place. */
function expectedAt(signatures: readonly (readonly Parameter[])[], index: number): string[] {
  const names = new Set(
    signatures.flatMap((params) => parameterAt(params, index)?.types.map(({ name }) => name) ?? []),
  );
  return names.has(ANY.name) ? [ANY.name] : [...names];
}
