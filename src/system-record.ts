import type { BackendRecord } from "./backend-record.ts";
import type { DispatchableRecord } from "./dispatchable.ts";
import type { Environment } from "./environment.ts";
import type { BackendImplementation } from "./implementation.ts";

/** What the dispatcher knows of one backend system. */
export interface SystemRecord {
  readonly id: number;
  readonly name: string;
  readonly environment: Environment;
  /** Adds the backends of the application's packages; to be called once, when the system is first asked for anything. */
  readonly discover: () => void;
  /** Whether that was done. */
  discovered: boolean;
  readonly dispatchables: Map<string, DispatchableRecord>;
  readonly backends: Map<number, BackendRecord>;
  /** Implementations of functions that do not exist yet, by their names: backends may be found before them. */
  readonly waiting: Map<string, { backend: BackendRecord; implementation: BackendImplementation }[]>;
}

const systems = new Map<string, SystemRecord>();

/** The backend `default`, which every system has from the start. */
export function ownBackend({ backends }: SystemRecord): number {
  return backends.keys().next().value!;
}

/** Makes a system known by its name. */
export function trackSystem(system: SystemRecord): SystemRecord {
  systems.set(system.name, system);
  return system;
}

/** The system of that name, if it is loaded. */
export function findSystem(name: string): SystemRecord | undefined {
  return systems.get(name);
}
