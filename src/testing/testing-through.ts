import type { BackendSystem } from "../index.ts";
import { recordProgram } from "./program-record.ts";

/**
 * Puts a backend first for the rest of this process, so that existing tests, in whatever runner, go through it. At the
 * end of the process, function × count is printed on stderr, and the exit code is 1 if the backend never ran.
 *
 * To be called before the tests, once per process. Runners that start processes of their own are better served by
 * `node --require tagswitch/testing/register`.
 *
 * @throws DispatchError `ERR_DISPATCH_UNKNOWN_BACKEND`; `ERR_DISPATCH_DUPLICATE` where a global choice was made before.
 */
export function testingThrough(system: BackendSystem, backend: string): void {
  system.backend.globally({ prioritize: backend });
  recordProgram({ system: system.name, backend }, false);
}
