import { createUniverse, type Typed } from "./universe.ts";

export type { MismatchData, MismatchError } from "./mismatch.ts";
export type { SelfReference, SignatureReference } from "./reference.ts";
export type { SignatureQuery } from "./search.ts";
export type { Signature } from "./signature.ts";
export type { SignatureFunction, TypedFunction } from "./typed-function.ts";
export type { MismatchHandler, SignatureSource, Typed } from "./universe.ts";
export type { ConversionDefinition, TypeDefinition } from "./value-type.ts";

/** The universe that is there from the start. `typed.create()` makes others. */
const typed: Typed = createUniverse();
export default typed;
