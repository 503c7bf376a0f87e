import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { change, type Implementation, resolver } from "./realm.ts";
import { internType, tagOf, typeName, type TypeIdentifier } from "./type-identifier.ts";

/** How values of one type become values of another. */
export interface Converter<From = never, To = unknown> {
  from: TypeIdentifier;
  to: TypeIdentifier;
  /** Compared with that of other ways to the same type; a whole number. Default 1. */
  cost?: number;
  /** Makes the value, at once: a promise is an error. */
  convert(value: From): To;
  /** How many bytes a conversion copies, for the trace. */
  bytes?(value: From): number;
  /**
   * Frees a value of type `to` that a call needs no longer: an argument that was made for it, or a result that was
   * converted back. Absent: left to the garbage collector.
   */
  dispose?(value: To): void;
}

/** One conversion of a traced call. */
export interface ConversionRecord {
  readonly from: TypeIdentifier;
  readonly to: TypeIdentifier;
  /** Bytes copied; `undefined` where the converter does not say. */
  readonly bytes: number | undefined;
  readonly milliseconds: number;
}

/** The arguments of a call, converted. */
export interface ConvertedCall {
  readonly args: readonly unknown[];
  /** The type that results go back to: that of the first argument converted. */
  readonly callerType: number;
  /** What conversions made, in order. */
  readonly made: Made[];
}

interface Made {
  readonly value: unknown;
  readonly tag: number;
  readonly converter: Converter<unknown>;
}

const converters = new Map<string, Converter<unknown>>();

/**
 * Adds a conversion to those of this realm, or replaces the one between these types.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function registerConverter<From, To>(converter: Converter<From, To>): void {
  const { from, to, cost = 1 } = (converter as Converter<From, To> | undefined) ?? { from: "", to: "" };
  if (
    typeof (converter as Partial<Converter> | undefined)?.convert !== "function" ||
    !Number.isInteger(cost) ||
    cost < 0 ||
    cost > 1e6
  ) {
    const given = `from ${display(from)} to ${display(to)}`;
    const message = `a converter ${given} needs a convert function and a cost, a whole number from 0 to 1000000`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const [source, target] = [internType(from), internType(to)];
  converters.set(key(source, target), converter);
  change("addConversion", source, target, cost);
}

/**
 * The arguments of a call as `backend` needs them.
 *
 * @throws DispatchError `ERR_DISPATCH_CONVERSION`; nothing stays undisposed.
 */
export function convertArguments(
  backend: number,
  on: readonly number[],
  given: readonly unknown[],
  log: ConversionRecord[] | undefined,
): ConvertedCall {
  const args = [...given];
  const made: Made[] = [];
  let callerType = 0;
  try {
    for (const position of on) {
      const tag = tagOf(given[position]);
      const path = tag === 0 ? null : resolver.argumentPath(backend, tag);
      if (path === null) continue;
      args[position] = alongPath(given[position], path, made, log);
      callerType ||= tag;
    }
  } catch (error) {
    dispose(made);
    throw error;
  }
  return { args, callerType, made };
}

/** Runs an implementation on converted arguments, brings the result back, and disposes what only the call needed. */
export function runConverted(run: Implementation, call: ConvertedCall, log: ConversionRecord[] | undefined): unknown {
  const settle = (result: unknown): unknown => {
    try {
      return convertResult(result, call, log);
    } finally {
      dispose(call.made);
    }
  };
  const fail = (error: unknown): never => {
    dispose(call.made);
    throw error;
  };
  let result: unknown;
  try {
    result = run(...call.args);
  } catch (error) {
    return fail(error);
  }
  return result instanceof Promise ? result.then(settle, fail) : settle(result);
}

/** A result of a type that arguments were converted to goes back to the caller's; any other stays as it is. */
function convertResult(result: unknown, { callerType, made }: ConvertedCall, log?: ConversionRecord[]): unknown {
  const tag = tagOf(result);
  const source = made.find((value) => value.tag === tag);
  const path = source === undefined ? null : resolver.conversionPath(tag, callerType);
  if (source === undefined || path === null) {
    keep(result, made);
    return result;
  }
  // The raw result is disposed with the arguments, after those that the way back goes through.
  if (!made.some(({ value }) => value === result)) made.push({ value: result, tag, converter: source.converter });
  const back = alongPath(result, path, made, log);
  keep(back, made);
  return back;
}

function alongPath(value: unknown, path: readonly number[], made: Made[], log?: ConversionRecord[]): unknown {
  let current = value;
  for (let i = 1; i < path.length; i++) {
    const tag = path[i]!;
    const converter = converters.get(key(path[i - 1]!, tag))!;
    const start = performance.now();
    const bytes = log && bytesOf(converter, current);
    current = converted(converter, current, tag);
    made.push({ value: current, tag, converter });
    log?.push({ from: converter.from, to: converter.to, bytes, milliseconds: performance.now() - start });
  }
  return current;
}

function converted(converter: Converter<unknown>, value: unknown, tag: number): unknown {
  let result: unknown;
  try {
    result = converter.convert(value);
  } catch (cause) {
    throw failure(converter, cause instanceof Error ? cause.message : display(cause), cause);
  }
  if (tagOf(result) === tag) return result;
  const given = result instanceof Promise ? "a promise; converters answer at once" : `a ${typeName(result)}`;
  throw failure(converter, `the converter gave ${given}`);
}

function failure({ from, to }: Converter<unknown>, reason: string, cause?: unknown): DispatchError {
  return new DispatchError("ERR_DISPATCH_CONVERSION", `converting ${from} to ${to} failed: ${reason}`, { cause });
}

/** Bytes for the trace, which must not change what a call does. */
function bytesOf(converter: Converter<unknown>, value: unknown): number | undefined {
  try {
    return converter.bytes?.(value);
  } catch {
    return undefined;
  }
}

function keep(result: unknown, made: Made[]): void {
  const at = made.findIndex(({ value }) => value === result);
  if (at >= 0) made.splice(at, 1);
}

function dispose(made: readonly Made[]): void {
  for (const { value, converter } of made) converter.dispose?.(value);
}

function key(from: number, to: number): string {
  return `${from}>${to}`;
}
