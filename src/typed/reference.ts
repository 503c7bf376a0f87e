import type { AnyFunction } from "./signature.ts";

/** Stands for a function that needs others of the same typed function. */
export interface SignatureReference {
  readonly referTo: { readonly references: readonly string[]; readonly callback: AnyFunction };
}

/** Stands for a function that needs the typed function itself. */
export interface SelfReference {
  readonly referToSelf: { readonly callback: AnyFunction };
}

export function isSignatureReference(given: unknown): given is SignatureReference {
  const { references, callback } = (given as Partial<SignatureReference> | null | undefined)?.referTo ?? {};
  return Array.isArray(references) && typeof callback === "function";
}

export function isSelfReference(given: unknown): given is SelfReference {
  return typeof (given as Partial<SelfReference> | null | undefined)?.referToSelf?.callback === "function";
}

/**
 * Makes functions of references. A function that was made of one already, for another typed function, is made anew.
 *
 * @param indexes the place of each signature's function in `given`.
 * @param self the typed function, where some refer to it.
 * @throws TypeError for a reference to no signature, SyntaxError for a circle.
 */
export function resolveReferences(
  given: readonly unknown[],
  indexes: ReadonlyMap<string, number>,
  self: AnyFunction | undefined,
): AnyFunction[] {
  const resolved: (AnyFunction | undefined)[] = given.map((fn) => {
    if (isSelfReference(fn)) {
      return Object.assign(callable(fn.referToSelf.callback(self)), { referToSelf: fn.referToSelf });
    }
    return isSignatureReference(fn) ? undefined : callable(fn);
  });
  const waiting = new Set([...given.keys()].filter((i) => resolved[i] === undefined));
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const i of waiting) {
      const { referTo } = given[i] as SignatureReference;
      const functions = referTo.references.map((name) => {
        const index = indexes.get(name);
        if (index === undefined) throw new TypeError(`No definition for referenced signature "${name}"`);
        return resolved[index];
      });
      if (functions.includes(undefined)) continue;
      resolved[i] = Object.assign(callable(referTo.callback(...functions)), { referTo });
      waiting.delete(i);
    }
    if (waiting.size === before) throw new SyntaxError("Circular reference detected in resolving typed.referTo");
  }
  return resolved as AnyFunction[];
}

function callable(fn: unknown): AnyFunction {
  if (typeof fn === "function") return fn as AnyFunction;
  throw new TypeError(`A signature has ${String(fn)} in place of a function`);
}
