import { DispatchError, typed } from "./errors.ts";
import type { DispatchContext, RunDecision } from "./dispatch-context.ts";
import { type DispatchableRecord, recordOf } from "./dispatchable.ts";
import { change, type Implementation } from "./realm.ts";
import { internType, type TypeIdentifier } from "./type-identifier.ts";

/** A type that a backend works on. */
export type TypePattern = TypeIdentifier | { type: TypeIdentifier; subclasses: true };

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
  constructor(
    system: number,
    { name, ...declared }: Omit<BackendDeclaration, "primary"> & { primary?: readonly TypePattern[] | undefined },
  ) {
    if (typeof name !== "string" || name === "") {
      throw new DispatchError(
        "ERR_DISPATCH_ARGUMENT",
        `a backend's name is ${JSON.stringify(name)}; expected a string`,
      );
    }
    const { secondary = [], higherPriorityThan = [], lowerPriorityThan = [] } = declared;
    const declaration = {
      name,
      ...(declared.primary && { primary: declared.primary.map(typeDeclaration) }),
      secondary: secondary.map(typeDeclaration),
      higherPriorityThan: [...higherPriorityThan],
      lowerPriorityThan: [...lowerPriorityThan],
    };
    this.name = name;
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
    { shouldRun }: ImplementationOptions<A> = {},
  ): void {
    const record = recordOf(fn);
    if (record.system.id !== this.#system) {
      throw new DispatchError(
        "ERR_DISPATCH_ARGUMENT",
        `${record.name} belongs to ${record.system.name}, not to the system of backend "${this.name}"`,
      );
    }
    this.add(record, {
      run: implementation as Implementation,
      shouldRun: shouldRun as BackendImplementation["shouldRun"],
    });
  }

  /** For the backend system. */
  add(record: DispatchableRecord, implementation: BackendImplementation): void {
    if (typeof implementation.run !== "function") {
      throw new DispatchError(
        "ERR_DISPATCH_ARGUMENT",
        `the implementation of ${record.name} is ${String(implementation.run)}; expected a function`,
      );
    }
    typed(() => change("implement", record.id, this.#id, implementation.shouldRun !== undefined));
    record.implementations.set(this.#id, implementation);
  }
}

function typeDeclaration(pattern: TypePattern): { tag: number; subclasses: boolean } {
  return typeof pattern === "string"
    ? { tag: internType(pattern), subclasses: false }
    : { tag: internType(pattern.type), subclasses: pattern.subclasses };
}
