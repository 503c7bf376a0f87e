import type { AnyConverter } from "./converter.ts";
import { forgetCopies } from "./copies.ts";
import { dispose } from "./dispose.ts";
import { Holders } from "./holders.ts";
import { forgetKept, keptValueOf, type KeptValue } from "./kept-value.ts";

/** A dispatch argument on its way to the type that a backend needs. */
export interface ConvertedArgument {
  /** The caller's value, what each step made of the one before, and so the backend's value. */
  readonly values: unknown[];
  /** One a step. */
  readonly converters: AnyConverter[];
  /** Whether the call changes it. */
  readonly isMutated: boolean;
}

/** What conversions made for a call, and who has to free it. */
export class ConvertedCall {
  /** The dispatch arguments as the backend needs them. */
  readonly values: unknown[];
  /** The type that results go to: that of the first argument converted, or what a call without any asks for; 0 before. */
  callerType = 0;
  readonly arguments: ConvertedArgument[] = [];
  /** Tags of what was converted to, each with a converter that makes such values. */
  readonly targets: Map<number, AnyConverter> = new Map();
  readonly holders: Holders = new Holders();
  readonly #given: readonly unknown[];
  readonly #made = new Map<unknown, AnyConverter>();
  readonly #used: KeptValue[] = [];
  #working: PromiseLike<unknown> | undefined;

  constructor(given: readonly unknown[]) {
    this.#given = given;
    this.values = [...given];
  }

  /** Takes a value that is disposed at the end of the call, unless it is somebody else's. */
  own(value: unknown, converter: AnyConverter): void {
    if (this.#given.includes(value) || this.#keptAs(value) !== undefined) return;
    this.#made.set(value, converter);
  }

  /** Takes a value that is kept beyond the call, and must stay whole during it. */
  use(kept: KeptValue): void {
    kept.use();
    this.#used.push(kept);
  }

  /** Gives a value to the caller, which frees it if anybody does. What it gave is its own anyway. */
  handOver(value: unknown): void {
    if (this.#given.includes(value)) return;
    this.#made.delete(value);
    this.#keptAs(value)?.handOver();
  }

  /** As what a value is kept, or was when this call began to use it. */
  #keptAs(value: unknown): KeptValue | undefined {
    return this.#used.find((kept) => kept.value === value) ?? keptValueOf(value);
  }

  /** Has what the call holds stay whole until a conversion is done for which a synchronous call could not wait. */
  holdFor(conversion: PromiseLike<unknown>): void {
    this.#working = conversion;
  }

  /** Ends the call: frees what only it needed, and forgets what was made of objects that it changed. */
  release(): void {
    if (this.#working !== undefined) {
      const release = (): void => this.release();
      void Promise.resolve(this.#working).then(release, release);
      this.#working = undefined;
      return;
    }
    for (const { isMutated, values } of this.arguments.splice(0)) {
      if (isMutated) for (const value of values) forgetConversions(value);
    }
    for (const kept of this.#used.splice(0)) kept.release();
    const made = [...this.#made];
    this.#made.clear();
    for (const [value, converter] of made) dispose(value, converter);
  }
}

/** After a call that changed a value: forgets what was made of it, what was made of that, and so on. */
export function forgetConversions(value: unknown): void {
  forgetKept(value);
  forgetCopies(value);
}
