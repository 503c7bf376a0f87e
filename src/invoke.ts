import { findBackend } from "./backend-record.ts";
import { type DispatchableRecord, type FunctionOf, recordOf } from "./dispatchable.ts";
import { bareImplementation } from "./implementation.ts";
import { keepLoaded } from "./loaded-implementation.ts";
import { callOf, resolutionOf } from "./call.ts";
import type { Implementation } from "./realm.ts";
import { chooseAs } from "./resolution.ts";
import { activeConfig } from "./scope.ts";
import { contextOf } from "./selection.ts";
import { type Class, tagOfType } from "./type-identifier.ts";

const TAKES = "invoke takes a backend's name, a type identifier or a class";

/**
 * A dispatchable as one backend runs it, or as it runs for one type whatever the arguments are.
 *
 * `invoke(gaussian, "wgpu")(image)` is `gaussian(image, { backend: "wgpu" })` for functions without options;
 * `invoke(gaussian, "tagswitch/image:Image")` and `invoke(gaussian, Image)` choose as for that type.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`, `ERR_DISPATCH_UNKNOWN_BACKEND`.
 */
export function invoke<F extends (...args: never[]) => unknown>(fn: F, typeOrBackend: string | Class): FunctionOf<F> {
  const record = recordOf(fn);
  const backend =
    typeof typeOrBackend === "string" && !typeOrBackend.includes(":")
      ? findBackend(record.system, typeOrBackend)
      : undefined;
  const tag = backend === undefined ? tagOfType(typeOrBackend, TAKES) : 0;
  if (!record.system.environment.dispatch) return fn as FunctionOf<F>;
  const invoked = function (this: unknown, ...given: unknown[]): unknown {
    const args = record.method === undefined ? given : [this, ...given];
    if (!record.system.discovered) record.system.discover();
    const resolution =
      backend === undefined
        ? { config: activeConfig(), tags: [tag], isInvoked: true }
        : resolutionOf(record, args, backend);
    return chooseAs(record, resolution, args)(...args);
  };
  return invoked as unknown as FunctionOf<F>;
}

/**
 * One backend's own implementation of a dispatchable: no dispatch, no conversion. What a manifest names is loaded for it.
 * One that takes the context gets that of a call which chooses its backend. `undefined` when there is none, or an
 * asynchronous one only.
 *
 * @throws DispatchError `ERR_DISPATCH_ARGUMENT`, `ERR_DISPATCH_UNKNOWN_BACKEND`, `ERR_DISPATCH_LOAD`.
 */
export function getImplementation<F extends (...args: never[]) => unknown>(
  fn: F,
  backend: string,
): FunctionOf<F> | undefined {
  const record = recordOf(fn);
  const found = record.system.backends.get(findBackend(record.system, backend))!;
  const implementation = record.implementations.get(found.id);
  if (implementation?.forms.sync !== true) return undefined;
  if (implementation.source !== undefined) {
    keepLoaded(record, found, implementation, implementation.source.load());
  }
  const run = implementation.run!;
  return (implementation.context
    ? withContext(record, found.id, run)
    : bareImplementation(run)) as unknown as FunctionOf<F>;
}

/** An implementation that takes the context, called without it. */
function withContext(record: DispatchableRecord, backend: number, run: Implementation): Implementation {
  return function (this: unknown, ...given) {
    const args = record.method === undefined ? given : [this, ...given];
    const call = callOf(record, resolutionOf(record, args, backend), args);
    return run(contextOf(call, { backend, prioritized: true, forced: true }), ...args);
  };
}
