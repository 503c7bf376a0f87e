import { type BackendSystem, createBackendSystem } from "tagswitch";

/** The library's backends: users choose among them with `backend`, backend authors call `registerBackend`. */
export const system: BackendSystem = createBackendSystem({
  name: "estimators",
  defaultTypes: ["estimators:Matrix"],
});

/** Puts backends first for everything that a function does. */
export const backend: BackendSystem["backend"] = system.backend;
