import { reasonOf } from "../display.ts";
import { backendName } from "../backend-record.ts";
import { DispatchError } from "../errors.ts";
import type { Steps } from "../steps.ts";
import { countedTagOf, typeName } from "../type-identifier.ts";
import { KeptConversion } from "./cache.ts";
import type { ConvertedCall } from "./converted-call.ts";
import type { AnyConverter } from "./converter.ts";
import { countCopy } from "./copies.ts";
import { type Direction, FailedConversion, unawaited } from "./failure.ts";
import { KeptValue } from "./kept-value.ts";
import { awaitConversion, disposeLate, isPromiseLike } from "./promised.ts";
import type { ConversionRequest } from "./request.ts";

/** One conversion on a path. */
export interface Step {
  readonly request: ConversionRequest;
  readonly call: ConvertedCall;
  readonly converter: AnyConverter;
  /** The type that it must come to. */
  readonly tag: number;
  /** What the path began with: copies are counted by it. */
  readonly origin: unknown;
  /** What to do where copies are forbidden. */
  readonly advice: string;
}

/** What a conversion came to. */
export interface Made {
  readonly value: unknown;
  /** Whether the value is kept beyond the call, so that conversions of it can be kept too. */
  readonly isLasting: boolean;
  /** Which copy of the origin it was, where they are counted; 0 for none. */
  readonly copy: number;
}

/** Converts for this call alone. */
export function* convertForCall(step: Step, value: unknown): Steps<Made> {
  const { result, copy } = yield* convert(step, value);
  step.call.own(result, step.converter);
  return { value: result, isLasting: false, copy };
}

/**
 * Takes what is kept of a value, or converts it and keeps that.
 *
 * @param isMutated the call changes what it is given: it gets the kept value for itself, or one of its own.
 */
export function* convertOrFind(step: Step, value: unknown, kept: KeptConversion, isMutated: boolean): Steps<Made> {
  const { request, call, converter } = step;
  let place = kept;
  let found = place.find();
  while (found === undefined && request.asynchronous && place.pending !== undefined) {
    yield place.pending;
    place = KeptConversion.of(value, converter)!;
    found = place.find();
  }
  if (found instanceof KeptValue) {
    if (isMutated && found.isInUse) return yield* convertForCall(step, value);
    if (isMutated) {
      found.handOver();
      call.own(found.value, converter);
    } else {
      call.use(found);
    }
    const { from, to } = converter;
    request.log?.push({ from, to, bytes: 0, milliseconds: 0, cached: true, copy: 0 });
    return { value: found.value, isLasting: true, copy: 0 };
  }
  if (found !== undefined) throw new DispatchError("ERR_DISPATCH_CONVERSION", rememberedReason(found));
  return yield* isMutated ? convertForCall(step, value) : convertAndKeep(step, value, place);
}

/** What is said of a conversion that failed before. */
export function rememberedReason({ message }: { readonly message: string }): string {
  return `remembered: ${message}`;
}

/** @throws DispatchError `ERR_DISPATCH_COPY` where copies are forbidden and the converter makes one. */
export function checkCopy({ request, converter, advice }: Pick<Step, "request" | "converter" | "advice">): void {
  const { from, to, copies = true } = converter;
  if (!copies || request.copies !== "forbid") return;
  const backend = backendName(request.backend);
  const message = `${request.function} on backend "${backend}" would copy a ${from} to a ${to}, and copies are forbidden here; ${advice}`;
  throw new DispatchError("ERR_DISPATCH_COPY", message, { function: request.function });
}

/** Records data that a converter moved, in either direction. Answers which copy of the origin it was. */
export function recordCopy(
  { request: { log, copies }, converter, origin }: Pick<Step, "request" | "converter" | "origin">,
  { from, to }: Direction,
  bytes: number | undefined,
  start: number,
): number {
  const moves = converter.copies ?? true;
  const copy = moves && (log !== undefined || copies === "warn") ? countCopy(origin, to) : 0;
  const milliseconds = performance.now() - start;
  log?.push({ from, to, bytes: moves ? bytes : 0, milliseconds, cached: false, copy });
  return copy;
}

/** Bytes for the trace, which must not change what a call does. */
export function bytesOf({ log }: ConversionRequest, converter: AnyConverter, value: unknown): number | undefined {
  try {
    return log && converter.bytes?.(value);
  } catch {
    return undefined;
  }
}

function* convertAndKeep(step: Step, value: unknown, place: KeptConversion): Steps<Made> {
  const { call, converter, request } = step;
  const end = request.asynchronous ? place.begin() : undefined;
  try {
    const { result, copy } = yield* convert(step, value);
    const kept = place.keep(result);
    if (kept === undefined) call.own(result, converter);
    else call.use(kept);
    return { value: result, isLasting: kept !== undefined, copy };
  } catch (error) {
    if (error instanceof FailedConversion) place.fail(error.message);
    throw error;
  } finally {
    end?.();
  }
}

/** Makes a value, checks and records it. */
function* convert(step: Step, value: unknown): Steps<{ result: unknown; copy: number }> {
  const { request, converter, tag } = step;
  checkCopy(step);
  const start = performance.now();
  const bytes = bytesOf(request, converter, value);
  let result: unknown;
  try {
    result = request.asynchronous && converter.convertAsync ? converter.convertAsync(value) : converter.convert(value);
  } catch (cause) {
    throw new FailedConversion(converter, reasonOf(cause), cause);
  }
  if (isPromiseLike(result) && countedTagOf(result) !== tag) {
    if (!request.asynchronous) {
      disposeLate(result, converter);
      step.call.holdFor(result);
      throw unawaited(converter, request);
    }
    result = yield* awaitConversion(result, converter);
  }
  if (countedTagOf(result) !== tag) throw new FailedConversion(converter, `the converter gave ${typeName(result)}`);
  return { result, copy: recordCopy(step, converter, bytes, start) };
}
