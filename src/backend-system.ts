import { addBackend, addWaiting, Backend } from "./backend.ts";
import { anyTypes, type BackendDeclaration, checkDeclaration, type CheckedDeclaration } from "./backend-declaration.ts";
import { findBackend, makeReady } from "./backend-record.ts";
import { type BackendScope, backendScope } from "./backend-scope.ts";
import { describeBackends, describeSystem, type SystemDescription } from "./description.ts";
import { createDispatchable, type Dispatchable, type DispatchableConfig } from "./dispatchable.ts";
import { discover } from "./discovery/index.ts";
import { display } from "./display.ts";
import { prefixOf, readEnvironment, warnOfIgnoredOrder, warnOfUnknownNames } from "./environment.ts";
import { DispatchError, typed } from "./errors.ts";
import { createMethod, type MethodMaker, methodMaker } from "./method.ts";
import { type Implementation, resolver } from "./realm.ts";
import { type SystemRecord, trackSystem } from "./system-record.ts";
import type { TypePattern } from "./type-pattern.ts";
import { listed, unknownMember } from "./unknown-member.ts";

/** What a library says of itself. */
export interface BackendSystemOptions {
  /** The library's name, unique in the process: its package name. */
  name: string;
  /** The types that the library's own implementations (backend `default`) work on; any when omitted. */
  defaultTypes?: readonly TypePattern[];
  /**
   * What becomes of a call that backends refused: `"own"`, the default, has the library's own implementation run where
   * it takes the arguments; `"convert"` also where they can be converted for it; `"raise"` makes it an error where the
   * user put a backend first.
   */
  fallback?: Fallback;
  /** What the names of its environment variables begin with. Default: its name, as `TAGSWITCH_IMAGE`. */
  environmentPrefix?: string;
  /** Whether backends are looked for in the packages that the application depends on. Default true. */
  discover?: boolean;
}

/** What becomes of a call that backends refused. */
export type Fallback = "own" | "convert" | "raise";

const OPTIONS: ReadonlySet<string> = new Set(["name", "defaultTypes", "fallback", "environmentPrefix", "discover"]);
const FALLBACKS: ReadonlySet<unknown> = new Set(["own", "convert", "raise"]);

/** One library's backends and dispatchables. A library creates exactly one. */
export class BackendSystem {
  readonly name: string;
  readonly #record: SystemRecord;

  constructor(options: BackendSystemOptions) {
    const { name, defaultTypes, fallback, environmentPrefix, discover: discovers } = checkOptions(options);
    // Checked before the name is taken, so that a corrected attempt may follow.
    const own: CheckedDeclaration =
      defaultTypes === undefined ? anyTypes("default") : checkDeclaration({ name: "default", primary: defaultTypes });
    const environment = readEnvironment(environmentPrefix);
    this.name = name;
    const id = typed(() => resolver.addSystem(name, { fallback, orderSetting: `${environmentPrefix}_ORDER` }));
    this.#record = trackSystem({
      ...{ id, name, environment, discovered: false },
      ...{ dispatchables: new Map(), backends: new Map(), waiting: new Map() },
      discover: () => {
        this.#record.discovered = true;
        if (discovers) discover(this.#record);
        warnOfUnknownNames(this.#record);
      },
    });
    applyEnvironment(this.#record);
    addBackend(this.#record, own);
    this.backend = backendScope(this.#record);
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
  ): Dispatchable<F> => {
    const own = implementation as unknown as Implementation;
    if (typeof own !== "function") {
      const message = `dispatchable(${display(name)}, …) was given ${display(own)}; expected a function`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    const { call, record } = createDispatchable(this.#record, name, config, own);
    addWaiting(record);
    return call as unknown as Dispatchable<F>;
  };

  /**
   * Marks a method as dispatchable, as a standard (TC39) decorator or as a function that is put on a prototype:
   * `@method("Model.fit", config) fit(X) {…}`, `Model.prototype.fit = method("Model.fit", config, function (X) {…})`.
   * Implementations get the object as `this`; backends add theirs by `implement(Model.prototype.fit, function (X) {…})`.
   *
   * A property, so that a library can pass it on without the system.
   *
   * @throws DispatchError `ERR_DISPATCH_ARGUMENT`.
   */
  readonly method: MethodMaker = methodMaker((name, config, own) => {
    const { method, record } = createMethod(this.#record, name, config, own);
    addWaiting(record);
    return method;
  });

  /**
   * Adds a backend. It gets calls once it implements something.
   *
   * @throws DispatchError `ERR_DISPATCH_DUPLICATE`, `ERR_DISPATCH_ORDER` when its declared place is impossible.
   */
  registerBackend(declaration: BackendDeclaration): Backend {
    const found = [...this.#record.backends.values()].find(({ name }) => name === declaration?.name)?.origin;
    if (found !== undefined) {
      const advice = "register one of that name before the first call, and it takes that one's place";
      const message = `${this.name} has a backend "${declaration.name}" already, found in the package ${found.package}; ${advice}`;
      throw new DispatchError("ERR_DISPATCH_DUPLICATE", message);
    }
    return new Backend(this.#record, declaration);
  }

  /**
   * Chooses among the backends for calls of this system: in a body, in a block, in a function, everywhere.
   *
   * A property, so that a library can pass it on without the system.
   */
  readonly backend: BackendScope;

  /** The names of the backends in the order in which they are tried where no scope says otherwise. */
  get backends(): readonly string[] {
    return describeBackends(this.#record).map(({ name }) => name);
  }

  /** The names of the functions, in the order in which they were made. */
  get functions(): readonly string[] {
    return [...this.#record.dispatchables.keys()];
  }

  /** Functions and backends, those found by manifests included, which are not loaded for it. */
  describe(): SystemDescription {
    return describeSystem(this.#record);
  }

  /**
   * Makes a backend that starts asynchronously ready, so that plain calls may run on it.
   *
   * @throws DispatchError (in the promise) `ERR_DISPATCH_UNKNOWN_BACKEND`; `ERR_DISPATCH_START` when it did not start, whose
   * `cause` says why.
   */
  async ready(backend: string): Promise<void> {
    const record = this.#record.backends.get(findBackend(this.#record, backend))!;
    await makeReady(record).catch(({ message, cause }: Error) => {
      throw new DispatchError("ERR_DISPATCH_START", `backend "${backend}" of ${this.name} ${message}`, { cause });
    });
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

function checkOptions(
  options: BackendSystemOptions,
): Required<Omit<BackendSystemOptions, "defaultTypes">> & Pick<BackendSystemOptions, "defaultTypes"> {
  const given: Partial<BackendSystemOptions> = options ?? {};
  const { name, defaultTypes, fallback = "own", environmentPrefix, discover: discovers = true } = given;
  const wrong = (message: string): DispatchError => new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  if (typeof name !== "string" || name === "") {
    throw wrong(`a backend system's name is ${display(name)}; expected a string`);
  }
  const unknown = unknownMember(given, OPTIONS);
  if (unknown !== undefined) {
    throw wrong(`backend system "${name}" has no option ${display(unknown)}; expected ${listed(OPTIONS)}`);
  }
  if (!FALLBACKS.has(fallback)) {
    throw wrong(`fallback of backend system "${name}" is ${display(fallback)}; expected "own", "convert" or "raise"`);
  }
  const prefix: unknown = environmentPrefix ?? prefixOf(name);
  if (typeof prefix !== "string" || !/^\w+$/.test(prefix)) {
    const expected = "letters, digits and underscores";
    throw wrong(`environmentPrefix of backend system "${name}" is ${display(prefix)}; expected ${expected}`);
  }
  if (typeof discovers !== "boolean") {
    throw wrong(`discover of backend system "${name}" is ${display(discovers)}; expected true or false`);
  }
  return {
    name,
    ...(defaultTypes !== undefined && { defaultTypes }),
    fallback,
    environmentPrefix: prefix,
    discover: discovers,
  };
}

/** Has the registry know what the environment says. Its names may be unknown yet. */
function applyEnvironment({ id, environment }: SystemRecord): void {
  const { prioritize, block, order } = environment;
  if (prioritize.length + block.length + order.length === 0) return;
  const ignored = resolver.setEnvironment(id, { prioritize: [...prioritize], block: [...block], order: [...order] });
  warnOfIgnoredOrder(environment, ignored);
}
