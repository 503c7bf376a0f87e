import { Backend, type BackendDeclaration, checkDeclaration, type CheckedDeclaration } from "./backend.ts";
import { backendName } from "./backend-name.ts";
import { createDispatchable, type DispatchableConfig } from "./dispatchable.ts";
import { display } from "./display.ts";
import { DispatchError, typed } from "./errors.ts";
import { type Implementation, resolver } from "./realm.ts";
import { rootConfig, type ScopeOptions, withOptions } from "./scope.ts";
import type { TypePattern } from "./type-pattern.ts";

/** What a library says of itself. */
export interface BackendSystemOptions {
  /** The library's name, unique in the process: its package name. */
  name: string;
  /** The types that the library's own implementations (backend `default`) work on; any when omitted. */
  defaultTypes?: readonly TypePattern[];
}

/** One library's backends and dispatchables. A library creates exactly one. */
export class BackendSystem {
  readonly name: string;
  readonly #id: number;
  readonly #default: Backend;

  constructor(options: BackendSystemOptions) {
    const { name, defaultTypes }: Partial<BackendSystemOptions> = options ?? {};
    if (typeof name !== "string" || name === "") {
      throw new DispatchError(
        "ERR_DISPATCH_ARGUMENT",
        `a backend system's name is ${display(name)}; expected a string`,
      );
    }
    // Checked before the name is taken, so that a corrected attempt may follow.
    const own: CheckedDeclaration =
      defaultTypes === undefined
        ? { name: "default", secondary: [], higherPriorityThan: [], lowerPriorityThan: [] }
        : checkDeclaration({ name: "default", primary: defaultTypes });
    this.name = name;
    this.#id = typed(() => resolver.addSystem(name));
    this.#default = new Backend(this.#id, own);
  }

  /**
   * Marks a function as dispatchable: the result is called like it, and runs the implementation of whichever
   * backend fits the call; `implementation` is that of backend `default`. `name`, `length` and type stay.
   *
   * A property, so that a library can pass it on without the system.
   *
   * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
   */
  readonly dispatchable = <F extends (...args: never[]) => unknown>(
    name: string,
    config: DispatchableConfig,
    implementation: F,
  ): F => {
    const own = implementation as unknown as Implementation;
    if (typeof own !== "function") {
      const message = `dispatchable(${display(name)}, …) was given ${display(own)}; expected a function`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    const { call, record } = createDispatchable({ id: this.#id, name: this.name }, name, config, own);
    this.#default.add(record, { run: own, shouldRun: undefined });
    return call as unknown as F;
  };

  /**
   * Adds a backend. It gets calls once it implements something.
   *
   * @throws DispatchError `ERR_DISPATCH_DUPLICATE`, `ERR_DISPATCH_ORDER` when its declared place is impossible.
   */
  registerBackend(declaration: BackendDeclaration): Backend {
    return new Backend(this.#id, checkDeclaration(declaration));
  }

  /**
   * Runs `body` with the named backends first, in that order, or with the given options. The scope holds for all
   * asynchronous work that `body` starts, and for nothing else. Arguments are converted to a prioritized
   * backend's types, and results back.
   *
   * A property, so that a library can pass it on without the system.
   *
   * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`, `ERR_DISPATCH_ARGUMENT`.
   */
  readonly backend = <R>(choice: string | readonly string[] | ScopeOptions, body: () => R): R => {
    const options =
      typeof choice === "string" || Array.isArray(choice)
        ? { prioritize: choice as string | readonly string[] }
        : (choice as ScopeOptions);
    return withOptions(this.#id, options, body);
  };

  /** The names of the backends in the order in which they are tried where no scope says otherwise. */
  get backends(): readonly string[] {
    return resolver.tryOrder(this.#id, rootConfig.id).map(backendName);
  }
}

/**
 * Creates a library's backend system.
 *
 * @throws DispatchError `ERR_DISPATCH_DUPLICATE` when the name is taken.
 */
export function createBackendSystem(options: BackendSystemOptions): BackendSystem {
  return new BackendSystem(options);
}
