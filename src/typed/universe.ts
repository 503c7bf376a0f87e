import { createMismatchError, type MismatchError } from "./mismatch.ts";
import { parseSignature, stringifyParameters } from "./parameter.ts";
import { isSelfReference, isSignatureReference, type SelfReference, type SignatureReference } from "./reference.ts";
import { findSignature, isTypedFunction, type SignatureQuery, resolveSignature } from "./search.ts";
import type { AnyFunction, Signature } from "./signature.ts";
import { mergeSignatures } from "./sources.ts";
import { createTypedFunction, type SignatureFunction, type TypedFunction } from "./typed-function.ts";
import { TypeRegistry } from "./type-registry.ts";
import type { ConversionDefinition, TypeDefinition, ValueType } from "./value-type.ts";

/** Signatures by name, functions with a `signature`, or typed functions to merge. */
export type SignatureSource = Readonly<Record<string, SignatureFunction>> | ((...args: never[]) => unknown);

/** What a call does that matches no signature. */
export type MismatchHandler = (name: string, args: unknown[], signatures: readonly Signature[]) => unknown;

/** A universe of types, in which typed functions are made. */
export interface Typed {
  /**
   * Makes a typed function of signatures, of functions with a property `signature`, and of other typed functions.
   *
   * @throws TypeError, SyntaxError, Error as typed-function does.
   */
  <F extends (...args: never[]) => unknown = (...args: unknown[]) => unknown>(
    ...sources: readonly SignatureSource[]
  ): TypedFunction<F>;
  <F extends (...args: never[]) => unknown = (...args: unknown[]) => unknown>(
    name: string,
    ...sources: readonly SignatureSource[]
  ): TypedFunction<F>;

  /** A universe of its own, with the types that every one begins with. */
  create: () => Typed;
  /** Adds a type, before `Object` unless told otherwise. */
  addType(type: TypeDefinition, beforeObjectTest?: boolean): void;
  /** Adds types before another (`any`, unless told otherwise), or with `false` after all. */
  addTypes(types: readonly TypeDefinition[], before?: string | false): void;
  /** Removes all types but `any`, and all conversions. Functions made before keep theirs. */
  clear(): void;
  addConversion(conversion: ConversionDefinition, options?: { override?: boolean }): void;
  addConversions(conversions: readonly ConversionDefinition[], options?: { override?: boolean }): void;
  removeConversion(conversion: ConversionDefinition): void;
  clearConversions(): void;
  /** @throws Error when the value cannot be converted. */
  convert(value: unknown, type: string): unknown;
  /** The implementation that {@link findSignature} leads to. */
  find(fn: unknown, signature: string | readonly string[], options?: SignatureQuery): AnyFunction;
  /** @throws TypeError when there is none. */
  findSignature(fn: unknown, signature: string | readonly string[], options?: SignatureQuery): Signature;
  /** The signature that a call with these arguments would run; `null` when there is none. */
  resolve(fn: unknown, args: ArrayLike<unknown>): Signature | null;
  isTypedFunction(entity: unknown): entity is TypedFunction;
  referTo(
    ...references: [...signatures: string[], callback: (...functions: AnyFunction[]) => (...args: never[]) => unknown]
  ): SignatureReference;
  referToSelf(callback: (self: AnyFunction) => (...args: never[]) => unknown): SelfReference;
  /** What a call does that matches nothing. May be replaced at any time. */
  onMismatch: MismatchHandler;
  throwMismatchError: MismatchHandler;
  createError(name: string, args: ArrayLike<unknown>, signatures: readonly Pick<Signature, "params">[]): MismatchError;
  /** Whether functions are refused whose text calls `this(…)` or reads `this.signatures`. */
  warnAgainstDeprecatedThis: boolean;
  /** How many typed functions were made. */
  createCount: number;
  /** As typed-function has it, for tests. */
  _findType(name: string): ValueType;
}

/** A universe with the types of typed-function's. */
export function createUniverse(): Typed {
  const registry = new TypeRegistry();
  const throwMismatchError: MismatchHandler = (name, args, signatures) => {
    throw createMismatchError(registry, name, args, signatures);
  };

  const make = (...given: unknown[]): TypedFunction => {
    const named = typeof given[0] === "string";
    const { name, signatures } = mergeSignatures(named ? (given[0] as string) : undefined, given);
    typed.createCount++;
    if (signatures.size === 0) throw new SyntaxError("No signatures provided");
    if (typed.warnAgainstDeprecatedThis) checkThis(signatures.values());
    return createTypedFunction(registry, name, signatures, (args, known) => typed.onMismatch(name, args, known));
  };

  const typed: Typed = Object.assign(make as unknown as Typed, {
    create: createUniverse,
    createCount: 0,
    onMismatch: throwMismatchError,
    throwMismatchError,
    warnAgainstDeprecatedThis: true,
    isTypedFunction,
    resolve: resolveSignature,
    createError: (name, args, signatures) => createMismatchError(registry, name, args, signatures),
    addType: (type, beforeObjectTest) => {
      typed.addTypes([type], beforeObjectTest !== false && registry.has("Object") ? "Object" : "any");
    },
    addTypes: (types, before = "any") => registry.add(types, before),
    clear: () => registry.clear(),
    addConversion: (conversion, options) => registry.addConversion(conversion, options?.override === true),
    addConversions: (conversions, options) => {
      for (const conversion of conversions) typed.addConversion(conversion, options);
    },
    removeConversion: (conversion) => registry.removeConversion(conversion),
    clearConversions: () => registry.clearConversions(),
    convert: (value, type) => registry.convert(value, type),
    find: (fn, signature, options) => typed.findSignature(fn, signature, options).implementation,
    findSignature: (fn, signature, options) => {
      const text = typeof signature === "string" ? signature : signature.join(",");
      return findSignature(fn, parseSignature(text, registry), options?.exact === true);
    },
    referTo: (...given) => {
      const callback = given.at(-1);
      const references = given.slice(0, -1).map((text) => stringifyParameters(parseSignature(text, registry)));
      if (typeof callback !== "function") throw new TypeError("Callback function expected as last argument");
      return { referTo: { references, callback: callback as AnyFunction } };
    },
    referToSelf: (callback) => {
      if (typeof callback !== "function") throw new TypeError("Callback function expected as first argument");
      return { referToSelf: { callback: callback as AnyFunction } };
    },
    _findType: (name) => registry.find(name),
    // The properties of the function, without the function.
  } satisfies Omit<Typed, never>);
  return typed;
}

/** @throws SyntaxError for a function that takes `this` for the typed function, as version 2 had it. */
function checkThis(functions: Iterable<SignatureFunction>): void {
  for (const fn of functions) {
    if (isSelfReference(fn) || isSignatureReference(fn) || !/\bthis(?:\(|\.signatures\b)/.test(String(fn))) continue;
    const advice = "Use typed.referTo and typed.referToSelf instead.";
    throw new SyntaxError(
      `Using \`this\` to self-reference a function is deprecated since typed-function@3. ${advice}`,
    );
  }
}
