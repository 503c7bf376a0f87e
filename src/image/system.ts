import { type BackendSystem, createBackendSystem } from "../index.ts";

/** Options that every dispatchable of the library takes. */
export interface DispatchOptions {
  /** Run this backend, and no other, for this call. */
  backend?: string;
}

/** A function whose calls are dispatched. */
export type Dispatchable<F extends (...args: never[]) => unknown> = F;

/** The image library's backends and dispatchables. */
export const system: BackendSystem = createBackendSystem({
  name: "tagswitch/image",
  defaultTypes: ["tagswitch/image:Image"],
});

/** Marks an operation of the library as dispatchable. */
export const dispatchable: BackendSystem["dispatchable"] = system.dispatchable;
