import { DispatchError, typed } from "./errors.ts";
import { activeScope, resolver, runInScope, trackBases } from "./realm.ts";
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

/** Where walks begin in a scope, by dispatchable; 0 where none has begun yet. */
export interface Bases {
  rows: Int32Array;
}

/** What asynchronous work carries along. */
export interface ActiveScope {
  readonly config: ScopeConfig;
  readonly bases: Bases;
  readonly recorder: CallRecorder | undefined;
}

/** A set of scope options. Equal ones are one object, so that its part of the table is filled once. */
export class ScopeConfig {
  readonly id: number;
  readonly bases: Bases = { rows: new Int32Array(0) };
  readonly #exclusive = new Map<number, ScopeConfig>();

  constructor(id: number) {
    this.id = id;
    trackBases(this.bases);
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
    if (dispatchable >= this.bases.rows.length) {
      const rows = new Int32Array(Math.max(64, 2 * dispatchable));
      rows.set(this.bases.rows);
      this.bases.rows = rows;
    }
    this.bases.rows[dispatchable] = row;
  }
}

const configs: ScopeConfig[] = [];

// A traced scope has no rows, so that every call in it takes the slow path, where it is recorded.
const NO_BASES: Bases = { rows: new Int32Array(0) };

/** The configuration outside any scope. */
export const rootConfig: ScopeConfig = configOf(0);

/** The configuration that is active here. */
export function activeConfig(): ScopeConfig {
  return activeScope()?.config ?? rootConfig;
}

/** Runs `body` with `options` of one system inside whatever scope is active. */
export function withOptions<R>(system: number, options: ScopeOptions, body: () => R): R {
  if (typeof body !== "function") {
    throw new DispatchError(
      "ERR_DISPATCH_ARGUMENT",
      `a scope takes a function to run in it; it was given ${String(body)}`,
    );
  }
  const scope = activeScope();
  const config = inner(scope?.config ?? rootConfig, system, options);
  const recorder = scope?.recorder;
  return runInScope({ config, bases: recorder === undefined ? config.bases : NO_BASES, recorder }, body);
}

/** Runs `body` with its calls recorded. */
export function withRecorder<R>(recorder: CallRecorder, body: () => R): R {
  return runInScope({ config: activeConfig(), bases: NO_BASES, recorder }, body);
}

function inner(outer: ScopeConfig, system: number, options: ScopeOptions): ScopeConfig {
  const ids = (names: string | readonly string[] | undefined): number[] =>
    (typeof names === "string" ? [names] : (names ?? [])).map((name) => findBackend(system, name));
  const prioritize = ids(options.prioritize);
  const disable = ids(options.disable);
  const exclusive = ids(options.exclusive);
  return configOf(resolver.scope(outer.id, { prioritize, disable, exclusive }));
}

/** The number of a backend by name, or an error that lists the names there are. */
export function findBackend(system: number, name: string): number {
  if (typeof name !== "string") {
    throw new DispatchError(
      "ERR_DISPATCH_ARGUMENT",
      `a backend is chosen by its name, a string; it was given ${String(name)}`,
    );
  }
  return typed(() => resolver.findBackend(system, name));
}

function configOf(id: number): ScopeConfig {
  return (configs[id] ??= new ScopeConfig(id));
}
