import { display } from "./display.ts";
import { DispatchError, typed } from "./errors.ts";
import type { DispatchContext, RunDecision } from "./dispatch-context.ts";
import { type DispatchableRecord, recordOf } from "./dispatchable.ts";
import { change, type Implementation } from "./realm.ts";
import { checkTypes, type TypeDeclaration, type TypePattern } from "./type-pattern.ts";

/** What a backend says of itself. */
export interface BackendDeclaration {
  /** Its name within the system, by which users choose it. */
  name: string;
  /** The types that it exists for; at least one argument must be of one of them. */
  primary: readonly TypePattern[];
  /** Types that it accepts beside them. */
  secondary?: readonly TypePattern[];
  /** Backends to come after it in the order. */
  higherPriorityThan?: readonly string[];
  /** Backends to come before it. */
  lowerPriorityThan?: readonly string[];
}

/** Options of one implementation. */
export interface ImplementationOptions<A extends unknown[]> {
  /** Decides call by call, before anything is converted. Absent: always yes. */
  shouldRun?: (context: DispatchContext, ...args: A) => RunDecision;
}

/** One backend's version of a dispatchable. */
export interface BackendImplementation {
  readonly run: Implementation;
  readonly shouldRun: ((context: DispatchContext, ...args: unknown[]) => unknown) | undefined;
}

/** A registered backend, to which implementations are added. */
export class Backend {
  readonly name: string;
  readonly #id: number;
  readonly #system: number;

  /** For the backend system; libraries call `registerBackend`. */
  constructor(system: number, declaration: CheckedDeclaration) {
    this.name = declaration.name;
    this.#system = system;
    this.#id = typed(() => change("addBackend", system, declaration));
  }

  /**
   * Adds this backend's version of a dispatchable of its system. It gets the arguments of the call, converted to
   * this backend's types where the user put the backend first.
   *
   * @throws DispatchError `ERR_DISPATCH_ARGUMENT` when `fn` is no dispatchable of the system,
   * `ERR_DISPATCH_DUPLICATE` when it is implemented already.
   */
  implement<A extends unknown[]>(
    fn: (...args: A) => unknown,
    implementation: (...args: A) => unknown,
    options?: ImplementationOptions<A>,
  ): void {
    const record = recordOf(fn);
    if (record.system.id !== this.#system) {
      const message = `${record.name} belongs to ${record.system.name}, not to the system of backend "${this.name}"`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    const shouldRun: unknown = options?.shouldRun;
    if (shouldRun !== undefined && typeof shouldRun !== "function") {
      const message = `shouldRun of backend "${this.name}" for ${record.name} is ${display(shouldRun)}; expected a function`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    this.add(record, {
      run: implementation as Implementation,
      shouldRun: shouldRun as BackendImplementation["shouldRun"],
    });
  }

  /** For the backend system. */
  add(record: DispatchableRecord, implementation: BackendImplementation): void {
    if (typeof implementation.run !== "function") {
      const message = `the implementation of ${record.name} is ${display(implementation.run)}; expected a function`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    typed(() => change("implement", record.id, this.#id, implementation.shouldRun !== undefined));
    record.implementations.set(this.#id, implementation);
  }
}

/** A declaration in the registry's terms. */
export interface CheckedDeclaration {
  name: string;
  /** Absent for a `default` that accepts any type. */
  primary?: TypeDeclaration[];
  secondary: TypeDeclaration[];
  higherPriorityThan: string[];
  lowerPriorityThan: string[];
}

/**
 * Checks what a backend says of itself. Its types are known from then on.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
 */
export function checkDeclaration(declaration: BackendDeclaration): CheckedDeclaration {
  const given: Partial<BackendDeclaration> = declaration ?? {};
  const name: unknown = given.name;
  if (typeof name !== "string" || name === "") {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `a backend's name is ${display(name)}; expected a string`);
  }
  const list = (field: "primary" | "secondary" | "higherPriorityThan" | "lowerPriorityThan"): readonly unknown[] => {
    const value: unknown = given[field] ?? [];
    if (Array.isArray(value)) return value;
    throw new DispatchError(
      "ERR_DISPATCH_ARGUMENT",
      `${field} of backend "${name}" is ${display(value)}; expected an array`,
    );
  };
  const backends = (field: "higherPriorityThan" | "lowerPriorityThan"): string[] =>
    list(field).map((other) => {
      if (typeof other === "string") return other;
      throw new DispatchError(
        "ERR_DISPATCH_ARGUMENT",
        `${field} of backend "${name}" has ${display(other)}; expected names`,
      );
    });
  const primary = checkTypes(list("primary"));
  if (primary.length === 0) {
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", `backend "${name}" names no primary types; expected at least one`);
  }
  return {
    name,
    primary,
    secondary: checkTypes(list("secondary")),
    higherPriorityThan: backends("higherPriorityThan"),
    lowerPriorityThan: backends("lowerPriorityThan"),
  };
}
