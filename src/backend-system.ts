import { Backend, type BackendDeclaration, checkDeclaration, type CheckedDeclaration } from "./backend.ts";
import { type BackendScope, backendScope } from "./backend-scope.ts";
import { backendName } from "./backend-name.ts";
import { createDispatchable, type DispatchableConfig, type DispatchableRecord } from "./dispatchable.ts";
import { display } from "./display.ts";
import { type Environment, prefixOf, readEnvironment, warnOfIgnoredOrder } from "./environment.ts";
import { DispatchError, typed } from "./errors.ts";
import { type Implementation, resolver } from "./realm.ts";
import { rootConfig } from "./scope.ts";
import type { ScopedSystem } from "./scope-choice.ts";
import type { TypePattern } from "./type-pattern.ts";

/** What a library says of itself. */
export interface BackendSystemOptions {
  /** The library's name, unique in the process: its package name. */
  name: string;
  /** The types that the library's own implementations (backend `default`) work on; any when omitted. */
  defaultTypes?: readonly TypePattern[];
  /**
   * What becomes of a call that backends refused: `"own"`, the default, has the library's own implementation run where it
   * takes the arguments; `"convert"` also where they can be converted for it; `"raise"` is an error where the user put a backend first.
   */
  fallback?: Fallback;
  /** What the names of its environment variables begin with. Default: its name, as `TAGSWITCH_IMAGE`. */
  environmentPrefix?: string;
}

/** What becomes of a call that backends refused. */
export type Fallback = "own" | "convert" | "raise";

const FALLBACKS: ReadonlySet<unknown> = new Set(["own", "convert", "raise"]);

interface SystemRecord extends ScopedSystem {
  readonly environment: Environment;
  readonly dispatchables: Map<string, DispatchableRecord>;
}

/** One library's backends and dispatchables. A library creates exactly one. */
export class BackendSystem {
  readonly name: string;
  readonly #record: SystemRecord;
  readonly #default: Backend;

  constructor(options: BackendSystemOptions) {
    const { name, defaultTypes, fallback, environmentPrefix } = checkOptions(options);
    // Checked before the name is taken, so that a corrected attempt may follow.
    const own: CheckedDeclaration =
      defaultTypes === undefined
        ? { name: "default", secondary: [], higherPriorityThan: [], lowerPriorityThan: [] }
        : checkDeclaration({ name: "default", primary: defaultTypes });
    const environment = readEnvironment(environmentPrefix);
    this.name = name;
    const id = typed(() => resolver.addSystem(name, { fallback, orderSetting: `${environmentPrefix}_ORDER` }));
    this.#record = { id, name, environment, dispatchables: new Map() };
    applyEnvironment(this.#record);
    this.#default = new Backend(id, own);
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
  ): F => {
    const own = implementation as unknown as Implementation;
    if (typeof own !== "function") {
      const message = `dispatchable(${display(name)}, …) was given ${display(own)}; expected a function`;
      throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
    }
    const { call, record } = createDispatchable(this.#record, name, config, own);
    this.#record.dispatchables.set(name, record);
    this.#default.add(record, { run: own, shouldRun: undefined });
    return call as unknown as F;
  };

  /**
   * Adds a backend. It gets calls once it implements something.
   *
   * @throws DispatchError `ERR_DISPATCH_DUPLICATE`, `ERR_DISPATCH_ORDER` when its declared place is impossible.
   */
  registerBackend(declaration: BackendDeclaration): Backend {
    return new Backend(this.#record.id, checkDeclaration(declaration));
  }

  /**
   * Chooses among the backends for calls of this system: in a body, in a block, in a function, everywhere.
   *
   * A property, so that a library can pass it on without the system.
   */
  readonly backend: BackendScope;

  /** The names of the backends in the order in which they are tried where no scope says otherwise. */
  get backends(): readonly string[] {
    return resolver.tryOrder(this.#record.id, rootConfig().id).map(backendName);
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
  const { name, defaultTypes, fallback = "own", environmentPrefix }: Partial<BackendSystemOptions> = options ?? {};
  const wrong = (message: string): DispatchError => new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  if (typeof name !== "string" || name === "") {
    throw wrong(`a backend system's name is ${display(name)}; expected a string`);
  }
  if (!FALLBACKS.has(fallback)) {
    throw wrong(`fallback of backend system "${name}" is ${display(fallback)}; expected "own", "convert" or "raise"`);
  }
  const prefix: unknown = environmentPrefix ?? prefixOf(name);
  if (typeof prefix !== "string" || !/^\w+$/.test(prefix)) {
    const expected = "letters, digits and underscores";
    throw wrong(`environmentPrefix of backend system "${name}" is ${display(prefix)}; expected ${expected}`);
  }
  return { name, ...(defaultTypes !== undefined && { defaultTypes }), fallback, environmentPrefix: prefix };
}

/** Has the registry know what the environment says. Its names may be unknown yet. */
function applyEnvironment({ id, environment }: SystemRecord): void {
  const { prioritize, block, order } = environment;
  if (prioritize.length + block.length + order.length === 0) return;
  const ignored = resolver.setEnvironment(id, { prioritize: [...prioritize], block: [...block], order: [...order] });
  warnOfIgnoredOrder(environment, ignored);
}
