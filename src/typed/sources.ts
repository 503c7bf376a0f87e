import { isTypedFunction } from "./search.ts";
import type { SignatureFunction } from "./typed-function.ts";

/** Signatures from several sources, as one. */
export interface Merged {
  readonly name: string;
  readonly signatures: ReadonlyMap<string, SignatureFunction>;
}

/**
 * Puts together what a typed function is made of.
 *
 * @param name what the function is to be called; left out where its sources shall say.
 * @param given the sources, after the name if there is one.
 * @throws TypeError for what is no source, Error for names or signatures at odds.
 */
export function mergeSignatures(name: string | undefined, given: readonly unknown[]): Merged {
  const signatures = new Map<string, SignatureFunction>();
  let common: string | undefined;
  for (const [index, source] of given.entries()) {
    if (index === 0 && name !== undefined) continue;
    const found = signaturesOf(source);
    const entries = Object.entries(found?.signatures ?? {});
    if (entries.length === 0) {
      const message = `Argument to 'typed' at index ${index} is not a (typed) function, nor an object with signatures as keys and functions as values.`;
      throw Object.assign(new TypeError(message), { data: { index, argument: source } });
    }
    if (name === undefined) common = sameName(common, found?.name());
    for (const [signature, fn] of entries) add(signatures, signature, fn);
  }
  return { name: name ?? common ?? "", signatures };
}

interface Found {
  readonly signatures: Readonly<Record<string, SignatureFunction>>;
  readonly name: () => string | undefined;
}

function signaturesOf(source: unknown): Found | undefined {
  if (typeof source === "function") {
    const name = (): string => source.name;
    const fn = source as unknown as SignatureFunction & { signature?: unknown };
    if (typeof fn.signature === "string") return { signatures: { [fn.signature]: fn }, name };
    return isTypedFunction(source) ? { signatures: source.signatures, name } : undefined;
  }
  if (typeof source !== "object" || source === null || source.constructor !== Object) return undefined;
  const signatures = source as Found["signatures"];
  return { signatures, name: () => nameOfAll(Object.values(signatures)) };
}

/** The name that those functions agree on that are typed, or say their signature. */
function nameOfAll(functions: readonly unknown[]): string | undefined {
  let common: string | undefined;
  for (const fn of functions) {
    const { signature, name } = (fn ?? {}) as { signature?: unknown; name?: string };
    if (isTypedFunction(fn) || typeof signature === "string") common = sameName(common, name);
  }
  return common;
}

function sameName(expected: string | undefined, actual: string | undefined): string | undefined {
  if (!expected) return actual;
  if (!actual || actual === expected) return expected;
  const message = `Function names do not match (expected: ${expected}, actual: ${actual})`;
  throw Object.assign(new Error(message), { data: { actual, expected } });
}

function add(signatures: Map<string, SignatureFunction>, signature: string, fn: SignatureFunction): void {
  const present = signatures.get(signature);
  if (present !== undefined && present !== fn) {
    const data = { signature, sourceFunction: fn, destFunction: present };
    throw Object.assign(new Error(`Signature "${signature}" is defined twice`), { data });
  }
  signatures.set(signature, fn);
}
