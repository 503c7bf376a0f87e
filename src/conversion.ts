import { DispatchError } from "./errors.ts";
import { change, resolver } from "./realm.ts";
import { identifierOf, internType, tagOf, type TypeIdentifier } from "./type-identifier.ts";

/** How values of one type become values of another. */
export interface Converter<From = never, To = unknown> {
  from: TypeIdentifier;
  to: TypeIdentifier;
  /** Compared with that of other ways to the same type; a whole number. Default 1. */
  cost?: number;
  convert(value: From): To;
  /** How many bytes a conversion copies, for the trace. */
  bytes?(value: From): number;
}

/** One conversion of a traced call. */
export interface ConversionRecord {
  readonly from: TypeIdentifier;
  readonly to: TypeIdentifier;
  /** Bytes copied; `undefined` where the converter does not say. */
  readonly bytes: number | undefined;
  readonly milliseconds: number;
}

const converters = new Map<string, Converter<unknown>>();

/** Adds a conversion to those of this realm. */
export function registerConverter<From, To>(converter: Converter<From, To>): void {
  const { from, to, cost = 1 } = converter;
  if (typeof converter.convert !== "function" || !Number.isInteger(cost) || cost < 0 || cost > 1e6) {
    const message = `a converter from "${from}" to "${to}" needs a convert function and a cost from 0 to 1000000`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const [source, target] = [internType(from), internType(to)];
  converters.set(key(source, target), converter);
  change("addConversion", source, target, cost);
}

/** The arguments of a call as `backend` needs them, and the type that results go back to. */
export function convertArguments(
  backend: number,
  on: readonly number[],
  args: readonly unknown[],
  log: ConversionRecord[] | undefined,
): { converted: unknown[]; callerType: number } {
  const converted = [...args];
  let callerType = 0;
  for (const position of on) {
    const tag = tagOf(args[position]);
    const path = tag === 0 ? null : resolver.argumentPath(backend, tag);
    if (path === null) continue;
    converted[position] = alongPath(args[position], path, log);
    callerType ||= tag;
  }
  return { converted, callerType };
}

/** A result in the caller's type, where a conversion leads there; a number, say, stays as it is. */
export function convertResult(result: unknown, callerType: number, log: ConversionRecord[] | undefined): unknown {
  const tag = tagOf(result);
  if (tag === callerType || tag === 0) return result;
  const path = resolver.conversionPath(tag, callerType);
  return path === null ? result : alongPath(result, path, log);
}

function alongPath(value: unknown, path: readonly number[], log: ConversionRecord[] | undefined): unknown {
  let current = value;
  for (let i = 1; i < path.length; i++) {
    const converter = converters.get(key(path[i - 1]!, path[i]!))!;
    const start = log && performance.now();
    const bytes = log && converter.bytes?.(current);
    try {
      current = converter.convert(current);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      const message = `converting ${identifierOf(path[i - 1]!)} to ${identifierOf(path[i]!)} failed: ${reason}`;
      throw new DispatchError("ERR_DISPATCH_CONVERSION", message, { cause });
    }
    log?.push({ from: converter.from, to: converter.to, bytes, milliseconds: performance.now() - start! });
  }
  return current;
}

function key(from: number, to: number): string {
  return `${from}>${to}`;
}
