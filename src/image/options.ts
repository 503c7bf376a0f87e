import { ImageError } from "./errors.ts";

const NONE: Readonly<Record<string, unknown>> = Object.freeze({});

/**
 * The options that a caller gave an operation, read one by one.
 *
 * Unknown names are refused at once. `undefined` counts as not given. `backend` belongs to the dispatcher, and a
 * plain object under an unknown name holds the options of one backend (`{ sigma: 2, wgpu: { … } }`): both pass, where backends are.
 * Every refusal is an `ImageError` `ERR_IMAGE_OPTION` that says what was given and what is accepted.
 */
export class OptionReader {
  readonly #operation: string;
  readonly #given: Readonly<Record<string, unknown>>;

  /**
   * @param operation the public name, for messages: `"filters.gaussian"`.
   * @param options what the caller passed, unchecked.
   * @param names the options that the operation has.
   * @param dispatched whether backends run it.
   */
  constructor(operation: string, options: unknown, names: readonly string[], dispatched: boolean = true) {
    this.#operation = operation;
    if (options === undefined) {
      this.#given = NONE;
      return;
    }
    if (!isPlainObject(options)) {
      throw this.error(`options are ${display(options)}; expected an object such as { ${names[0] ?? "backend"}: … }`);
    }
    for (const name of Object.keys(options)) {
      if (names.includes(name) || (dispatched && (name === "backend" || isPlainObject(options[name])))) continue;
      const accepted = dispatched ? [...names, "backend"] : names;
      throw this.error(`there is no option ${JSON.stringify(name)}; accepted: ${accepted.join(", ")}`);
    }
    this.#given = { ...options };
  }

  /** The value as given: `undefined` when missing. */
  value(name: string): unknown {
    return this.#given[name];
  }

  /** A finite number, within `[least, most]` where these are given. */
  number(name: string, fallback: number, least: number = -Infinity, most: number = Infinity): number {
    const value = this.value(name);
    if (value === undefined) return fallback;
    if (isFiniteNumber(value) && value >= least && value <= most) return value;
    throw this.invalid(name, value, `a finite number${range(least, most)}`);
  }

  /** A whole number, within `[least, most]`. */
  integer(
    name: string,
    fallback: number,
    least: number = Number.MIN_SAFE_INTEGER,
    most: number = Number.MAX_SAFE_INTEGER,
  ): number {
    const value = this.value(name);
    if (value === undefined) return fallback;
    if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return value as number;
    const bounded = least > Number.MIN_SAFE_INTEGER || most < Number.MAX_SAFE_INTEGER;
    throw this.invalid(name, value, `a whole number${bounded ? range(least, most) : ""}`);
  }

  /** True or false. */
  boolean(name: string, fallback: boolean): boolean {
    const value = this.value(name);
    if (value === undefined) return fallback;
    if (typeof value === "boolean") return value;
    throw this.invalid(name, value, "true or false");
  }

  /** One of a few values. */
  oneOf<const T>(name: string, fallback: NoInfer<T>, accepted: readonly T[]): T {
    const value = this.value(name);
    if (value === undefined) return fallback;
    if (accepted.includes(value as T)) return value as T;
    throw this.invalid(name, value, `one of ${accepted.map(display).join(", ")}`);
  }

  /** The error for a value that an option does not take. */
  invalid(name: string, value: unknown, expected: string): ImageError {
    return this.error(`option ${name} is ${display(value)}; expected ${expected}`);
  }

  /** An `ERR_IMAGE_OPTION` error of this operation. */
  error(message: string): ImageError {
    return new ImageError("ERR_IMAGE_OPTION", `${this.#operation}: ${message}`);
  }
}

/** The options of an operation that has none beside `out`. */
export const ONLY_OUT: readonly string[] = ["out"];

/** Checks the options of an operation that has none, but for `names`, to read. */
export function refuseOptions(operation: string, options: unknown, names: readonly string[] = []): void {
  void new OptionReader(operation, options, names);
}

/** Whether a value is a number other than NaN and the infinities. */
export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** A short form of any value for messages; never throws, never long. */
export function display(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) {
    const shown = value.slice(0, 4).map((item) => (Array.isArray(item) ? `an array of ${item.length}` : display(item)));
    return `[${shown.join(", ")}${value.length > 4 ? `, … ${value.length} in all` : ""}]`;
  }
  if (typeof value === "object" && value !== null) return isPlainObject(value) ? "a plain object" : ofClass(value);
  return String(value);
}

/** By the class's name, where nothing has to be run to read it. */
function ofClass(value: object): string {
  const made = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "constructor")?.value as unknown;
  const name = typeof made === "function" ? (Object.getOwnPropertyDescriptor(made, "name")?.value as unknown) : "";
  return typeof name === "string" && name !== "" ? `an object of class ${name.slice(0, 40)}` : "an object of a class";
}

/** Whether a value is an object by literal, of no class. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  // An object literal, of whatever realm, has Object.prototype, on which nothing else stands.
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function range(least: number, most: number): string {
  if (least === -Infinity && most === Infinity) return "";
  if (most === Infinity || most === Number.MAX_SAFE_INTEGER) return ` of at least ${least}`;
  if (least === -Infinity || least === Number.MIN_SAFE_INTEGER) return ` of at most ${most}`;
  return ` from ${least} to ${most}`;
}
