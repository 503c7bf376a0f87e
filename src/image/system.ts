import { type BackendSystem, createBackendSystem, type DispatchableConfig } from "../index.ts";
import type { Operation } from "./operation.ts";
import { OUT } from "./out.ts";

/** Options that every dispatchable of the library takes. */
export interface DispatchOptions {
  /** Run this backend, and no other, for this call. */
  backend?: string;
}

/** The image library's backends and dispatchables. */
export const system: BackendSystem = createBackendSystem({
  name: "tagswitch/image",
  defaultTypes: ["tagswitch/image:Image"],
});

/** Marks an operation of the library as dispatchable; one that has an option `out` writes into that. */
export function dispatchable<F extends (...args: never[]) => unknown>(
  name: string,
  config: DispatchableConfig,
  reference: F,
): Operation<F> {
  const takesOut = config.optionNames?.includes(OUT.option) === true;
  return system.dispatchable(
    name,
    takesOut ? { ...config, output: OUT } : config,
    reference,
  ) as unknown as Operation<F>;
}

/** Runs `body` with the named backends first; see `BackendSystem.backend`. */
export const backend: BackendSystem["backend"] = system.backend;
