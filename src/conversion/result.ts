import { backendName } from "../backend-record.ts";
import { reasonOf } from "../display.ts";
import { DispatchError } from "../errors.ts";
import { resolver } from "../realm.ts";
import { runSteps, runStepsAsync, type Steps } from "../steps.ts";
import { countedAs, countedTagOf, identifierOf } from "../type-identifier.ts";
import type { ConvertedCall } from "./converted-call.ts";
import { converterOf } from "./converter.ts";
import { type Direction, FailedConversion, unawaited } from "./failure.ts";
import { awaitConversion, awaitOutcome, disposeLate, isPromiseLike } from "./promised.ts";
import type { ConversionRequest } from "./request.ts";
import { bytesOf, convertForCall, recordCopy } from "./step.ts";

/**
 * Runs an implementation on converted arguments, brings back what it changed and what it gave, and frees what only the
 * call needed. A promise is followed. When the implementation throws, nothing is brought back.
 */
export function runConverted(run: () => unknown, call: ConvertedCall, request: ConversionRequest): unknown {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    call.release();
    throw error;
  }
  if (!isPromiseLike(result)) return runSteps(settle(result, call, request));
  return Promise.resolve(result).then(
    // The caller waits already, so converters may take their time too.
    (value: unknown) => runStepsAsync(settle(value, call, { ...request, asynchronous: true })),
    (error: unknown) => {
      call.release();
      throw error;
    },
  );
}

/** The same in an asynchronous call. */
export function* runConvertedSteps(
  run: () => unknown,
  call: ConvertedCall,
  request: ConversionRequest,
): Steps<unknown> {
  let result: unknown;
  try {
    result = run();
  } catch (error) {
    call.release();
    throw error;
  }
  if (!isPromiseLike(result)) return yield* settle(result, call, request);
  const promise = Promise.resolve(result);
  const outcome = yield* awaitOutcome(
    promise,
    () =>
      void promise.then(
        (late) => letGo(late, call),
        () => call.release(),
      ),
  );
  if ("value" in outcome) return yield* settle(outcome.value, call, request);
  call.release();
  throw outcome.cause;
}

/** Frees a result that nobody waits for any longer, and with it what the implementation was at work on. */
function letGo(result: unknown, call: ConvertedCall): void {
  ownParts(result, call);
  call.release();
}

function* settle(result: unknown, call: ConvertedCall, request: ConversionRequest): Steps<unknown> {
  try {
    yield* writeBack(call, request);
    yield* call.holders.restore((value) => handBack(value, call, request));
    ownParts(result, call);
    const back = yield* convertParts(result, call, request);
    for (const part of partsOf(back, call)) call.handOver(part);
    return back;
  } finally {
    call.release();
  }
}

/** Brings what the call changed back into the caller's objects, step by step. */
function* writeBack(call: ConvertedCall, request: ConversionRequest): Steps<void> {
  for (const { isMutated, values, converters } of call.arguments) {
    for (let i = isMutated ? converters.length - 1 : -1; i >= 0; i--) {
      const [converter, from, into] = [converters[i]!, values[i + 1], values[i]];
      const direction = { from: converter.to, to: converter.from };
      const start = performance.now();
      const bytes = bytesOf(request, converter, into);
      let written: void | PromiseLike<void>;
      try {
        written = converter.writeBack!(from, into);
      } catch (cause) {
        throw new FailedConversion(direction, reasonOf(cause), cause);
      }
      if (isPromiseLike(written)) {
        if (!request.asynchronous) {
          disposeLate(written, direction);
          call.holdFor(written);
          throw unawaited(direction, request);
        }
        yield* awaitConversion(written, direction);
      }
      recordCopy({ request, converter, origin: from }, direction, bytes, start);
    }
  }
}

/** The elements of a list that is a result, the members of a plain object, else the result. */
function partsOf(result: unknown, call: ConvertedCall): readonly unknown[] {
  if (Array.isArray(result)) return result;
  return isRecord(result, call) ? Object.values(result) : [result];
}

/** Whether a result is a plain object, and no value of a type that arguments were converted to. */
function isRecord(result: unknown, call: ConvertedCall): result is Record<string, unknown> {
  if (typeof result !== "object" || result === null) return false;
  const prototype: unknown = Object.getPrototypeOf(result);
  return (prototype === Object.prototype || prototype === null) && !call.targets.has(countedTagOf(result));
}

/** Has the call dispose of a raw result with its arguments; whatever of it the caller gets is handed over. */
function ownParts(result: unknown, call: ConvertedCall): void {
  for (const part of partsOf(result, call)) {
    const source = call.targets.get(countedTagOf(part));
    if (source !== undefined) call.own(part, source);
  }
}

/** What the caller is to have of a value that it finds in an object of its own. */
function* handBack(value: unknown, call: ConvertedCall, request: ConversionRequest): Steps<unknown> {
  const own = yield* convertResult(value, call, request);
  call.handOver(own);
  return own;
}

/** Converts each element of a list and each member of a plain object; where nothing is to be converted, they stay the same. */
function* convertParts(result: unknown, call: ConvertedCall, request: ConversionRequest): Steps<unknown> {
  const own = call.holders.ownOf(result);
  if (own !== undefined) return own;
  const isList = Array.isArray(result);
  if (!isList && !isRecord(result, call)) return yield* convertResult(result, call, request);
  if (!partsOf(result, call).some((part) => call.targets.has(countedTagOf(part)))) return result;
  const back: [string, unknown][] = [];
  for (const [name, part] of Object.entries(result)) back.push([name, yield* convertResult(part, call, request)]);
  return isList ? back.map(([, part]) => part) : Object.fromEntries(back);
}

/** Results are of the caller's type, whoever runs the call: one of another would change a program unseen. */
function noWayBack({ to }: Direction, call: ConvertedCall, request: ConversionRequest): DispatchError {
  const back = `no conversion leads back to ${identifierOf(call.callerType)}`;
  const advice = `register one, or open the scope with { type: "${to}" } to have results there`;
  const message = `${request.function} on backend "${backendName(request.backend)}" gave a ${to}, and ${back}; ${advice}`;
  return new DispatchError("ERR_DISPATCH_CONVERSION", message, { function: request.function });
}

/**
 * A result of a type that arguments were converted to goes back to the caller's, and what was made of an object that
 * the call changes goes back to that object itself; any other stays as it is.
 */
function* convertResult(result: unknown, call: ConvertedCall, request: ConversionRequest): Steps<unknown> {
  const changed = call.arguments.find(({ isMutated, values }) => isMutated && values.at(-1) === result);
  if (changed !== undefined) return changed.values[0];
  const tag = countedTagOf(result);
  const source = call.targets.get(tag);
  const stays = source === undefined || tag === call.callerType || tag === countedAs(request.keepType);
  if (stays) return result;
  const path = resolver.conversionPath(tag, call.callerType);
  // Of several types that the caller gave it takes any.
  if (path === null && request.values.some((value) => countedTagOf(value) === tag)) return result;
  if (path === null) throw noWayBack(source, call, request);
  let value = result;
  for (let i = 1; i < path.length; i++) {
    const converter = converterOf(path[i - 1]!, path[i]!);
    const advice = `open the scope with { type: "${source.to}" } to have results there, or allow copies`;
    const step = { request, call, converter, tag: path[i]!, origin: result, advice };
    ({ value } = yield* convertForCall(step, value));
  }
  return value;
}
