import { nearest } from "../spelling.ts";
import { display, reasonOf } from "../display.ts";
import { DispatchError } from "../errors.ts";
import { change } from "../realm.ts";
import { identifierOf, internType, type TypeIdentifier } from "../type-identifier.ts";

/** How values of one type become values of another. */
export interface Converter<From = never, To = unknown> {
  from: TypeIdentifier;
  to: TypeIdentifier;
  /** Compared with that of other ways to the same type; a whole number. Default 1. */
  cost?: number;
  /** Makes the value. A promise of it serves asynchronous calls only, `f.async(…)`; others fail. */
  convert(value: From): To | PromiseLike<To>;
  /** Does the same in asynchronous calls, without holding up the caller. Absent: `convert` serves them too. */
  convertAsync?(value: From): PromiseLike<To>;
  /** How many bytes a conversion copies, for the trace. */
  bytes?(value: From): number;
  /**
   * Frees a value of type `to` that nobody needs any longer: an argument made for a call, a result that was converted
   * back, a value that was kept. Absent: left to the garbage collector.
   */
  dispose?(value: To): void;
  /**
   * Keeps what was made of an object, and its failures, for as long as the object lives. Absent: each call converts
   * anew. Only the converter's author knows whether values of this type change unseen, as an image does whose samples
   * somebody writes; so nothing is kept unless it is declared here.
   *
   * `true`: for values that never change, or only by calls declared with `mutates`. A function: gives the object's
   * version, and what was kept counts while the version is the same by `Object.is`.
   *
   * With `dispose`, what is made must not refer to what it was made of, or neither is ever collected.
   */
  cache?: true | ((value: From) => unknown);
  /**
   * Brings what a call changed in a converted argument, `result`, back into the object that it was made of. Without it
   * no call that changes such an argument runs by this conversion. May give a promise as `convert` may.
   */
  writeBack?(result: To, into: From): void | PromiseLike<void>;
  /** Whether data moves. Default `true`; `false`, say for a view, is allowed where copies are forbidden. */
  copies?: boolean;
}

/** A converter whatever its types are. */
export type AnyConverter = Converter<unknown>;

/** What is known of a conversion before its code is loaded. */
export type ConverterDeclaration = Pick<Converter, "from" | "to" | "cost">;

interface Place {
  converter: AnyConverter | undefined;
  readonly load: () => AnyConverter;
}

const places = new Map<string, Place>();

/** The members of a converter that may be absent, each with what it must be. */
const MEMBERS: readonly (readonly [keyof AnyConverter, (value: unknown) => boolean, string])[] = [
  ["convertAsync", isFunction, "a function"],
  ["bytes", isFunction, "a function"],
  ["dispose", isFunction, "a function"],
  ["cache", (value) => value === true || isFunction(value), "true or a function that gives a version"],
  ["writeBack", isFunction, "a function"],
  ["copies", (value) => typeof value === "boolean", "a boolean"],
];

/** What a converter does, beside its types and its cost. */
export const CONVERTER_MEMBERS: readonly (keyof AnyConverter)[] = ["convert", ...MEMBERS.map(([member]) => member)];

const READ: ReadonlySet<string> = new Set(["from", "to", "cost", ...CONVERTER_MEMBERS]);

/**
 * Adds a conversion to those of this realm, or replaces the one between these types.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function registerConverter<From, To>(converter: Converter<From, To>): void {
  checkConverter(converter);
  checkSpelling(converter, converter);
  const known = converter as unknown as AnyConverter;
  register(converter, { converter: known, load: () => known });
}

/**
 * Adds a conversion whose code is loaded when it is first asked for. One that is there stays: to install a package
 * replaces nothing. `load` is called again after it threw.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function registerLazyConverter(
  declaration: ConverterDeclaration,
  load: () => Omit<AnyConverter, "from" | "to" | "cost">,
): void {
  const whole = (): AnyConverter => {
    const loaded = load() as Partial<Record<string, unknown>> | undefined;
    const converter: Record<string, unknown> = { ...declaration };
    for (const member of CONVERTER_MEMBERS) {
      const value = loaded?.[member];
      // Methods go on being the loaded object's own.
      if (value !== undefined) converter[member] = isFunction(value) ? (value as () => unknown).bind(loaded) : value;
    }
    checkConverter(converter);
    checkSpelling(loaded!, declaration);
    return converter as unknown as AnyConverter;
  };
  const { from, to } = declaration;
  if (!places.has(key(internType(from), internType(to)))) register(declaration, { converter: undefined, load: whole });
}

/**
 * The converter between two types that have one.
 *
 * @throws DispatchError `ERR_DISPATCH_CONVERSION` when it cannot be loaded.
 */
export function converterOf(from: number, to: number): AnyConverter {
  const place = places.get(key(from, to))!;
  try {
    return (place.converter ??= place.load());
  } catch (cause) {
    const reason = reasonOf(cause);
    const types = `from ${identifierOf(from)} to ${identifierOf(to)}`;
    const message = `the converter ${types} cannot be loaded: ${reason}`;
    throw new DispatchError("ERR_DISPATCH_CONVERSION", message, { cause });
  }
}

/** The same without loading it: `undefined` where that was not done yet. */
export function loadedConverter(from: number, to: number): AnyConverter | undefined {
  return places.get(key(from, to))!.converter;
}

/** All converters that are loaded. */
export function loadedConverters(): AnyConverter[] {
  return [...places.values()].flatMap(({ converter }) => converter ?? []);
}

function register({ from, to, cost = 1 }: ConverterDeclaration, place: Place): void {
  if (!Number.isInteger(cost) || cost < 0 || cost > 1e6) {
    const message = `${named({ from, to })} has the cost ${display(cost)}; expected a whole number from 0 to 1000000`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const [source, target] = [internType(from), internType(to)];
  places.set(key(source, target), place);
  change("addConversion", source, target, cost);
}

function checkConverter(converter: Partial<Record<keyof Converter, unknown>> | undefined): void {
  if (!isFunction(converter?.convert)) {
    const message = `${named(converter ?? {})} needs a convert function`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  for (const [member, isRight, expected] of MEMBERS) {
    const value: unknown = converter?.[member];
    if (value === undefined || isRight(value)) continue;
    const message = `${named(converter ?? {})} has ${display(value)} as ${member}; expected ${expected}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
}

/** An object may have more than the dispatcher reads, but hardly by nearly the same name. */
function checkSpelling(given: object, direction: { from?: unknown; to?: unknown }): void {
  for (const member of Object.keys(given)) {
    const meant = READ.has(member) ? undefined : nearest(member, READ);
    if (meant === undefined) continue;
    const message = `${named(direction)} has "${member}", which nothing reads; did you mean "${meant}"?`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
}

function named({ from, to }: { from?: unknown; to?: unknown }): string {
  return `a converter from ${display(from)} to ${display(to)}`;
}

function isFunction(value: unknown): boolean {
  return typeof value === "function";
}

function key(from: number, to: number): string {
  return `${from}>${to}`;
}
