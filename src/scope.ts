import { findBackend } from "./backend-name.ts";
import { display } from "./display.ts";
import { DispatchError } from "./errors.ts";
import { activeScope, resolver, runInScope, trackScope } from "./realm.ts";
import type { CallRecorder } from "./trace.ts";

/** What a scope changes, by the names of a system's backends. */
export interface ScopeOptions {
  /** Tried first, in this order; arguments are converted to their types and results back. */
  prioritize?: string | readonly string[];
  /** Never tried. An outer scope cannot prioritize them back; an inner one can. */
  disable?: string | readonly string[];
  /** The only backend tried: where it refuses, the call is an error. */
  exclusive?: string;
}

const SCOPE_OPTIONS: readonly string[] = ["prioritize", "disable", "exclusive"];

/** What asynchronous work carries along. */
export interface ActiveScope {
  readonly config: ScopeConfig;
  /** Rows of the table at which walks begin, by dispatchable; 0 where none has begun yet. */
  bases: Int32Array;
  readonly recorder: CallRecorder | undefined;
}

/** A set of scope options. Equal ones are one object, so that its part of the table is filled once. */
export class ScopeConfig {
  readonly id: number;
  /** The scope without a recorder: one object, so that entering makes none and its rows may be replaced. */
  readonly unrecorded: ActiveScope;
  readonly #exclusive = new Map<number, ScopeConfig>();

  constructor(id: number) {
    this.id = id;
    this.unrecorded = { config: this, bases: new Int32Array(0), recorder: undefined };
    trackScope(this.unrecorded);
  }

  /** This configuration with `backend` as the only one of its system. */
  exclusively(backend: number): ScopeConfig {
    let config = this.#exclusive.get(backend);
    if (config === undefined) {
      config = configOf(resolver.scope(this.id, { prioritize: [], disable: [], exclusive: [backend] }));
      this.#exclusive.set(backend, config);
    }
    return config;
  }

  /** Notes where the walks of a dispatchable begin. */
  setBase(dispatchable: number, row: number): void {
    const scope = this.unrecorded;
    if (dispatchable >= scope.bases.length) {
      const bases = new Int32Array(Math.max(64, 2 * dispatchable));
      bases.set(scope.bases);
      scope.bases = bases;
    }
    scope.bases[dispatchable] = row;
  }
}

const configs: ScopeConfig[] = [];

// A traced scope has no rows, so that every call in it takes the slow path, where it is recorded.
const NO_BASES = new Int32Array(0);

/** The configuration outside any scope. */
export const rootConfig: ScopeConfig = configOf(0);

/** The configuration that is active here. */
export function activeConfig(): ScopeConfig {
  return activeScope()?.config ?? rootConfig;
}

/** Runs `body` with `options` of one system inside whatever scope is active. */
export function withOptions<R>(system: number, options: ScopeOptions, body: () => R): R {
  if (typeof body !== "function") {
    const message = `a scope takes a function to run in it; it was given ${display(body)}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const unknown = typeof options === "object" && options !== null ? Object.keys(options) : [display(options)];
  const wrong = unknown.find((name) => !SCOPE_OPTIONS.includes(name));
  if (wrong !== undefined) {
    const message = `a scope takes backends' names or an object of ${SCOPE_OPTIONS.join(", ")}; it was given ${wrong}`;
    throw new DispatchError("ERR_DISPATCH_ARGUMENT", message);
  }
  const scope = activeScope();
  const config = inner(scope?.config ?? rootConfig, system, options);
  const recorder = scope?.recorder;
  return runInScope(recorder === undefined ? config.unrecorded : { config, bases: NO_BASES, recorder }, body);
}

/** Runs `body` with its calls recorded. */
export function withRecorder<R>(recorder: CallRecorder, body: () => R): R {
  return runInScope({ config: activeConfig(), bases: NO_BASES, recorder }, body);
}

function inner(outer: ScopeConfig, system: number, options: ScopeOptions): ScopeConfig {
  const ids = (name: keyof ScopeOptions): number[] =>
    backendNames(options, name).map((each) => findBackend(system, each));
  return configOf(
    resolver.scope(outer.id, { prioritize: ids("prioritize"), disable: ids("disable"), exclusive: ids("exclusive") }),
  );
}

function backendNames(options: ScopeOptions, name: keyof ScopeOptions): readonly unknown[] {
  const given: unknown = options[name];
  if (given === undefined) return [];
  if (typeof given === "string") return [given];
  if (Array.isArray(given) && name !== "exclusive") return given;
  const expected = name === "exclusive" ? "a backend's name" : "a backend's name or several";
  throw new DispatchError("ERR_DISPATCH_ARGUMENT", `a scope's ${name} is ${display(given)}; expected ${expected}`);
}

function configOf(id: number): ScopeConfig {
  return (configs[id] ??= new ScopeConfig(id));
}
