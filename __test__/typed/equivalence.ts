// Gives the same universes, functions and calls to typed-function and to ours, and compares results and errors.
import { isDeepStrictEqual } from "node:util";
import typed, { type Typed } from "../../src/typed/index.ts";
import { generate, type Universe } from "./generated-functions.ts";

// It has no declarations.
const packageName: string = "typed-function";

type Theirs = Universe & Pick<Typed, "resolve">;

/** typed-function, as far as tests use it. */
export const typedFunction: Theirs = ((await import(packageName)) as { default: Theirs }).default;

type Outcome = { result: unknown } | { error: string; data: unknown };

/** What two libraries make of one thing. */
export interface Difference {
  description: string;
  args?: unknown[];
  expected: unknown;
  actual: unknown;
}

/**
 * The differences between the libraries in functions generated from these seeds, and how many functions there were
 * that both could make.
 */
export function compare(from: number, to: number): { functions: number; differences: Difference[] } {
  const differences: Difference[] = [];
  let functions = 0;
  for (let seed = from; seed < to; seed++) {
    const { build, calls, description } = generate(seed);
    let theirs: ((...args: unknown[]) => unknown) | undefined;
    let ours: ((...args: unknown[]) => unknown) | undefined;
    const note = (expected: unknown, actual: unknown, args?: unknown[]): void => {
      if (!same(actual, expected)) differences.push({ description, ...(args && { args }), expected, actual });
    };
    const expected = outcome(() => (theirs = build(typedFunction)));
    const actual = outcome(() => (ours = build(typed as unknown as Universe)));
    if (theirs === undefined || ours === undefined) {
      note(expected, actual);
      continue;
    }
    functions++;
    note(signaturesOf(theirs), signaturesOf(ours));
    // Twice: the first call of its kind notes what those that follow read.
    for (const args of [...calls, ...calls]) {
      note(
        outcome(() => asDocumented(theirs!, args)),
        outcome(() => ours!(...args)),
        args,
      );
    }
  }
  return { functions, differences };
}

function outcome(run: () => unknown): Outcome {
  try {
    return { result: run() };
  } catch (error) {
    return { error: `${(error as Error).name}: ${(error as Error).message}`, data: (error as { data?: unknown }).data };
  }
}

/**
 * What typed-function documents a call to be. The call itself may differ from it: it tries the first six signatures
 * ahead of the order of precedence, those of them that have two parameters at most and no rest parameter.
 */
function asDocumented(fn: (...args: unknown[]) => unknown, args: unknown[]): unknown {
  return (typedFunction.resolve(fn, args)?.implementation ?? fn)(...args);
}

/** Arguments by identity: an implementation gets those of the call. */
function same(first: unknown, second: unknown): boolean {
  if (Object.is(first, second)) return true;
  if (isOutcome(first) && isOutcome(second)) return same(first.result, second.result);
  if (!Array.isArray(first) || !Array.isArray(second)) {
    return isPlain(first) && isPlain(second) && isDeepStrictEqual(first, second);
  }
  return first.length === second.length && first.every((item, i) => same(item, second[i]));
}

function isOutcome(value: unknown): value is { result: unknown } {
  return isPlain(value) && "result" in value;
}

function isPlain(value: unknown): value is object {
  return typeof value === "object" && value !== null && ("result" in value || "error" in value || "exact" in value);
}

function signaturesOf(fn: object): unknown {
  const { signatures, _typedFunctionData: data } = fn as {
    signatures: object;
    _typedFunctionData: { signatures: { params: { name: string }[] }[] };
  };
  const names = data.signatures.map(({ params }) => params.map(({ name }) => name).join());
  return { names, exact: Object.keys(signatures) };
}
