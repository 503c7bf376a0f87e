import { hasRest, type Parameter, parameterAt, stringifyParameters } from "./parameter.ts";
import type { Signature } from "./signature.ts";
import type { TypedFunction } from "./typed-function.ts";

/** Which signatures are looked for. */
export interface SignatureQuery {
  /** Only those that need no conversion. */
  exact?: boolean;
}

/** Whether this is a typed function, of any universe and of typed-function's too. */
export function isTypedFunction(entity: unknown): entity is TypedFunction {
  return typeof entity === "function" && "_typedFunctionData" in entity;
}

/** The first signature that takes arguments of these types. */
export function findSignature(fn: unknown, wanted: readonly Parameter[], exact: boolean): Signature {
  const { signatures, _typedFunctionData: data, name } = checkTyped(fn);
  const wantedName = stringifyParameters(wanted);
  const same = data.signatureMap.get(wantedName);
  if (same !== undefined && (!exact || Object.hasOwn(signatures, wantedName))) return same;
  const eligible = exact ? Object.keys(signatures).map((key) => data.signatureMap.get(key)!) : data.signatures;
  const found = eligible.find(
    ({ params }) =>
      params.length <= wanted.length &&
      wanted.length > 0 &&
      wanted.every((want, i) => covers(parameterAt(params, i), want)),
  );
  if (found !== undefined) return found;
  const description = `${name || "unnamed"}(${stringifyParameters(wanted, ", ")})`;
  throw new TypeError(`Signature not found (signature: ${description})`);
}

/** The first signature that matches these arguments. */
export function resolveSignature(fn: unknown, args: ArrayLike<unknown>): Signature | null {
  const { _typedFunctionData: data } = checkTyped(fn);
  return data.signatures.find(({ test }) => test(args)) ?? null;
}

function covers(have: Parameter | undefined, want: Parameter): boolean {
  if (have === undefined || (hasRest([want]) && !have.restParam)) return false;
  return have.hasAny || want.types.every(({ name }) => have.types.some((type) => type.name === name));
}

function checkTyped(fn: unknown): TypedFunction {
  if (isTypedFunction(fn)) return fn;
  throw new TypeError("Argument is not a typed-function.");
}
