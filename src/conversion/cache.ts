import { reasonOf } from "../display.ts";
import type { AnyConverter } from "./converter.ts";
import { forgetCopies } from "./copies.ts";
import { FailedConversion } from "./failure.ts";
import { isObject, type KeptFailure, KeptValue, type Shelf, shelfOf } from "./kept-value.ts";

/** A conversion under way in an asynchronous call. */
interface Pending {
  readonly version: unknown;
  readonly done: Promise<void>;
}

const underWay = new WeakMap<Shelf, Map<AnyConverter, Pending>>();

/**
 * What is kept of one object by one converter, at the version that the object has when this is made. What is stored
 * after the object's conversions were forgotten in the meantime is not kept.
 */
export class KeptConversion {
  readonly #source: object;
  readonly #converter: AnyConverter;
  readonly #version: unknown;
  readonly #shelf: Shelf;

  private constructor(source: object, converter: AnyConverter, version: unknown) {
    this.#source = source;
    this.#converter = converter;
    this.#version = version;
    this.#shelf = shelfOf(source);
  }

  /**
   * `undefined` where nothing is kept: the converter does not ask for it, or the value has no identity.
   *
   * @throws DispatchError `ERR_DISPATCH_CONVERSION` when the version function throws.
   */
  static of(source: unknown, converter: AnyConverter): KeptConversion | undefined {
    const { cache } = converter;
    if (cache === undefined || !isObject(source)) return undefined;
    return new KeptConversion(source, converter, cache === true || versionOf(source, converter));
  }

  /** The value or the failure that counts now. One of another version is forgotten. */
  find(): KeptValue | KeptFailure | undefined {
    const found = this.#shelf.get(this.#converter);
    if (found === undefined || Object.is(found.version, this.#version)) return found;
    this.#shelf.delete(this.#converter);
    // The object has changed, and to copy it again is no waste.
    forgetCopies(this.#source);
    if (found instanceof KeptValue) found.forget();
    return undefined;
  }

  /** Keeps a value. `undefined` where it stays the caller's to dispose, as nothing or another one is to be kept. */
  keep(value: unknown): KeptValue | undefined {
    if (shelfOf(this.#source) !== this.#shelf || this.find() instanceof KeptValue) return undefined;
    return new KeptValue(this.#source, value, this.#version, this.#converter, this.#shelf);
  }

  /** Keeps a failure, unless there is a value. */
  fail(message: string): void {
    if (!(this.find() instanceof KeptValue)) this.#shelf.set(this.#converter, { version: this.#version, message });
  }

  /** Settles when another call has done the same conversion; `undefined` when none is at it. */
  get pending(): Promise<void> | undefined {
    const pending = underWay.get(this.#shelf)?.get(this.#converter);
    return pending !== undefined && Object.is(pending.version, this.#version) ? pending.done : undefined;
  }

  /** Lets other calls know that this conversion is under way, until the function returned is called. */
  begin(): () => void {
    const conversions = underWay.get(this.#shelf) ?? new Map<AnyConverter, Pending>();
    underWay.set(this.#shelf, conversions);
    let end!: () => void;
    const done = new Promise<void>((resolve) => (end = resolve));
    const pending = { version: this.#version, done };
    conversions.set(this.#converter, pending);
    return () => {
      if (conversions.get(this.#converter) === pending) conversions.delete(this.#converter);
      end();
    };
  }
}

function versionOf(source: unknown, converter: AnyConverter): unknown {
  try {
    return (converter.cache as (value: unknown) => unknown)(source);
  } catch (cause) {
    throw new FailedConversion(converter, `its version cannot be told: ${reasonOf(cause)}`, cause);
  }
}
