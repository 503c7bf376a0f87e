import { type BackendSystem, createBackendSystem } from "../index.ts";
import type { Operation } from "./operation.ts";

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

/** Marks an operation of the library as dispatchable. */
export const dispatchable = system.dispatchable as <F extends (...args: never[]) => unknown>(
  ...args: Parameters<typeof system.dispatchable<F>>
) => Operation<F>;

/** Runs `body` with the named backends first; see `BackendSystem.backend`. */
export const backend: BackendSystem["backend"] = system.backend;
