import { backendName } from "../backend-record.ts";
import { DispatchError } from "../errors.ts";
import { resolver } from "../realm.ts";
import type { Steps } from "../steps.ts";
import { identifierOf, tagOf, typeName } from "../type-identifier.ts";
import { KeptConversion } from "./cache.ts";
import { type ConvertedArgument, ConvertedCall } from "./converted-call.ts";
import { type AnyConverter, converterOf, loadedConverter } from "./converter.ts";
import { reportCopiedTwice } from "./copies.ts";
import { FailedConversion } from "./failure.ts";
import { isObject, KeptValue } from "./kept-value.ts";
import type { ConversionRequest } from "./request.ts";
import { checkCopy, convertForCall, convertOrFind, type Made, rememberedReason, type Step } from "./step.ts";

/**
 * Why the arguments of a call cannot be converted, as far as that is known without doing it: a failure that is
 * remembered, or an argument that the call changes and that could not be brought back. Where there is no argument: why
 * the result cannot.
 */
export function conversionRefusal(request: ConversionRequest): string | undefined {
  const way = madePath(request);
  if (way !== null) {
    const [asked, made] = [way[0]!, way.at(-1)!];
    if (resolver.conversionPath(made, asked) !== null) return undefined;
    return `makes a ${identifierOf(made)}, and no conversion leads from there to ${identifierOf(asked)}`;
  }
  const mutated = mutatedBy(request);
  try {
    // What is not loaded yet cannot have been tried, and is not loaded for a backend that may refuse the call.
    for (const value of request.values) {
      const path = pathOf(request, value);
      if (path === null) continue;
      const known = [...convertersOf(path, loadedConverter)];
      const reason =
        (mutated.has(value) ? writeBackRefusal(value, known) : undefined) ?? rememberedFailure(value, known);
      if (reason !== undefined) return reason;
    }
  } catch (error) {
    if (error instanceof DispatchError && error.code === "ERR_DISPATCH_CONVERSION") return error.message;
    throw error;
  }
  return undefined;
}

/**
 * Converts the arguments of a call to the types of `request.backend`. An object that is given twice is converted once.
 * The result of a call without arguments goes to the type that it asks for, as it would to that of an argument.
 *
 * @throws DispatchError `ERR_DISPATCH_CONVERSION`; `ERR_DISPATCH_COPY` where copies are forbidden. Nothing stays
 * undisposed.
 */
export function* convertValues(request: ConversionRequest): Steps<ConvertedCall> {
  const call = new ConvertedCall(request.values);
  const mutated = mutatedBy(request);
  const done = new Map<unknown, unknown>();
  let isWhole = false;
  try {
    for (const [i, value] of request.values.entries()) {
      const path = pathOf(request, value);
      if (path === null) continue;
      if (!done.has(value)) {
        call.callerType ||= path[0]!;
        const converted = yield* convertArgument(request, call, value, path, mutated.has(value));
        call.values[i] = converted;
        // Equal numbers, say, are not one object.
        if (isObject(value)) done.set(value, converted);
      } else {
        call.values[i] = done.get(value);
      }
    }
    const made = madePath(request);
    if (made !== null) {
      call.callerType = made[0]!;
      for (const [i, converter] of [...convertersOf(made, converterOf)].entries())
        call.targets.set(made[i + 1]!, converter);
    }
    isWhole = true;
    return call;
  } finally {
    // An error, or an asynchronous call that is given up.
    if (!isWhole) call.release();
  }
}

function* convertArgument(
  request: ConversionRequest,
  call: ConvertedCall,
  given: unknown,
  path: readonly number[],
  isMutated: boolean,
): Steps<unknown> {
  const converters = [...convertersOf(path, converterOf)];
  const refusal = isMutated ? writeBackRefusal(given, converters) : undefined;
  if (refusal !== undefined) throw new DispatchError("ERR_DISPATCH_CONVERSION", refusal);
  const argument: ConvertedArgument = { values: [given], converters: [], isMutated };
  call.arguments.push(argument);
  const advice = "convert it before the call, choose a backend that takes it as it is, or allow copies";
  let value = given;
  // Only what was made of the caller's object, or of what is kept, can be found again.
  let isLasting = true;
  let repeated: AnyConverter | undefined;
  for (const [i, converter] of converters.entries()) {
    const step: Step = { request, call, converter, tag: path[i + 1]!, origin: given, advice };
    // To write back moves data too, whether or not there is a kept value to begin with.
    if (isMutated) checkCopy(step);
    const kept: KeptConversion | undefined = isLasting ? KeptConversion.of(value, converter) : undefined;
    const made: Made = yield* kept === undefined
      ? convertForCall(step, value)
      : convertOrFind(step, value, kept, isMutated);
    ({ value, isLasting } = made);
    if (made.copy > 1) repeated ??= converter;
    argument.values.push(value);
    argument.converters.push(converter);
    call.targets.set(step.tag, converter);
  }
  const tag = tagOf(value);
  if (tag !== path.at(-1) && !resolver.takesConverted(request.backend, tag)) {
    const only = `backend "${backendName(request.backend)}" takes direct instances only`;
    throw new FailedConversion(converters.at(-1)!, `the converter gave ${typeName(value)}, and ${only}`);
  }
  if (request.copies === "warn" && repeated !== undefined) {
    reportCopiedTwice(given, typeName(given), repeated.to, request.function);
  }
  return value;
}

/**
 * Of a call without arguments, the types on the way from the one that it asks for to the backend's, as if it had been
 * given; `null` of others.
 */
function madePath({ backend, values, keepType }: ConversionRequest): readonly number[] | null {
  const isGiven = values.some((value) => value !== undefined && value !== null);
  return isGiven ? null : resolver.argumentPath(backend, keepType);
}

/** Whether a dispatch argument of a call is not what the backend takes. */
export function isConverted(request: ConversionRequest, value: unknown): boolean {
  return pathOf(request, value) !== null;
}

/** The types on the way of an argument to the backend's; `null` where it stays as it is. */
function pathOf({ backend }: ConversionRequest, value: unknown): readonly number[] | null {
  const tag = tagOf(value);
  return tag === 0 ? null : resolver.argumentPath(backend, tag);
}

/** The objects that a call changes, at whatever positions they are given. */
function mutatedBy({ mutates, values }: ConversionRequest): ReadonlySet<unknown> {
  return new Set(mutates.map((i) => values[i]).filter((value) => isObject(value)));
}

/** The converters along a path, up to the first that there is none of. */
function* convertersOf(
  path: readonly number[],
  find: (from: number, to: number) => AnyConverter | undefined,
): Generator<AnyConverter, undefined> {
  for (let i = 1; i < path.length; i++) {
    const converter = find(path[i - 1]!, path[i]!);
    if (converter === undefined) return;
    yield converter;
  }
}

function writeBackRefusal(value: unknown, converters: readonly AnyConverter[]): string | undefined {
  for (const converter of converters) {
    if (converter.writeBack !== undefined) continue;
    const { from, to } = converter;
    return `the call changes a ${typeName(value)}, and the converter from ${from} to ${to} has no writeBack to bring that back`;
  }
  return undefined;
}

function rememberedFailure(value: unknown, converters: readonly AnyConverter[]): string | undefined {
  let source = value;
  for (const converter of converters) {
    const kept = KeptConversion.of(source, converter)?.find();
    if (kept === undefined) return undefined;
    if (!(kept instanceof KeptValue)) return rememberedReason(kept);
    source = kept.value;
  }
  return undefined;
}
