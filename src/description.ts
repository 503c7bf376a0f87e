import type { BackendOrigin } from "./backend-record.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import type { OptionDescription } from "./implementation.ts";
import { resolver } from "./realm.ts";
import { rootConfig } from "./scope.ts";
import type { SystemRecord } from "./system-record.ts";

/** One backend's version of a dispatchable, as far as it can be told without loading it. */
export interface ImplementationInfo {
  readonly backend: string;
  /** Whether a plain call may run it. */
  readonly sync: boolean;
  /** Whether it has a form of its own for asynchronous calls. */
  readonly async: boolean;
  /** Whether it decides call by call. */
  readonly conditional: boolean;
  /** Options that it knows beyond the function's own. */
  readonly options: Readonly<Record<string, OptionDescription>>;
  /** The package that it was found in; `undefined` for one registered by code. */
  readonly origin: BackendOrigin | undefined;
}

/** A backend, as its system knows it. */
export interface BackendInfo {
  readonly name: string;
  /** Whether it runs only where the user puts it first. */
  readonly optIn: boolean;
  readonly origin: BackendOrigin | undefined;
}

/** One function of a system. */
export interface FunctionInfo {
  readonly name: string;
  /** The names of its own options, as far as the library says them. */
  readonly options: readonly string[];
  readonly backends: readonly ImplementationInfo[];
}

/** A backend system: its functions, and who implements them. */
export interface SystemDescription {
  readonly name: string;
  /** In the order in which they are tried. */
  readonly backends: readonly BackendInfo[];
  readonly functions: readonly FunctionInfo[];
  /** Functions that some manifest implements, and the library does not have (yet). */
  readonly unknownFunctions: readonly { readonly name: string; readonly backends: readonly string[] }[];
}

/** Describes a system, discovered backends included. */
export function describeSystem(system: SystemRecord): SystemDescription {
  return {
    name: system.name,
    backends: describeBackends(system),
    functions: [...system.dispatchables.values()].map((record) => ({
      name: record.name,
      options: record.optionNames,
      backends: describeImplementations(record),
    })),
    unknownFunctions: [...system.waiting].map(([name, waiting]) => ({
      name,
      backends: waiting.map(({ backend }) => backend.name),
    })),
  };
}

/** Describes a system's backends, in the order in which they are tried; discovered ones included. */
export function describeBackends(system: SystemRecord): BackendInfo[] {
  return order(system).map((id) => {
    const { name, declaration, origin } = system.backends.get(id)!;
    return { name, optIn: declaration?.optIn ?? false, origin };
  });
}

/** Describes who implements a dispatchable. */
export function describeImplementations({ id, system, implementations }: DispatchableRecord): ImplementationInfo[] {
  return order(system, id).flatMap((backend) => {
    const implementation = implementations.get(backend);
    if (implementation === undefined) return [];
    const { forms, shouldRun, defers, options } = implementation;
    const { name, origin } = system.backends.get(backend)!;
    const conditional = shouldRun !== undefined || defers;
    return { backend: name, ...forms, conditional, options: Object.fromEntries(options), origin };
  });
}

function order(system: SystemRecord, dispatchable?: number): number[] {
  if (!system.discovered) system.discover();
  return resolver.tryOrder(system.id, rootConfig().id, dispatchable);
}
