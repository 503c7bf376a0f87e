import { CallPlan, type Later } from "./call-plan.ts";
import { closureCall, closureFront, closureOutcome } from "./closure-call.ts";
import { generatedCall, generatedFront, generatedOutcome, mayGenerate } from "./generated-call.ts";
import {
  conflict,
  type Parameter,
  parseSignature,
  splitUnions,
  stringifyParameters,
  withConversions,
} from "./parameter.ts";
import { compareSignatures } from "./precedence.ts";
import { isSelfReference, resolveReferences, type SelfReference, type SignatureReference } from "./reference.ts";
import { createSignature, type Signature } from "./signature.ts";
import type { TypeRegistry } from "./type-registry.ts";
import type { Given } from "./value-type.ts";

/** What may stand for the function of a signature. */
export type SignatureFunction = Given<unknown[]> | SignatureReference | SelfReference;

/** A function that chooses among its signatures by the types of its arguments. */
export type TypedFunction<F extends (...args: never[]) => unknown = (...args: unknown[]) => unknown> = F & {
  /** The given functions by canonical signature, unions split, conversions left out. */
  readonly signatures: Readonly<Record<string, (...args: unknown[]) => unknown>>;
  /** As typed-function has it, whose functions and ours know each other by it. */
  readonly _typedFunctionData: TypedFunctionData;
};

interface TypedFunctionData {
  /** In order of precedence. */
  readonly signatures: readonly Signature[];
  /** By canonical name. */
  readonly signatureMap: ReadonlyMap<string, Signature>;
}

/** One combination of types, of whatever given signature. */
interface Draft {
  readonly name: string;
  readonly params: readonly Parameter[];
  /** The place of its function among those given. */
  readonly given: number;
}

let generates: boolean | undefined;

/**
 * Makes a typed function.
 *
 * @param onMismatch what a call does that matches no signature.
 * @throws TypeError, SyntaxError
 */
export function createTypedFunction(
  registry: TypeRegistry,
  name: string,
  given: ReadonlyMap<string, SignatureFunction>,
  onMismatch: (args: unknown[], signatures: readonly Signature[]) => unknown,
): TypedFunction {
  const { drafts, exact } = draftSignatures(registry, [...given.keys()]);
  const size = { types: registry.size, conversions: registry.conversionCount };
  drafts.sort((first, second) => compareSignatures(first.params, second.params, size));
  generates ??= mayGenerate();
  // What refers to the function needs it before it can be made: a function in front of it is what both are given.
  const later: Later = {};
  const refersToSelf = [...given.values()].some(isSelfReference);
  const front = refersToSelf ? (generates ? generatedFront(later) : closureFront(later)) : undefined;
  const functions = resolveReferences([...given.values()], exact, front);
  const byName = new Map<string, Signature>();
  for (const draft of drafts) {
    // Two ways to convert to one combination: the first in order is the way.
    if (byName.has(draft.name)) continue;
    byName.set(draft.name, createSignature(draft.name, draft.params, functions[draft.given]!));
  }
  const signatures = [...byName.values()];
  const mismatch = (args: unknown[]): unknown => onMismatch(args, signatures);
  const found = generates
    ? generatedCall(new CallPlan(signatures, mismatch, generatedOutcome))
    : closureCall(new CallPlan(signatures, mismatch, closureOutcome));
  later.call = found;
  const call = front ?? found;
  Object.defineProperty(call, "name", { value: name, configurable: true });
  const data: TypedFunctionData = { signatures, signatureMap: byName };
  return Object.assign(call, {
    signatures: Object.fromEntries([...exact].map(([exactName, i]) => [exactName, functions[i]!])),
    _typedFunctionData: data,
  });
}

/** Reads signatures, adds conversions, and splits unions. */
function draftSignatures(
  registry: TypeRegistry,
  texts: readonly string[],
): { drafts: Draft[]; exact: Map<string, number> } {
  const drafts: Draft[] = [];
  const exact = new Map<string, number>();
  const parsed: Parameter[][] = [];
  for (const [given, text] of texts.entries()) {
    const params = parseSignature(text, registry);
    const other = parsed.find((earlier) => conflict(earlier, params));
    if (other !== undefined) {
      const pair = [other, params].map((each) => `"${stringifyParameters(each)}"`);
      throw new TypeError(`Conflicting signatures ${pair.join(" and ")}.`);
    }
    parsed.push(params);
    for (const split of splitUnions(params.map((parameter) => withConversions(parameter, registry)))) {
      const name = stringifyParameters(split);
      drafts.push({ name, params: split, given });
      if (split.every(({ hasConversion }) => !hasConversion)) exact.set(name, given);
    }
  }
  return { drafts, exact };
}
