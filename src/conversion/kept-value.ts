import type { AnyConverter } from "./converter.ts";
import { dispose } from "./dispose.ts";

/** A conversion that failed, and is not tried again while the version is the same. */
export interface KeptFailure {
  readonly version: unknown;
  readonly message: string;
}

/** What is kept of one object. */
export type Shelf = Map<AnyConverter, KeptValue | KeptFailure>;

const shelves = new WeakMap<object, Shelf>();

/** Kept values by themselves, to know one that comes out of a call. */
const byValue = new WeakMap<object, KeptValue>();

// Holds the value, never what it was made of.
const orphans = new FinalizationRegistry<KeptValue>((kept) => kept.forget());

/** A converted value that outlives the call it was made for. */
export class KeptValue {
  readonly value: unknown;
  /** What the converter's version function said of the source; `true` without one. */
  readonly version: unknown;
  readonly #converter: AnyConverter;
  readonly #shelf: Shelf;
  #users = 0;
  #isKept = true;
  #isOurs = true;

  /** Keeps `value` on the shelf of `source`. */
  constructor(source: object, value: unknown, version: unknown, converter: AnyConverter, shelf: Shelf) {
    this.value = value;
    this.version = version;
    this.#converter = converter;
    this.#shelf = shelf;
    shelf.set(converter, this);
    if (isObject(value)) byValue.set(value, this);
    // Without `dispose` there is nothing to do for an orphan, and its value may well refer to the source.
    if (converter.dispose !== undefined) orphans.register(source, this, this);
  }

  /** Whether calls are at work on it. */
  get isInUse(): boolean {
    return this.#users > 0;
  }

  /** A call begins to use it; it stays undisposed until {@link release}. */
  use(): void {
    this.#users++;
  }

  /** A call needs it no longer. */
  release(): void {
    this.#users--;
    this.#disposeIfDone();
  }

  /** Keeps it no longer: it is disposed now, or when the last call is done with it. */
  forget(): void {
    this.#leave();
    this.#disposeIfDone();
  }

  /** Keeps it no longer, and leaves it to whoever has it now: nothing here disposes it. */
  handOver(): void {
    this.#isOurs = false;
    this.#leave();
  }

  #leave(): void {
    this.#isKept = false;
    if (this.#shelf.get(this.#converter) === this) this.#shelf.delete(this.#converter);
    if (isObject(this.value) && byValue.get(this.value) === this) byValue.delete(this.value);
    orphans.unregister(this);
  }

  #disposeIfDone(): void {
    if (this.#isKept || !this.#isOurs || this.#users > 0) return;
    this.#isOurs = false;
    forgetKept(this.value);
    dispose(this.value, this.#converter);
  }
}

/** The shelf of an object, a new one where it has none. */
export function shelfOf(source: object): Shelf {
  let shelf = shelves.get(source);
  if (shelf === undefined) shelves.set(source, (shelf = new Map()));
  return shelf;
}

/**
 * Forgets what was made of a value, what was made of that, and so on. Calls at work on any of it go on with it, and
 * conversions under way are not kept.
 */
export function forgetKept(value: unknown): void {
  const shelf = isObject(value) ? shelves.get(value) : undefined;
  if (shelf === undefined) return;
  shelves.delete(value as object);
  for (const kept of [...shelf.values()]) if (kept instanceof KeptValue) kept.forget();
}

/** The kept value that this is, if it is one. */
export function keptValueOf(value: unknown): KeptValue | undefined {
  return isObject(value) ? byValue.get(value) : undefined;
}

/** Whether a value can be the key of a `WeakMap`: what has no identity is never kept. */
export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
